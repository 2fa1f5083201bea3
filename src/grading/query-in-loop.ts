import { childOf, descendants, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import type { Item } from './added-items.ts'
import { callsIn, type SourceCall } from './source-calls.ts'
import { isClass, isFunction } from './source-scopes.ts'

const MANAGER = /(?:^|\.)(?:objects|_default_manager|\w*(?:manager|queryset|_set))(?:\.|$)/i
const READS =
  /^(?:get|filter|exclude|first|last|count|exists|aggregate|values|values_list|latest|earliest|in_bulk|order_by|annotate|all|select_related|prefetch_related)$/
/** What a prefetch cannot answer. */
const NARROWS = /^(?:filter|exclude|get|order_by|aggregate|annotate|values|values_list|latest|earliest)$/
const SESSION = /(?:^|\.|_)(?:session|db)$/i
const SESSION_READS = /^(?:execute|scalars?|get|get_one|query)$/
const STORE = /(?:repository|repo|prisma\.\w+|(?:^|\.)(?:em|entityManager)|model)$/i
const STORE_READS = /^(?:find\w*|count\w*|aggregate|groupBy|exist\w*|query\w*)$/

/** A query for every row, and where it stands: `a loop` or `a serializer field`. */
export interface RowQuery extends Item {
  readonly where: string
}

/** Whether a call asks the database for rows by itself. */
function isRead({ name, receiver }: SourceCall, language: SyntaxTree['language']): boolean {
  return language === 'python'
    ? (READS.test(name) && MANAGER.test(receiver)) || (SESSION_READS.test(name) && SESSION.test(receiver))
    : STORE_READS.test(name) && STORE.test(receiver)
}

/** How many queries a source makes by itself, in loops or not. */
export function readsIn(tree: SyntaxTree): number {
  return callsIn(tree).filter((call) => isRead(call, tree.language)).length
}

/** Queries that are made once for every row. A loop over a few constants is none. */
export function rowQueries(path: string, tree: SyntaxTree): readonly RowQuery[] {
  return outermost(callsIn(tree)).flatMap((call): readonly RowQuery[] => {
    const where = isRead(call, tree.language) && inLoop(tree, call) ? 'a loop' : inSerializerField(tree, call) ? 'a serializer field' : null
    const text = textOf(tree, call.node).replaceAll(/\s+/g, ' ').slice(0, 160)
    return where === null ? [] : [{ path, line: call.node.line, scope: call.scope, text, where }]
  })
}

/** Of `a.filter().first()` the whole, not each link. */
function outermost(calls: readonly SourceCall[]): readonly SourceCall[] {
  const links = new Set(calls.flatMap(({ node }) => linksOf(node)))
  return calls.filter(({ node }) => !links.has(node))
}

function linksOf(node: SyntaxNode): readonly SyntaxNode[] {
  const target = childOf(node, 'function')
  return target === null
    ? []
    : descendants(target, ({ field }) => field === 'arguments').filter(({ type, named }) => named && /^call/.test(type))
}

const loops: ReadonlySet<string> = new Set([
  'for_statement',
  'for_in_statement',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
])

function inLoop(tree: SyntaxTree, call: SourceCall): boolean {
  const within = [...call.parents, call.node]
  const start = within.findLastIndex((node) => isFunction(node) && !isCallback(node))
  return within.slice(start + 1).some((node, index, all) => {
    const inner = all[index + 1]
    if (inner === undefined) {
      return false
    }
    return (loops.has(node.type) && isRepeated(tree, node, inner)) || (isCallback(node) && isMapped(tree, all[index - 1], all[index - 2]))
  })
}

/** What a loop runs over is asked for once. */
function isRepeated(tree: SyntaxTree, loop: SyntaxNode, inner: SyntaxNode): boolean {
  const clause = loop.children.find(({ type }) => type === 'for_in_clause') ?? loop
  const over = childOf(clause, 'right')
  const isBody = inner.field === 'body' || (/comprehension|generator/.test(loop.type) && inner.type !== 'for_in_clause')
  return isBody && !isConstant(over === null ? '' : textOf(tree, over))
}

function isConstant(over: string): boolean {
  return /^(?:\(|\[|\{|range\(\d+\)|[A-Z][A-Z0-9_]*(?:\.items\(\)|\.values\(\))?$|(?:\w+\.)*[A-Z]\w+\.(?:choices|values|names)$)/.test(over)
}

function isCallback(node: SyntaxNode): boolean {
  return node.named && ['arrow_function', 'function_expression'].includes(node.type)
}

/** `rows.map(async (row) => …)`. */
function isMapped(tree: SyntaxTree, holder: SyntaxNode | undefined, call: SyntaxNode | undefined): boolean {
  const target = holder?.type === 'arguments' && call !== undefined ? childOf(call, 'function') : null
  return target !== null && /\.(?:map|forEach|flatMap|filter|reduce)$/.test(textOf(tree, target)) && !isConstant(textOf(tree, target))
}

/** `get_x(self, obj)` of a serializer: it is called for every row. What is asked of a prefetched relation as a whole costs nothing. */
function inSerializerField(tree: SyntaxTree, call: SourceCall): boolean {
  const method = call.parents.findLast((node) => isFunction(node))
  const owner = call.parents.findLast((node) => isClass(node))
  if (tree.language !== 'python' || method === undefined || owner === undefined) {
    return false
  }
  const name = textOf(tree, childOf(method, 'name') ?? method)
  const bases = childOf(owner, 'superclasses')
  const row = /^\(\s*self\s*,\s*(\w+)/.exec(textOf(tree, childOf(method, 'parameters') ?? method))?.[1]
  if (!/^(?:get_\w+|to_representation)$/.test(name) || bases === null || !/Serializer\b/.test(textOf(tree, bases)) || row === undefined) {
    return false
  }
  return (
    (READS.test(call.name) && MANAGER.test(call.receiver)) ||
    (call.receiver.startsWith(`${row}.`) && chainOf(tree, call).some((part) => NARROWS.test(part)))
  )
}

/** The names that are called in a chain on the row: `obj.tags.filter().count()` has `filter` and `count`. */
function chainOf(tree: SyntaxTree, { node }: SourceCall): readonly string[] {
  return [node, ...linksOf(node)].flatMap((link) => /(\w+)$/.exec(textOf(tree, childOf(link, 'function') ?? link))?.[1] ?? [])
}
