import { childOf, languageOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax.ts'
import { addedItems, type Item } from './added-items.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import type { Rule } from './rule.ts'
import { visitScopes } from './source-scopes.ts'

const loops: ReadonlySet<string> = new Set(['for_statement', 'for_in_statement', 'while_statement', 'do_statement'])

/** JavaScript and TypeScript; Python has no braces and Go does not compile without them. `else if` is one construct. */
export const braces: Rule = {
  id: 'style/braces',
  version: 1,
  measures: 'Never omits the braces of if, else and loops.',
  agentRules: ['Y2'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify'],
  gate: null,
  judge: (view) =>
    judgeSources(
      view,
      ({ path }) => !['python', 'go'].includes(languageOf(path) ?? ''),
      (sources) => {
        const all = (side: 'before' | 'after') => sources.flatMap((source) => bare(source, side))
        return addedItems(all('before'), all('after')).map(({ path, line, keyword, text }) => ({
          code: 'BRACES_MISSING',
          path,
          line,
          args: { keyword, text: text.slice(0, 120) },
        }))
      },
    ),
}

interface Bare extends Item {
  readonly keyword: string
}

function bare({ path, ...sides }: ChangedSource, side: 'before' | 'after'): readonly Bare[] {
  const tree = sides[side]
  const found: Bare[] = []
  if (tree !== null) {
    visitScopes(tree, (node, scope) => {
      for (const { keyword, at } of bareBodies(node)) {
        found.push({ keyword, scope, path, line: at.line, text: textFor(tree, node, at) })
      }
    })
  }
  return found
}

function bareBodies(node: SyntaxNode): readonly { readonly keyword: string; readonly at: SyntaxNode }[] {
  const isBare = (body: SyntaxNode | null): boolean => body !== null && body.type !== 'statement_block'
  if (node.type === 'if_statement') {
    return isBare(childOf(node, 'consequence')) ? [{ keyword: 'if', at: node }] : []
  }
  if (node.type === 'else_clause') {
    const body = node.children.find((child) => child.named && child.type !== 'comment') ?? null
    return isBare(body) && body?.type !== 'if_statement' ? [{ keyword: 'else', at: node }] : []
  }
  return loops.has(node.type) && isBare(childOf(node, 'body')) ? [{ keyword: node.type.split('_')[0] ?? 'for', at: node }] : []
}

/** An `if` with its first branch only: what follows in an `else` is another matter. */
function textFor(tree: SyntaxTree, node: SyntaxNode, at: SyntaxNode): string {
  const end = childOf(node, 'consequence')?.end ?? at.end
  return tree.text.slice(at.start, end).replaceAll(/\s+/g, ' ')
}
