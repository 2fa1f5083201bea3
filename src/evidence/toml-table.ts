import { afterString } from './toml-string.ts'

/** One `key = value` of a TOML file (or an empty table's header, with `value` null): its whole path and where it stands in the text. */
export interface TomlStatement {
  /** Path of the table that it stands in, then its own dotted key. */
  readonly header: readonly string[]
  readonly key: readonly string[]
  /** The value with blanks, comments and trailing commas outside strings removed: equal values of equal spelling compare equal. */
  readonly value: string | null
  readonly text: string
  readonly start: number
  readonly end: number
  readonly arrayOfTables: boolean
}

/**
 * Splits a TOML 1.0 text into its statements. It understands strings of all four kinds, arrays and inline tables over several lines,
 * comments, dotted and quoted keys; it does not judge values. Null where the text is not TOML at all.
 */
export function tomlStatements(text: string): readonly TomlStatement[] | null {
  const statements: TomlStatement[] = []
  let header: readonly string[] = []
  let arrayOfTables = false
  let at = 0
  while (at < text.length) {
    const start = skipBlank(text, at)
    if (start >= text.length) {
      break
    }
    const end = endOfStatement(text, start)
    const line = end === null ? null : statementOf(text.slice(start, end))
    if (end === null || line === null) {
      return null
    }
    if (line.kind === 'header') {
      header = line.path
      arrayOfTables = line.array
      statements.push({ header, key: [], value: null, text: text.slice(start, end), start, end, arrayOfTables })
    } else {
      statements.push({ header, key: line.path, value: line.value, text: text.slice(start, end), start, end, arrayOfTables })
    }
    at = end
  }
  return statements
}

function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    if (text[at] === '#') {
      at = endOfLine(text, at)
    } else if (/\s/.test(text[at] ?? '') || text[at] === '\ufeff') {
      at += 1
    } else {
      break
    }
  }
  return at
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline === -1 ? text.length : newline
}

/** The first newline that stands in no string and no bracket. */
function endOfStatement(text: string, from: number): number | null {
  let depth = 0
  let at = from
  while (at < text.length) {
    const character = text[at] ?? ''
    if (character === '\n' && depth === 0) {
      return at
    }
    if (character === '"' || character === "'") {
      const after = afterString(text, at)
      if (after === null) {
        return null
      }
      at = after
    } else if (character === '#') {
      at = endOfLine(text, at)
    } else {
      depth += depthOf(character)
      at += 1
    }
  }
  return depth === 0 ? text.length : null
}

function depthOf(character: string): number {
  if (character === '[' || character === '{') {
    return 1
  }
  return character === ']' || character === '}' ? -1 : 0
}

type Line =
  | { readonly kind: 'header'; readonly path: readonly string[]; readonly array: boolean }
  | { readonly kind: 'pair'; readonly path: readonly string[]; readonly value: string }

function statementOf(text: string): Line | null {
  if (text.startsWith('[')) {
    const array = text.startsWith('[[')
    const inner = readKey(text, array ? 2 : 1)
    const closed = inner !== null && text.startsWith(array ? ']]' : ']', inner.after)
    return inner !== null && closed ? { kind: 'header', path: inner.path, array } : null
  }
  const key = readKey(text, 0)
  if (key === null || text[key.after] !== '=') {
    return null
  }
  return { kind: 'pair', path: key.path, value: condensed(text.slice(key.after + 1)) }
}

/** A dotted key, blanks allowed around its dots; `after` is the first character behind it and its blanks. */
function readKey(text: string, from: number): { readonly path: readonly string[]; readonly after: number } | null {
  const path: string[] = []
  let at = from
  for (;;) {
    at = skipSpaces(text, at)
    const part = readKeyPart(text, at)
    if (part === null) {
      return null
    }
    path.push(part.name)
    at = skipSpaces(text, part.after)
    if (text[at] !== '.') {
      return { path, after: at }
    }
    at += 1
  }
}

function readKeyPart(text: string, from: number): { readonly name: string; readonly after: number } | null {
  if (text[from] === '"' || text[from] === "'") {
    const after = afterString(text, from)
    return after === null ? null : { name: unquoted(text.slice(from, after)), after }
  }
  const bare = /^[A-Za-z0-9_-]+/.exec(text.slice(from, from + 200))?.[0]
  return bare === undefined ? null : { name: bare, after: from + bare.length }
}

function unquoted(quoted: string): string {
  const inner = quoted.slice(1, -1)
  if (quoted.startsWith("'")) {
    return inner
  }
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (whole, short, long, plain) => {
    const code = Number.parseInt(short ?? long ?? '', 16)
    if (Number.isNaN(code)) {
      return plain
    }
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') {
    at += 1
  }
  return at
}

function condensed(value: string): string {
  const pieces: string[] = []
  let at = 0
  while (at < value.length) {
    const character = value[at] ?? ''
    if (character === '"' || character === "'") {
      const after = afterString(value, at) ?? value.length
      pieces.push(value.slice(at, after))
      at = after
    } else if (character === '#') {
      at = endOfLine(value, at)
    } else {
      push(pieces, character)
      at += 1
    }
  }
  return pieces.join('')
}

/** A comma before a closing bracket says nothing. */
function push(pieces: string[], character: string): void {
  if (/\s/.test(character)) {
    return
  }
  if (character === ']' && pieces.at(-1) === ',') {
    pieces.pop()
  }
  pieces.push(character)
}
