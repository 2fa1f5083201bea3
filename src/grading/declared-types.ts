/** A table, model or base class that a source file declares. `line` counts from 1. */
export interface DeclaredType {
  readonly kind: 'model' | 'base class'
  readonly name: string
  readonly line: number
}

const MODEL_BASES = /(?:^|[\s,(])(?:models\.Model|db\.Model|Model|DeclarativeBase|Base|SQLModel|TimeStampedModel|Document)(?:$|[\s,)[])/
const BASE_BASES = /(?:^|[\s,(.])(?:ABC|ABCMeta|Protocol)(?:$|[\s,)[])/
const BASE_NAME = /^(?:Base|Abstract)[A-Z]|(?:Base|Mixin)$/

/**
 * Tables and base classes by the text of a source file: Django, SQLAlchemy and migrations of both, SQL, Prisma, abstract classes of TypeScript.
 * Comments and strings are not told apart.
 */
export function declaredTypes(path: string, text: string): readonly DeclaredType[] {
  const lines = text.split('\n')
  return lines.flatMap((line, at): readonly DeclaredType[] => {
    const found = path.endsWith('.py') ? inPython(line, lines.slice(at + 1, at + 40)) : elsewhere(line, path)
    return found === null ? [] : [{ ...found, line: at + 1 }]
  })
}

function inPython(line: string, after: readonly string[]): Omit<DeclaredType, 'line'> | null {
  const table =
    /\bop\.create_table\(\s*["'](\w+)["']/.exec(`${line}${after[0] ?? ''}`)?.[1] ??
    /\bCREATE TABLE (?:IF NOT EXISTS )?["'`]?(\w+)/i.exec(line)?.[1]
  if (table !== undefined) {
    return { kind: 'model', name: table }
  }
  const [, name, bases = ''] = /^class (\w+)(?:\((.*?)\))?:/.exec(line) ?? []
  if (name === undefined) {
    return null
  }
  const end = after.findIndex((one) => /^\S/.test(one))
  const isAbstract = after.slice(0, end === -1 ? after.length : end).some((one) => /^\s+abstract\s*=\s*True\b/.test(one))
  if (isAbstract || BASE_BASES.test(bases) || BASE_NAME.test(name)) {
    return { kind: 'base class', name }
  }
  return MODEL_BASES.test(bases) ? { kind: 'model', name } : null
}

function elsewhere(line: string, path: string): Omit<DeclaredType, 'line'> | null {
  const abstract = /\.(?:ts|tsx|mts|java|kt)$/.test(path) ? /\babstract class (\w+)/.exec(line)?.[1] : undefined
  if (abstract !== undefined) {
    return { kind: 'base class', name: abstract }
  }
  const model = path.endsWith('.prisma') ? /^model (\w+)\s*\{/.exec(line)?.[1] : undefined
  const table = /^\s*CREATE TABLE (?:IF NOT EXISTS )?["'`]?(?:\w+["'`]?\.["'`]?)?(\w+)/i.exec(line)?.[1]
  const name = model ?? (path.endsWith('.sql') ? table : undefined)
  return name === undefined ? null : { kind: 'model', name }
}
