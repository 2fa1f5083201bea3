import type { ChangedSource } from './changed-sources.ts'
import type { Layer } from './layers.ts'
import type { Observation } from './rule.ts'
import { lineAt, type Sibling } from './siblings.ts'

interface DeclaredClass {
  readonly name: string
  readonly bases: readonly string[]
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
  return [...text.matchAll(pattern)].map(({ index, 1: name = '', 2: bases = '' }) => ({
    name,
    bases: bases
      .split(',')
      .map((base) => base.replace(/\[.*$/s, '').trim())
      .filter((base) => base !== '' && base !== 'object' && !base.includes('='))
      .map((base) => base.split('.').at(-1) ?? ''),
    line: lineAt(text, index),
  }))
}

/**
 * New classes whose siblings (classes of the same layer whose names end in the same word) share an ancestor that they have not: a view that is no `ApiView`
 * where all others are. That ancestor is the project's own: of two bases of a framework
 * either may be right, unless a class has none at all.
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
      const missing =
        old.has(one.name) || like.length < ENOUGH ? undefined : missingAncestor(one, like, ancestors, (name) => isOwn(name, siblings))
      return missing === undefined
        ? []
        : [{ code: 'UNLIKE_SIBLINGS', path, line: one.line, args: { what: 'base', name: one.name, like: missing } }]
    })
  })
}

function missingAncestor(
  { name, bases }: DeclaredClass,
  like: readonly DeclaredClass[],
  ancestors: (name: string) => ReadonlySet<string>,
  isOwnClass: (name: string) => boolean,
): string | undefined {
  const all = like.map((sibling) => ancestors(sibling.name))
  const shared = [...new Set(all.flatMap((one) => [...one]))].filter(
    (ancestor) => all.filter((one) => one.has(ancestor)).length >= Math.max(ENOUGH, like.length * MOST),
  )
  const own = ancestors(name)
  // A class may itself be what the others inherit from.
  return shared.includes(name) ? undefined : shared.find((ancestor) => !own.has(ancestor) && (bases.length === 0 || isOwnClass(ancestor)))
}

/** Whether a class is declared in the project, or imported from a module of it. */
function isOwn(name: string, siblings: readonly Sibling[]): boolean {
  const folders = new Set(siblings.flatMap(({ path }) => path.split('/').slice(0, -1)))
  const python = new RegExp(`^from\\s+([\\w.]+)\\s+import\\s+(?:\\([^)]*\\b${name}\\b|[^\\n(]*\\b${name}\\b)`, 'm')
  const script = new RegExp(`import\\s*(?:type\\s*)?\\{[^}]*\\b${name}\\b[^}]*\\}\\s*from\\s*['"]([^'"]+)['"]`)
  return siblings.some(({ path, text }) => {
    const isPython = path.endsWith('.py')
    const module = (isPython ? python : script).exec(text)?.[1]
    const isImported =
      module !== undefined &&
      (isPython ? module.startsWith('.') || folders.has(module.split('.')[0] ?? '') : /^(?:\.|@\/|~\/|src\/|#)/.test(module))
    return isImported || classesIn(path, text).some((one) => one.name === name)
  })
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
