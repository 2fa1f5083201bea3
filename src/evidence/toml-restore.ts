import { type TomlStatement, tomlStatements } from './toml-table.ts'

/** What a TOML text says of table `path`, whichever way it is spelled (header, dotted keys, inline table); null where the text is not TOML. */
export function tomlTable(text: string, path: readonly string[]): { readonly content: unknown } | null {
  const statements = tomlStatements(text)
  if (statements === null) {
    return null
  }
  const own = statements.filter((statement) => speaksOf(statement, path))
  const lines = own.map((statement) => JSON.stringify([full(statement), statement.value]))
  const ordered = own.some((statement) => statement.arrayOfTables)
  const said = ordered ? lines : lines.filter((_, index) => own[index]?.value !== null).toSorted()
  return { content: said.length === 0 ? undefined : said }
}

/**
 * `now` with table `path` as in `base`: its statements are taken out of `now` and the base's are put at the end. Null where one text is not
 * TOML, or where the base spells the table in a way that cannot stand alone (inside an inline table).
 */
export function restoreTomlTable(base: string, now: string, path: readonly string[]): string | null {
  const ours = tomlStatements(base)?.filter((statement) => speaksOf(statement, path))
  const theirs = tomlStatements(now)?.filter((statement) => speaksOf(statement, path))
  if (ours === undefined || theirs === undefined || ours.some((statement) => !standsAlone(statement, path))) {
    return null
  }
  let kept = ''
  let from = 0
  for (const statement of theirs) {
    kept += now.slice(from, statement.start)
    from = statement.end
  }
  kept += now.slice(from)
  return `${kept.trimEnd()}\n\n${render(ours, path)}`.trimStart()
}

function full(statement: TomlStatement): readonly string[] {
  return [...statement.header, ...statement.key]
}

function speaksOf(statement: TomlStatement, path: readonly string[]): boolean {
  const own = full(statement)
  return startsWith(own, path) || (statement.value !== null && startsWith(path, own))
}

function startsWith(long: readonly string[], short: readonly string[]): boolean {
  return short.every((part, index) => long[index] === part)
}

function standsAlone(statement: TomlStatement, path: readonly string[]): boolean {
  return startsWith(statement.header, path) || full(statement).length > path.length
}

function render(statements: readonly TomlStatement[], path: readonly string[]): string {
  const dotted = statements.filter((statement) => !startsWith(statement.header, path))
  const rest = statements.filter((statement) => startsWith(statement.header, path))
  const lines = dotted.map((statement) => {
    const key = full(statement).slice(path.length).map(quoted).join('.')
    return `${key} =${statement.text.slice(statement.text.length - valueLength(statement))}`
  })
  const head = lines.length === 0 ? [] : [`[${path.map(quoted).join('.')}]`, ...lines]
  return `${[...head, ...rest.map((statement) => statement.text)].join('\n')}\n`
}

function quoted(part: string): string {
  return /^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part)
}

/** Characters behind the `=` of a pair: the first one that stands in no quoted key. */
function valueLength(statement: TomlStatement): number {
  const key = /^(?:[^="']|"(?:[^"\\]|\\.)*"|'[^']*')*=/.exec(statement.text)?.[0] ?? ''
  return statement.text.length - key.length
}
