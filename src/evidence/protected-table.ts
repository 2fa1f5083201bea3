import { isDeepStrictEqual } from 'node:util'
import { isMap, parseDocument } from 'yaml'
import { matcher } from './glob.ts'
import { restoreTomlTable, tomlTable } from './toml-restore.ts'

/** One `protected` entry of a manifest: a glob of whole files, or of files in which one table (dotted key, INI section) is ours. */
export interface ProtectedEntry {
  readonly matches: (path: string) => boolean
  readonly key: string | null
}

/** Reads `path` and `path#key` entries; both parts are taken as written, the path as a glob. */
export function protectedEntries(entries: readonly string[]): readonly ProtectedEntry[] {
  return entries.map((entry) => {
    const hash = entry.indexOf('#')
    return hash === -1 ? { matches: matcher([entry]), key: null } : { matches: matcher([entry.slice(0, hash)]), key: entry.slice(hash + 1) }
  })
}

/** What one format can say of a table: its content to compare, and a text with the table put back. Null where a text cannot be read. */
interface Format {
  table(text: string, key: string): { readonly content: unknown } | null
  restore(base: string, now: string, key: string): string | null
}

const toml: Format = {
  table: (text, key) => tomlTable(text, key.split('.')),
  restore: (base, now, key) => restoreTomlTable(base, now, key.split('.')),
}

const json: Format = {
  table: (text, key) => {
    const read = readJson(text)
    return read === null ? null : { content: valueAt(read.value, key.split('.')) }
  },
  restore: (base, now, key) => {
    const [ours, theirs] = [readJson(base), readJson(now)]
    if (ours === null || theirs === null) {
      return null
    }
    const path = key.split('.')
    const value = replaceAt(theirs.value, path, valueAt(ours.value, path))
    return `${JSON.stringify(value, null, 2)}\n`
  },
}

const yaml: Format = {
  table: (text, key) => {
    const read = readYaml(text)
    return read === null ? null : { content: valueAt(read.value, key.split('.')) }
  },
  restore: (base, now, key) => {
    const [ours, theirs] = [readYaml(base), readYaml(now)]
    if (ours === null || theirs === null || (theirs.document.contents !== null && !isMap(theirs.document.contents))) {
      return null
    }
    const path = key.split('.')
    const value = valueAt(ours.value, path)
    if (value === undefined) {
      theirs.document.deleteIn(path)
    } else {
      theirs.document.setIn(path, theirs.document.createNode(value))
    }
    return theirs.document.toString()
  },
}

const ini: Format = {
  table: (text, key) => ({ content: section(text, key).trim() || undefined }),
  restore: (base, now, key) => {
    const rest = sections(now)
      .filter((one) => one.name !== key)
      .map((one) => one.text)
      .join('')
    return `${rest.trimEnd()}\n\n${section(base, key).trimEnd()}`.trim().concat('\n')
  },
}

const FORMATS: Readonly<Record<string, Format>> = { toml, json, yaml, yml: yaml, ini, cfg: ini }

/**
 * Whether table `key` says the same in both texts (null: no such file). A text that cannot be read, or a format that is not known,
 * is the same only when the whole text is.
 */
export function sameTable(path: string, base: string | null, now: string | null, key: string): boolean {
  const format = formatOf(path)
  if (base === now) {
    return true
  }
  const ours = format?.table(base ?? '', key) ?? null
  const theirs = format?.table(now ?? '', key) ?? null
  return ours !== null && theirs !== null && isDeepStrictEqual(ours.content, theirs.content)
}

/**
 * The text `now` with table `key` as it is in `base`, all else untouched. Null where that cannot be done (the text cannot be read, the format is
 * not known): then the base's whole file has to serve.
 */
export function restoreTable(path: string, base: string | null, now: string, key: string): string | null {
  return sameTable(path, base, now, key) ? now : (formatOf(path)?.restore(base ?? '', now, key) ?? null)
}

function formatOf(path: string): Format | undefined {
  return FORMATS[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
}

function readJson(text: string): { readonly value: unknown } | null {
  if (text.trim() === '') {
    return { value: {} }
  }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

function readYaml(text: string) {
  const document = parseDocument(text)
  if (document.errors.length > 0) {
    return null
  }
  try {
    return { document, value: document.toJS({ maxAliasCount: 100 }) as unknown }
  } catch {
    return null
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at: unknown = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) {
      return undefined
    }
    at = (at as Readonly<Record<string, unknown>>)[key]
  }
  return at
}

function replaceAt(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) {
    return replacement
  }
  const object = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...(value as Record<string, unknown>) } : {}
  const inner = replaceAt(object[key], rest, replacement)
  if (inner === undefined || (replacement === undefined && object[key] === undefined)) {
    delete object[key]
  } else {
    object[key] = inner
  }
  return object
}

/** INI as pytest reads it: a section begins at a `[name]` in the first column. */
function sections(text: string): readonly { readonly name: string | null; readonly text: string }[] {
  const found: { name: string | null; text: string }[] = [{ name: null, text: '' }]
  for (const line of text.split(/(?<=\n)/)) {
    const name = /^\[([^\]]*)\]/.exec(line)?.[1]
    const last = found.at(-1)
    if (name !== undefined) {
      found.push({ name: name.trim(), text: line })
    } else if (last !== undefined) {
      last.text += line
    }
  }
  return found
}

function section(text: string, name: string): string {
  return sections(text)
    .filter((one) => one.name === name)
    .map((one) => one.text)
    .join('')
}
