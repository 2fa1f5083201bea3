import { childOf, descendants, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import { visitScopes } from './source-scopes.ts'

/** One call, or a template with a tag. */
export interface SourceCall {
  readonly node: SyntaxNode
  /** All that is called, such as `Project.objects.filter`; what it is called on is without its own arguments. */
  readonly callee: string
  /** Its last part: `filter`. */
  readonly name: string
  /** What comes before the last part, empty for a plain function. */
  readonly receiver: string
  /** Plain arguments in order; of keyword arguments see `keywords`. */
  readonly given: readonly SyntaxNode[]
  readonly keywords: ReadonlyMap<string, SyntaxNode>
  /** Qualified name of the function around it. */
  readonly scope: string
  readonly parents: readonly SyntaxNode[]
}

const callTypes: ReadonlySet<string> = new Set(['call', 'call_expression', 'new_expression'])

/** All calls of a source, in the order of their beginnings. */
export function callsIn(tree: SyntaxTree): readonly SourceCall[] {
  const found: SourceCall[] = []
  visitScopes(tree, (node, scope, parents) => {
    const call = node.named && callTypes.has(node.type) ? readCall(tree, node) : null
    if (call !== null) {
      found.push({ ...call, scope, parents: [...parents] })
    }
  })
  return found
}

function readCall(tree: SyntaxTree, node: SyntaxNode): Omit<SourceCall, 'scope' | 'parents'> | null {
  const target = childOf(node, 'function') ?? childOf(node, 'constructor')
  const holder = childOf(node, 'arguments')
  if (target === null) {
    return null
  }
  const callee = calleeText(tree, target)
  const dot = callee.lastIndexOf('.')
  const all =
    holder === null
      ? []
      : holder.type === 'template_string'
        ? [holder]
        : holder.children.filter(({ named, type }) => named && type !== 'comment')
  const keywords = all.flatMap((one): readonly (readonly [string, SyntaxNode])[] => {
    const [name, value] = [childOf(one, 'name'), childOf(one, 'value')]
    return one.type === 'keyword_argument' && name !== null && value !== null ? [[textOf(tree, name), value]] : []
  })
  return {
    node,
    callee,
    name: callee.slice(dot + 1),
    receiver: dot === -1 ? '' : callee.slice(0, dot),
    given: all.filter(({ type }) => type !== 'keyword_argument'),
    keywords: new Map(keywords),
  }
}

/** `a.b(c).d` is `a.b.d`. */
function calleeText(tree: SyntaxTree, target: SyntaxNode): string {
  const parts = descendants(target, (one) =>
    ['arguments', 'argument_list', 'type_arguments', 'string', 'template_string'].includes(one.type),
  )
  return parts
    .filter((one) => one.children.length === 0 && !['(', ')', 'await', 'string', 'template_string', 'comment'].includes(one.type))
    .map((one) => textOf(tree, one))
    .join('')
    .replaceAll('?.', '.')
}

/** The text that a literal begins with, without its quotes; null for anything else. */
export function literalText(tree: SyntaxTree, node: SyntaxNode | undefined): string | null {
  if (node === undefined) {
    return null
  }
  const first = node.type === 'concatenated_string' ? node.children.find(({ type }) => type === 'string') : node
  const isLiteral = first !== undefined && /string/.test(first.type)
  return isLiteral
    ? textOf(tree, first)
        .replace(/^[a-zA-Z]{0,2}(?:"""|'''|["'`])/, '')
        .replace(/(?:"""|'''|["'`])$/, '')
    : null
}
