import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'

/** What a call is a call of: `expect(a).not.toBe(b)` has the root `expect`, the properties `not` and `toBe`, and one call within. */
interface CallChain {
  /** The first name; empty where the chain begins with something else. */
  readonly root: string
  readonly properties: readonly string[]
  /** Calls between the root and the call itself. */
  readonly calls: number
}

/** Follows the callee of a call down to its first name. */
export function callChain(call: SyntaxNode, tree: SyntaxTree): CallChain {
  const properties: string[] = []
  let calls = 0
  let at = childOf(call, 'function')
  while (at !== null && (at.type === 'member_expression' || at.type === 'call_expression')) {
    if (at.type === 'call_expression') {
      calls += 1
      at = childOf(at, 'function')
    } else {
      const property = childOf(at, 'property')
      properties.unshift(property === null ? '' : textOf(tree, property))
      at = childOf(at, 'object')
    }
  }
  return { root: at?.type === 'identifier' ? textOf(tree, at) : '', properties, calls }
}

const SKIPS: ReadonlySet<string> = new Set(['skip', 'todo', 'fails', 'skipIf', 'runIf'])

/** Whether a block is marked as skipped, to be done or expected to fail, in its name (`test.skip`) or its options (`{ skip: true }`). */
export function skipsItself(
  { modifiers, rest }: { readonly modifiers: readonly string[]; readonly rest: readonly SyntaxNode[] },
  tree: SyntaxTree,
): boolean {
  const options = rest.filter(({ type }) => type === 'object').flatMap(({ children }) => children)
  return (
    modifiers.some((name) => SKIPS.has(name)) ||
    options.some((option) => {
      const key = childOf(option, 'key')
      return option.type === 'pair' && key !== null && SKIPS.has(textOf(tree, key)) && !textOf(tree, option).endsWith('false')
    })
  )
}

/** Whether a call inside a test with these callbacks skips it: `context.skip()`, or `skip()` of a context that was taken apart. */
export function skipsFromInside(call: SyntaxNode, callbacks: readonly SyntaxNode[], tree: SyntaxTree): boolean {
  const { root, properties, calls } = callChain(call, tree)
  const skips = calls === 0 && (properties.at(-1) === 'skip' || (root === 'skip' && properties.length === 0))
  // A query builder may have a `skip` of its own.
  return skips && callbacks.some((callback) => parametersOf(callback, tree).includes(root))
}

function parametersOf(callback: SyntaxNode, tree: SyntaxTree): readonly string[] {
  const parameters = childOf(callback, 'parameters') ?? childOf(callback, 'parameter')
  return parameters === null ? [] : (textOf(tree, parameters).match(/[\w$]+/g) ?? [])
}

/**
 * Whether a call asserts something: a matcher behind `expect(…)`, `assert…`, a helper whose name begins with `expect` or `assert`, supertest's
 * `.expect(…)`. `expect(value)` alone, `expect.any(…)` and `expect.assertions(…)` assert nothing.
 */
export function assertsSomething(call: SyntaxNode, tree: SyntaxTree): boolean {
  const { root, properties, calls } = callChain(call, tree)
  const last = properties.at(-1) ?? ''
  if (root === 'expect') {
    return calls > 0 || last === 'unreachable' || last === 'fail'
  }
  if (root === 'assert' || (properties.length === 0 && calls === 0 && /^(?:expect|assert)[A-Z_]/.test(root))) {
    return true
  }
  return calls > 0 && properties.includes('expect')
}
