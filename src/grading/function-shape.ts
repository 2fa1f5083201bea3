import { childOf, descendants, type SyntaxNode } from '../syntax/syntax.ts'
import { isFunction } from './source-scopes.ts'

const levels: ReadonlySet<string> = new Set([
  'if_statement',
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
  'try_statement',
  'match_statement',
  'switch_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'select_statement',
])

const exits: ReadonlySet<string> = new Set([
  'return_statement',
  'raise_statement',
  'throw_statement',
  'continue_statement',
  'break_statement',
  'goto_statement',
])

/** The deepest level of structures in a function; `else if` stays on its level, `with` is none, and a function inside is as deep as it is by itself. */
export function depthOf(node: SyntaxNode): number {
  return Math.max(...descendants(node).flatMap((one) => (one === node || isFunction(one) ? [levelsIn(one)] : [])))
}

function levelsIn(node: SyntaxNode): number {
  return Math.max(
    0,
    ...node.children.map((child) => {
      const isChained = child.type === 'if_statement' && (node.type === 'else_clause' || child.field === 'alternative')
      return isFunction(child) ? 0 : (levels.has(child.type) && !isChained ? 1 : 0) + levelsIn(child)
    }),
  )
}

/**
 * The `else` of an `if` whose branch always leaves. Null where there is none, and in a ladder of `else if`, which reads as a table.
 * `head` is the condition, `at` the `else`.
 */
export function elseAfterExit(node: SyntaxNode, parent: SyntaxNode | null): { readonly head: SyntaxNode; readonly at: SyntaxNode } | null {
  const [head, consequence] = [childOf(node, 'condition'), childOf(node, 'consequence')]
  const alternatives = node.children.filter((child) => child.field === 'alternative')
  const [at] = alternatives
  if (node.type !== 'if_statement' || head === null || consequence === null || at === undefined) {
    return null
  }
  const isLadder =
    alternatives.length > 1 ||
    parent?.type === 'else_clause' ||
    node.field === 'alternative' ||
    at.type === 'elif_clause' ||
    at.type === 'if_statement' ||
    at.children.some((child) => child.type === 'if_statement')
  const last = consequence.type.endsWith('block') ? statementsOf(consequence).at(-1) : consequence
  return !isLadder && exits.has(last?.type ?? '') ? { head, at } : null
}

/** Whether the last statement of a function is an `if` without `else` that holds three statements or more, and most of the function. */
export function isWrapped(node: SyntaxNode): boolean {
  const body = childOf(node, 'body')
  const statements = body === null ? [] : statementsOf(body)
  const last = statements.at(-1)
  const branch = last?.type === 'if_statement' && childOf(last, 'alternative') === null ? childOf(last, 'consequence') : null
  const held = branch === null ? 0 : statementsOf(branch).length
  return held >= 3 && held >= statements.length - 1
}

/** The statements of a block, without comments and docstrings; Go has a list of them inside. */
function statementsOf(block: SyntaxNode): readonly SyntaxNode[] {
  const list = block.children.find((child) => child.type === 'statement_list') ?? block
  return list.children.filter(
    (child) => child.named && child.type !== 'comment' && !(child.type === 'expression_statement' && child.children[0]?.type === 'string'),
  )
}
