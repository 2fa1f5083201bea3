import type { SyntaxNode, SyntaxTree } from '../syntax/syntax.ts'
import type { ChangedSource } from './changed-sources.ts'
import { isFunction, joined, nameOf, visitScopes } from './source-scopes.ts'
import { containment, fourGrams, tokensOf } from './source-tokens.ts'

/** A function that stands in no other function, with all that is inside it. `name` is qualified: `Class.method`. */
export interface SourceFunction {
  readonly name: string
  readonly path: string
  readonly line: number
  readonly tree: SyntaxTree
  readonly node: SyntaxNode
}

/** `before` is null for a new function. */
export interface ChangedFunction {
  readonly before: SourceFunction | null
  readonly after: SourceFunction
}

/** Share of 4-grams, both ways, from which a function under another name is the same one. */
const RENAMED = 0.6

/** Functions of one source, in order; the second of the same name is `name#2`. */
export function functionsOf(path: string, tree: SyntaxTree): readonly SourceFunction[] {
  const found: SourceFunction[] = []
  const counts = new Map<string, number>()
  visitScopes(tree, (node, scope, parents) => {
    if (isFunction(node) && !parents.some(isFunction)) {
      const plain = joined(scope, nameOf(tree, node, parents))
      const count = (counts.get(plain) ?? 0) + 1
      counts.set(plain, count)
      found.push({ name: count === 1 ? plain : `${plain}#${count}`, path, line: node.line, tree, node })
    }
  })
  return found
}

/** New functions, and those whose tokens are not what they were. What only moved, also to another file, or has only another layout, is not changed. */
export function changedFunctions(sources: readonly ChangedSource[]): readonly ChangedFunction[] {
  const all = (side: 'before' | 'after') => sources.flatMap(({ path, [side]: tree }) => (tree === null ? [] : functionsOf(path, tree)))
  const old = new Set(all('before'))
  const bodies = new Set([...old].map(bodyOf))
  const fresh = all('after').filter((one) => !bodies.has(bodyOf(one)))
  const named = fresh.map((after) => {
    const before = [...old].find((one) => one.path === after.path && one.name === after.name) ?? null
    if (before !== null) {
      old.delete(before)
    }
    return { before, after }
  })
  const stillThere = new Set(all('after').map(bodyOf))
  const gone = [...old].filter((one) => !stillThere.has(bodyOf(one)))
  return named.map(({ before, after }) => ({ before: before ?? gone.find((one) => isRenamed(one, after)) ?? null, after }))
}

function bodyOf({ tree, node }: SourceFunction): string {
  return tokensOf(tree, node).join(' ')
}

function isRenamed(one: SourceFunction, other: SourceFunction): boolean {
  const [a, b] = [fourGrams(tokensOf(one.tree, one.node)), fourGrams(tokensOf(other.tree, other.node))]
  return containment(a, b) >= RENAMED && containment(b, a) >= RENAMED
}
