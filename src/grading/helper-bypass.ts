import { type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import { addedItems, type Item } from './added-items.ts'
import type { ChangedSource } from './changed-sources.ts'
import type { Helper } from './labelled-helpers.ts'
import type { Observation } from './rule.ts'
import { visitScopes } from './source-scopes.ts'

/** What stands where a helper of that name should: a helper that is the clock cannot be copied by its text, only gone around. */
const detours: readonly { readonly helper: RegExp; readonly instead: RegExp }[] = [
  {
    helper: /^(?:utc_?)?now$/i,
    instead: /(?:^|\.)(?:datetime\.(?:now|utcnow|today)|timezone\.now|date\.today)$|^time\.time$|^Date\.now$|^time\.Now$/,
  },
]

const dotted: ReadonlySet<string> = new Set(['attribute', 'member_expression', 'selector_expression'])

/** Uses of what a labelled helper replaces that the base does not have, called or handed over. */
export function bypassed(sources: readonly ChangedSource[], helpers: readonly Helper[]): readonly Observation[] {
  const all = (side: 'before' | 'after') => sources.flatMap((source) => detoursIn(source, side, helpers))
  return addedItems(all('before'), all('after')).map(({ path, line, text, helper }) => ({
    code: 'HELPER_BYPASSED',
    path,
    line,
    args: { helper, instead: text },
  }))
}

interface Detour extends Item {
  readonly helper: string
}

function detoursIn({ path, ...sides }: ChangedSource, side: 'before' | 'after', helpers: readonly Helper[]): readonly Detour[] {
  const tree = sides[side]
  const found: Detour[] = []
  if (tree !== null) {
    visitScopes(tree, (node, scope, parents) => {
      const helper = detourAt(tree, node, parents, helpers)
      if (helper !== undefined && helper.path !== path) {
        found.push({ text: textOf(tree, node), scope, path, line: node.line, helper: `${helper.path}: ${helper.name}` })
      }
    })
  }
  return found
}

function detourAt(tree: SyntaxTree, node: SyntaxNode, parents: readonly SyntaxNode[], helpers: readonly Helper[]): Helper | undefined {
  if (!dotted.has(node.type) || dotted.has(parents.at(-1)?.type ?? '')) {
    return undefined
  }
  const text = textOf(tree, node)
  return helpers.find(
    ({ name, language }) => language === tree.language && detours.some(({ helper, instead }) => helper.test(name) && instead.test(text)),
  )
}
