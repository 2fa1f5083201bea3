import { childOf, type SyntaxNode } from '../syntax/syntax.ts'

const operators: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or'])

/** `a && b`, `a or b`; `??` is no such operator. */
export function isLogical(node: SyntaxNode): boolean {
  return operatorOf(node) !== null
}

/** The runs of like operators in an expression, as they stand in its text: `a && b && c || d` has two. Parentheses do not count; what is negated is an operand. */
export function booleanRuns(node: SyntaxNode): { readonly runs: number; readonly operands: readonly SyntaxNode[] } {
  const found: string[] = []
  const operands: SyntaxNode[] = []
  const flatten = (part: SyntaxNode): void => {
    const operator = operatorOf(part)
    const inner =
      part.type === 'parenthesized_expression' ? part.children.find((child) => child.named && child.type !== 'comment') : undefined
    if (inner !== undefined) {
      flatten(inner)
    } else if (operator === null) {
      operands.push(part)
    } else {
      const [left, right] = [childOf(part, 'left'), childOf(part, 'right')]
      if (left !== null) {
        flatten(left)
      }
      found.push(operator)
      if (right !== null) {
        flatten(right)
      }
    }
  }
  flatten(node)
  return { runs: found.filter((operator, at) => operator !== found[at - 1]).length, operands }
}

function operatorOf(node: SyntaxNode): string | null {
  const isBinary = node.type === 'boolean_operator' || node.type === 'binary_expression'
  const operator = isBinary ? node.children.find((child) => child.field === 'operator' || operators.has(child.type))?.type : undefined
  return operator !== undefined && operators.has(operator) ? operator : null
}
