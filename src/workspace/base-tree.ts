import type { Entry } from '../evidence/change.ts'

/** The base's paths as a tree, to ask for the children of a folder. */
export interface BaseTree {
  /** The entry at a path that is no folder. */
  entry(path: string): Entry | undefined
  /** Names in a folder; none where the base has no such folder. */
  children(folder: string): Iterable<string>
  isFolder(path: string): boolean
  /** All entries at the path or below it. */
  below(path: string): Iterable<readonly [string, Entry]>
}

const known = new WeakMap<ReadonlyMap<string, Entry>, BaseTree>()

/** The tree of a base; made once for each base, however many workspaces lie over it. */
export function baseTree(base: ReadonlyMap<string, Entry>): BaseTree {
  const found = known.get(base) ?? build(base)
  known.set(base, found)
  return found
}

function build(base: ReadonlyMap<string, Entry>): BaseTree {
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const path of base.keys()) {
    addToParents(folders, path)
  }
  function* below(path: string): Iterable<readonly [string, Entry]> {
    const entry = base.get(path)
    if (entry) {
      yield [path, entry]
    }
    for (const child of folders.get(path) ?? []) {
      yield* below(joinPath(path, child))
    }
  }
  return {
    entry: (path) => base.get(path),
    children: (folder) => folders.get(folder) ?? [],
    isFolder: (path) => folders.has(path),
    below,
  }
}

function addToParents(folders: Map<string, Set<string>>, path: string): void {
  let child = path
  for (;;) {
    const slash = child.lastIndexOf('/')
    const parent = slash < 0 ? '' : child.slice(0, slash)
    const name = child.slice(slash + 1)
    const names = folders.get(parent)
    if (names) {
      names.add(name)
      return
    }
    folders.set(parent, new Set([name]))
    child = parent
  }
}

/** Joins a folder's path (empty for the root) and a name. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
