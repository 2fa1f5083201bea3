import type { ChangedSource } from './changed-sources.ts'
import type { Layer } from './layers.ts'
import type { Observation } from './rule.ts'
import { lineAt, type Sibling } from './siblings.ts'

interface DeclaredClass {
  readonly name: string
  readonly bases: readonly string[]
  /** Its bases as they are written, with the module that they are taken from: `serializers.Serializer`. */
  readonly written: readonly string[]
  readonly line: number
}

/** Siblings from which on they have a way of their own. */
const ENOUGH = 3
/** Share of them that must have it. */
const MOST = 0.9

/** Classes by the text of a source, with the last parts of the names of their bases. */
function classesIn(path: string, text: string): readonly DeclaredClass[] {
  const pattern = path.endsWith('.py')
    ? /^[ \t]*class (\w+)\s*(?:\(([^)]*)\))?\s*:/gm
    : /^[ \t]*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class (\w+)(?:<[^{]*?>)?(?:\s+extends\s+([\w.]+))?/gm
  return [...text.matchAll(pattern)].map(({ index, 1: name = '', 2: bases = '' }) => {
    const written = bases
      .split(',')
      .map((base) => base.replace(/\[.*$/s, '').trim())
      .filter((base) => base !== '' && base !== 'object' && !base.includes('='))
    return { name, bases: written.map((base) => base.split('.').at(-1) ?? ''), written, line: lineAt(text, index) }
  })
}

/**
 * New classes whose siblings (classes of the same layer whose names end in the same word) share an ancestor that they have not: a view that is no `ApiView`
 * where all others are.
 */
export function unlikeClasses(
  sources: readonly ChangedSource[],
  siblings: readonly Sibling[],
  layerOf: (path: string) => Layer | null,
): readonly Observation[] {
  const before = siblings.map((sibling) => ({ ...sibling, classes: classesIn(sibling.path, sibling.text) }))
  const after = sources.flatMap(({ path, after: tree }) => (tree === null ? [] : [{ path, classes: classesIn(path, tree.text) }]))
  const old = new Set(before.flatMap(({ classes }) => classes.map(({ name }) => name)))
  const ancestors = ancestry([...before, ...after].flatMap(({ classes }) => classes))
  return after.flatMap(({ path, classes }) => {
    const layer = layerOf(path)
    const own = layer === null ? [] : before.filter((sibling) => sibling.layer?.rank === layer.rank && !sibling.isTest)
    return classes.flatMap((one): readonly Observation[] => {
      const like = own
        .flatMap((sibling) => sibling.classes)
        .filter(({ name }) => name !== one.name && lastWord(name) === lastWord(one.name))
      const missing = old.has(one.name) || like.length < ENOUGH ? undefined : missingAncestor(one, like, ancestors)
      return missing === undefined
        ? []
        : [{ code: 'UNLIKE_SIBLINGS', path, line: one.line, args: { what: 'base', name: one.name, like: missing } }]
    })
  })
}

function missingAncestor(
  { name, written }: DeclaredClass,
  like: readonly DeclaredClass[],
  ancestors: (name: string) => ReadonlySet<string>,
): string | undefined {
  const all = like.map((sibling) => ancestors(sibling.name))
  const shared = [...new Set(all.flatMap((one) => [...one]))].filter(
    (ancestor) => all.filter((one) => one.has(ancestor)).length >= Math.max(ENOUGH, like.length * MOST),
  )
  const own = ancestors(name)
  // The nearest one says most: the base of the project, not that of its framework. A class may itself be what the others inherit from.
  const missing = shared.some((ancestor) => ancestor === name) ? undefined : shared.find((ancestor) => !own.has(ancestor))
  return missing === undefined || isSameToolkit(written, missing, like) ? undefined : missing
}

/** `serializers.Serializer` among classes of `serializers.ModelSerializer`: another piece of the same toolkit, for another kind of work. */
function isSameToolkit(written: readonly string[], missing: string, like: readonly DeclaredClass[]): boolean {
  const from = (base: string): string => base.slice(0, Math.max(0, base.lastIndexOf('.')))
  const toolkits = like.flatMap((sibling) => sibling.written.filter((base) => base.endsWith(`.${missing}`)).map(from))
  return toolkits.length > 0 && written.some((base) => toolkits.includes(from(base)))
}

/** Names of all classes above one, nearest first. */
function ancestry(classes: readonly DeclaredClass[]): (name: string) => ReadonlySet<string> {
  const bases = new Map(classes.map((one) => [one.name, one.bases]))
  return (name) => {
    const found = new Set<string>()
    const open = [...(bases.get(name) ?? [])]
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (!found.has(next)) {
        found.add(next)
        open.push(...(bases.get(next) ?? []))
      }
    }
    return found
  }
}

function lastWord(name: string): string {
  return /[A-Z][a-z0-9]*$/.exec(name)?.[0] ?? name
}
