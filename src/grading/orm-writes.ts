import { childOf, descendants, type SyntaxNode, type SyntaxTree } from '../syntax/syntax.ts'
import { callsIn, type SourceCall } from './source-calls.ts'
import { isFunction } from './source-scopes.ts'

const MANAGER = /(?:^|\.)(?:objects|_default_manager|\w*(?:manager|queryset|_set|_qs))(?:\.|$)/i
const SESSION = /(?:^|\.|_)(?:session|db|conn|connection)$/i
const REPOSITORY = /(?:repository|repo)$/i
const ENTITIES = /(?:^|\.)(?:em|entityManager|orm\.em)$/
const PRISMA = /(?:^|\.)(?:prisma|prismaService|db)\.\w+$/
const ATOMIC =
  /^(?:atomic|begin|begin_nested|\$transaction|transaction|transactional|withTransaction|runInTransaction|inTransaction|db_session)$/

const django: ReadonlySet<string> = new Set(['create', 'bulk_create', 'bulk_update', 'update', 'update_or_create', 'get_or_create'])
const typeorm: ReadonlySet<string> = new Set(['save', 'insert', 'update', 'delete', 'remove', 'softDelete', 'softRemove', 'upsert'])
const prisma: ReadonlySet<string> = new Set(['create', 'createMany', 'update', 'updateMany', 'upsert', 'delete', 'deleteMany'])
const entities: ReadonlySet<string> = new Set([
  'flush',
  'persistAndFlush',
  'removeAndFlush',
  'nativeInsert',
  'nativeUpdate',
  'nativeDelete',
])

/** Whether a call saves something by itself. What a helper saves is not seen; a session saves when it commits. */
function isWrite({ name, receiver, given }: Pick<SourceCall, 'name' | 'receiver' | 'given'>, language: SyntaxTree['language']): boolean {
  if (language === 'python') {
    const own = name === 'save' ? receiver !== '' : name === 'delete' && given.length === 0 && receiver !== ''
    return own || (django.has(name) && MANAGER.test(receiver)) || (name === 'commit' && SESSION.test(receiver))
  }
  return (
    (typeorm.has(name) && REPOSITORY.test(receiver)) ||
    (prisma.has(name) && PRISMA.test(receiver)) ||
    (entities.has(name) && ENTITIES.test(receiver))
  )
}

/** The most saves that one way through a function makes outside a transaction; all that one transaction holds is one. */
export function savesApart(tree: SyntaxTree, node: SyntaxNode): number {
  const body = childOf(node, 'body')
  if (body === null || isAtomic(tree, node)) {
    return 0
  }
  const writes = new Set(
    callsIn({ ...tree, root: node })
      .filter((call) => isWrite(call, tree.language) && !isOtherFunction(call, node))
      .map((call) => call.node),
  )
  return savesIn(tree, body, writes)
}

/** The calls that save something, in a transaction or not. */
export function savesOf(tree: SyntaxTree, node: SyntaxNode): number {
  return callsIn({ ...tree, root: node }).filter((call) => isWrite(call, tree.language)).length
}

function isOtherFunction({ parents }: SourceCall, node: SyntaxNode): boolean {
  return parents.some((one) => one !== node && isFunction(one) && one.type === 'function_definition')
}

/** A decorator, or a wrapper around the whole. */
function isAtomic(tree: SyntaxTree, node: SyntaxNode): boolean {
  const before = tree.text.slice(Math.max(0, node.start - 400), node.start)
  const decorators = /(?:@[^\n]*\n?\s*)+(?:async\s+|public\s+|static\s+|private\s+|export\s+)*$/.exec(before)?.[0] ?? ''
  return /@(?:\w+\.)*(?:atomic|Transactional|Transaction|db_session|CreateRequestContext)\b/.test(decorators)
}

type Statements = readonly SyntaxNode[]

function savesIn(tree: SyntaxTree, block: SyntaxNode, writes: ReadonlySet<SyntaxNode>): number {
  return sequence(
    tree,
    block.children.filter(({ named, type }) => named && type !== 'comment'),
    writes,
  )
}

/** From the end: a branch that leaves is an alternative to all that follows. */
function sequence(tree: SyntaxTree, statements: Statements, writes: ReadonlySet<SyntaxNode>): number {
  let rest = 0
  for (const statement of statements.toReversed()) {
    rest = statement.type === 'if_statement' ? branches(tree, statement, writes, rest) : rest + single(tree, statement, writes)
  }
  return rest
}

function branches(tree: SyntaxTree, node: SyntaxNode, writes: ReadonlySet<SyntaxNode>, rest: number): number {
  const consequence = childOf(node, 'consequence')
  const alternatives = node.children.filter(({ field }) => field === 'alternative')
  const hasElse = alternatives.some(({ type }) => type === 'else_clause')
  const ways = [consequence, ...alternatives].flatMap((branch) => (branch === null ? [] : [wayThrough(tree, branch, writes, rest)]))
  return Math.max(...ways, hasElse ? 0 : rest)
}

function wayThrough(tree: SyntaxTree, branch: SyntaxNode, writes: ReadonlySet<SyntaxNode>, rest: number): number {
  const inner = branch.type === 'if_statement' ? null : branch
  if (inner === null) {
    return branches(tree, branch, writes, rest)
  }
  const block = /clause$/.test(inner.type)
    ? (childOf(inner, 'consequence') ?? childOf(inner, 'body') ?? inner.children.at(-1) ?? inner)
    : inner
  const last = block.children.findLast(({ named, type }) => named && type !== 'comment')
  const leaves = /^(?:return|raise|throw|continue|break)_statement$/.test(last?.type ?? '')
  return savesIn(tree, block, writes) + (leaves ? 0 : rest)
}

function single(tree: SyntaxTree, statement: SyntaxNode, writes: ReadonlySet<SyntaxNode>): number {
  const own = descendants(statement).filter((node) => writes.has(node)).length
  if (own === 0) {
    return 0
  }
  if (isTransaction(tree, statement)) {
    return 1
  }
  const block = childOf(statement, 'body') ?? statement.children.find(({ type }) => type === 'block' || type === 'statement_block')
  return block === undefined ? own : savesIn(tree, block, writes)
}

/** `with transaction.atomic():`, `await prisma.$transaction(…)`, `await em.transactional(…)`. */
function isTransaction(tree: SyntaxTree, statement: SyntaxNode): boolean {
  const calls = callsIn({
    ...tree,
    root: statement.type === 'with_statement' ? (statement.children.find(({ type }) => type === 'with_clause') ?? statement) : statement,
  })
  return calls.some(({ name }) => ATOMIC.test(name))
}
