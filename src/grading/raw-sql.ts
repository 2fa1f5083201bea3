import { languageOf, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import type { Item } from './added-items.ts'
import { callsIn, literalText, type SourceCall } from './source-calls.ts'

const STATEMENT =
  /^\s*(?:SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|WITH|CREATE|ALTER|DROP|REPLACE\s+INTO|TRUNCATE|PRAGMA|VACUUM|EXPLAIN|LOCK)\b/i
const MANAGER = /(?:^|\.)(?:objects|_default_manager|_base_manager|\w*(?:manager|queryset|_set|_qs)|qs)(?:\.|$)/i
const CURSOR = /(?:^|\.|_)(?:cursor|cur)$/i

/** Names that are SQL by themselves, whatever they are given. */
const always: ReadonlySet<string> = new Set([
  'RawSQL',
  'exec_driver_sql',
  '$queryRaw',
  '$queryRawUnsafe',
  '$queryRawTyped',
  '$executeRaw',
  '$executeRawUnsafe',
  'createNativeQuery',
])

/** Names that run what they are given: SQL where that begins as a statement does. */
const runners: ReadonlySet<string> = new Set([
  'execute',
  'executemany',
  'executescript',
  'fetch',
  'fetchval',
  'fetchrow',
  'text',
  'raw',
  'query',
  'queryRaw',
  'exec',
  'run',
  'all',
  'prepare',
  'sql',
  'unsafe',
  'Raw',
  'Exec',
  'ExecContext',
  'Query',
  'QueryContext',
  'QueryRow',
  'QueryRowContext',
  'Prepare',
])

/** What a project with an object mapper imports, by language. Where nothing of this is there, SQL is the project's way. */
const mappers: Readonly<Record<string, RegExp>> = {
  python: /^\s*(?:from|import)\s+(?:django|sqlalchemy|sqlmodel|tortoise|peewee|pony|mongoengine|ormar|piccolo|rest_framework)\b/m,
  go: /"(?:gorm\.io|github\.com\/jinzhu\/gorm|entgo\.io|github\.com\/uptrace\/bun|github\.com\/go-pg\/pg|github\.com\/volatiletech\/sqlboiler|xorm\.io)/,
  script:
    /(?:from|require\()\s*['"](?:typeorm|@nestjs\/typeorm|@mikro-orm\/|@prisma\/client|sequelize|objection|drizzle-orm|mongoose|bookshelf|kysely|.*\/(?:entities|generated\/prisma))/,
}

/** Whether a source tells that its project has an object mapper. */
export function importsMapper(path: string, text: string): boolean {
  const language = languageOf(path)
  const mapper = language === 'python' || language === 'go' ? mappers[language] : mappers.script
  return language !== null && mapper?.test(text) === true
}

/** The SQL that a source runs or builds, as items to compare with the base. */
export function rawSqlIn(path: string, tree: SyntaxTree): readonly Item[] {
  return callsIn(tree)
    .filter((call) => isRawSql(tree, call))
    .map(({ node, scope }) => ({ path, scope, line: node.line, text: textOf(tree, node).replaceAll(/\s+/g, ' ').slice(0, 200) }))
}

function isRawSql(tree: SyntaxTree, call: SourceCall): boolean {
  const { name, receiver, given, keywords } = call
  if (always.has(name)) {
    return true
  }
  const literal = literalText(tree, given[0])
  if (runners.has(name) && literal !== null && STATEMENT.test(literal)) {
    // The SQL inside `execute(text("…"))` is told once, where it stands.
    return true
  }
  if (tree.language !== 'python') {
    return false
  }
  if (name === 'raw') {
    return MANAGER.test(receiver)
  }
  if (name === 'extra') {
    return MANAGER.test(receiver) && ['select', 'where', 'tables', 'order_by'].some((key) => keywords.has(key))
  }
  return ['execute', 'executemany'].includes(name) && CURSOR.test(receiver) && given.length > 0
}
