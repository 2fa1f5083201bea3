import type { ChangedSource } from './changed-sources.ts'
import type { Layer } from './layers.ts'
import { isMigration } from './migration-files.ts'
import type { Observation } from './rule.ts'
import { lineAt, type Sibling } from './siblings.ts'

/** Functions, and files of several words, from which on names have a way of their own. */
const FUNCTIONS = 10
const FILES = 4

/** Names that a framework calls: they are not the author's. */
const GIVEN =
  /^(?:set[A-Z]|tear[A-Z]|assert[A-Z]|visit_|do_[A-Z]|handle[A-Z]|format[A-Z]|emit$|on[A-Z]|as[A-Z]|async[A-Z]|get[A-Z]\w*Data$|_)/

type Case = 'snake_case' | 'camelCase' | 'kebab-case' | 'PascalCase'

/** New functions and files whose names are written in another way than those around them. */
export function unlikeNames(
  sources: readonly ChangedSource[],
  siblings: readonly Sibling[],
  layerOf: (path: string) => Layer | null,
): readonly Observation[] {
  const known = new Set(siblings.flatMap(({ path, text }) => functionNames(path, text).map(({ name }) => name)))
  return sources.flatMap((source) => [...unlikeFunctions(source, siblings, known), ...unlikeFile(source, siblings, layerOf)])
}

function unlikeFunctions(
  { path, before, after }: ChangedSource,
  siblings: readonly Sibling[],
  known: ReadonlySet<string>,
): readonly Observation[] {
  const isPython = path.endsWith('.py')
  const usual: Case = isPython ? 'snake_case' : 'camelCase'
  const unusual: Case = isPython ? 'camelCase' : 'snake_case'
  const there = siblings
    .filter((sibling) => sibling.path.endsWith('.py') === isPython)
    .flatMap(({ path: at, text }) => functionNames(at, text))
  const agreed = there.length >= FUNCTIONS && there.filter(({ name }) => caseOf(name) === unusual).length <= there.length / 50
  if (!agreed || after === null) {
    return []
  }
  const old = new Set(functionNames(path, before?.text ?? '').map(({ name }) => name))
  return functionNames(path, after.text)
    .filter(({ name }) => caseOf(name) === unusual && !GIVEN.test(name) && !old.has(name) && !known.has(name))
    .map(({ name, line }) => ({ code: 'UNLIKE_SIBLINGS', path, line, args: { what: 'case', name, like: usual } }))
}

function functionNames(path: string, text: string): readonly { readonly name: string; readonly line: number }[] {
  const pattern = path.endsWith('.py')
    ? /^[ \t]*(?:async )?def (\w+)/gm
    : /\bfunction (\w+)\s*[(<]|^[ \t]*(?:export )?const (\w+)\s*=\s*(?:async\s*)?\([^)]*\)[^=\n]*=>/gm
  return [...text.matchAll(pattern)].map(({ index, 1: one, 2: other }) => ({ name: one ?? other ?? '', line: lineAt(text, index) }))
}

function unlikeFile(
  { path, before, isTest }: ChangedSource,
  siblings: readonly Sibling[],
  layerOf: (path: string) => Layer | null,
): readonly Observation[] {
  const layer = layerOf(path)
  const own = caseOf(stem(path))
  if (before !== null || layer === null || isTest || own === null || isMigration(path)) {
    return []
  }
  const there = siblings
    .filter((sibling) => sibling.layer?.rank === layer.rank && !isMigration(sibling.path))
    .flatMap((sibling) => caseOf(stem(sibling.path)) ?? [])
  const [like] = there
  const agreed = like !== undefined && there.length >= FILES && there.every((one) => one === like)
  return agreed && own !== like ? [{ code: 'UNLIKE_SIBLINGS', path, args: { what: 'file', name: path.replace(/^.*\//, ''), like } }] : []
}

function stem(path: string): string {
  return path
    .replace(/^.*\//, '')
    .replace(/\..*$/, '')
    .replace(/^_+|_+$/g, '')
}

/** Null for a single word, which is written alike in all of them. */
function caseOf(name: string): Case | null {
  if (name.includes('-')) {
    return 'kebab-case'
  }
  if (/^[^A-Z]*_[^A-Z]*$/.test(name)) {
    return 'snake_case'
  }
  if (/^[A-Z][a-z0-9]+[A-Z]/.test(name)) {
    return 'PascalCase'
  }
  return /^[a-z][a-z0-9]*[A-Z]/.test(name) && !name.includes('_') ? 'camelCase' : null
}
