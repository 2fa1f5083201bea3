import { childOf, descendants, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import { booleanRuns, isLogical } from './boolean-runs.ts'
import { isFunction } from './source-scopes.ts'

/** Structures that cost one, and one more for each level that they stand in; what is inside them stands one level deeper. */
const structures: ReadonlySet<string> = new Set([
  'if_statement',
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
  'except_clause',
  'except_group_clause',
  'catch_clause',
  'conditional_expression',
  'ternary_expression',
  'match_statement',
  'switch_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'select_statement',
])

/** Parts of a structure that stand on the level of the structure itself. */
const heads: ReadonlySet<string> = new Set([
  'condition',
  'value',
  'subject',
  'initializer',
  'increment',
  'left',
  'right',
  'parameter',
  'alternative',
])

const jumps: ReadonlySet<string> = new Set(['break_statement', 'continue_statement', 'goto_statement'])

/**
 * Cognitive complexity of a function as G. A. Campbell defines it (SonarSource, version 1.5): nested structures, `else`, runs of like boolean operators,
 * labelled jumps, direct recursion. Functions inside it count on a deeper level. Not looked for: recursion over several functions.
 */
export function cognitiveComplexity(tree: SyntaxTree, node: SyntaxNode): number {
  return inside(node, 0, 'with-functions') + (callsItself(tree, node) ? 1 : 0)
}

/** As above, but a function that does no more than hold other functions (a decorator, a factory) is as complex as the worst of them. */
export function worstComplexity(tree: SyntaxTree, node: SyntaxNode): number {
  const inner = descendants(node, isFunction).filter((one) => one !== node && isFunction(one))
  return inner.length > 0 && inside(node, 0, 'without-functions') === 0
    ? Math.max(...inner.map((one) => worstComplexity(tree, one)))
    : cognitiveComplexity(tree, node)
}

type Depth = 'with-functions' | 'without-functions'

function inside(node: SyntaxNode, level: number, depth: Depth): number {
  return sum(node.children.map((child) => costOf(child, node, level, depth)))
}

function costOf(node: SyntaxNode, parent: SyntaxNode, level: number, depth: Depth): number {
  if (isFunction(node)) {
    return depth === 'with-functions' ? inside(node, level + 1, depth) : 0
  }
  if (isLogical(node)) {
    const { runs, operands } = booleanRuns(node)
    return runs + sum(operands.map((operand) => costOf(operand, node, level, depth)))
  }
  const branch = branchCost(node, parent, level, depth)
  if (branch !== null) {
    return branch
  }
  if (structures.has(node.type)) {
    return 1 + level + parts(node, level, depth)
  }
  const isLabelled = jumps.has(node.type) && node.children.filter((child) => child.named).length > 0
  return (isLabelled ? 1 : 0) + inside(node, level, depth)
}

/** `else` and `else if` cost one, whatever their level; null for all else. */
function branchCost(node: SyntaxNode, parent: SyntaxNode, level: number, depth: Depth): number | null {
  if (node.type === 'elif_clause') {
    return 1 + parts(node, level, depth)
  }
  if (node.type === 'else_clause' && parent.type !== 'try_statement') {
    const chained = node.children.find((child) => child.type === 'if_statement' && child.field === null)
    return 1 + (chained === undefined ? inside(node, level + 1, depth) : parts(chained, level, depth))
  }
  if (parent.type === 'if_statement' && node.field === 'alternative') {
    return 1 + (node.type === 'if_statement' ? parts(node, level, depth) : inside(node, level + 1, depth))
  }
  return null
}

function parts(node: SyntaxNode, level: number, depth: Depth): number {
  return sum(node.children.map((child) => costOf(child, node, heads.has(child.field ?? '') ? level : level + 1, depth)))
}

/** A function calls itself by its plain name, a method through `self`, `cls`, `this` or its receiver: an imported function may have a method's name. */
function callsItself(tree: SyntaxTree, node: SyntaxNode): boolean {
  const own = childOf(node, 'name')
  if (own === null) {
    return false
  }
  const name = textOf(tree, own)
  const first = childOf(node, 'receiver') ?? childOf(node, 'parameters')
  const receiver = first === null ? undefined : /^\(\s*([\p{L}\p{N}_]+)/u.exec(textOf(tree, first))?.[1]
  const isMethod = node.type === 'method_definition' || node.type === 'method_declaration' || ['self', 'cls'].includes(receiver ?? '')
  const names = isMethod ? [`this.${name}`, `${receiver}.${name}`] : [name]
  return descendants(node).some((one) => {
    const callee = ['call', 'call_expression'].includes(one.type) ? childOf(one, 'function') : null
    return callee !== null && names.includes(textOf(tree, callee))
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
