import type { Stats } from 'node:fs'
import type { Change, Entry } from '../evidence/change.ts'
import { type BaseTree, joinPath } from './base-tree.ts'
import { type Folder, openFolder } from './folder.ts'
import { pace } from './pace.ts'
import { pathText } from './path-text.ts'
import { readEntry } from './read-entry.ts'

// Each open folder holds a descriptor, two on the overlay rung; an agent must not be able to use up ours.
const deepest = 400

/** How to find what differs from a base. */
export interface ChangeWalk {
  /** On an overlay the upper folder; on a copy the whole tree. */
  readonly root: string
  /** On an overlay the merged tree as the harness sees it, to tell an opaque folder from one that hides nothing; null on a copy. */
  readonly merged: string | null
  readonly base: BaseTree
  /** True where the file is known to be the base's without reading it. */
  unchanged(path: string, stat: Stats): boolean
  /** Bytes to read at most; absent: 1 GiB. What lies beyond is listed, and `unstable`. */
  readonly budget?: number
  /** Takes the content of each changed file and symlink, once for each change. */
  keep(digest: string, content: Buffer): Promise<void>
}

/** Bytes that one walk reads at most: forty holes of 250 MB, left in a moment, once took a minute and a half to hash. */
const mostBytes = 1024 ** 3

interface Walking extends ChangeWalk {
  readonly changes: Change[]
  /** Bytes that may still be read. */
  left: number
  pause(): Promise<void> | undefined
}

interface Place {
  readonly path: string
  readonly folder: Folder
  /** The same folder in the merged tree; null on a copy, and where the base has no such folder. */
  readonly merged: Folder | null
  readonly depth: number
}

/**
 * The paths that differ from the base, sorted. Our own walk, never git on a tree that an agent owns: a background writer makes `git add` fail,
 * and a nested repository or one line of `.gitignore` hides files from it. Follows no symlink and enters every folder but the root's own `.git`, whatever ignore files or
 * nested repositories say. A folder that cannot be opened is one `unstable` path. Files that come or go meanwhile are taken as they are found.
 */
export async function walkChanges(walk: ChangeWalk): Promise<readonly Change[]> {
  const walking: Walking = { ...walk, changes: [], left: walk.budget ?? mostBytes, pause: pace() }
  using folder = openFolder(walk.root)
  using merged = walk.merged === null ? null : openFolder(walk.merged)
  await visitFolder(walking, { path: '', folder, merged, depth: 0 })
  return walking.changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

async function visitFolder(walking: Walking, place: Place): Promise<void> {
  const found = new Set<string>()
  for (const name of place.folder.names()) {
    await walking.pause()
    const text = pathText(name)
    if (place.path === '' && text === '.git') {
      continue
    }
    if (await visitName(walking, place, name, joinPath(place.path, text))) {
      found.add(text)
    }
  }
  deleteWhatIsMissing(walking, place, found)
}

/** False where nothing lies at the name any more. */
async function visitName(walking: Walking, place: Place, name: Buffer, path: string): Promise<boolean> {
  const stat = place.folder.lstat(name)
  if (!stat) {
    return false
  }
  if (stat.isDirectory()) {
    return visitChild(walking, place, name, path)
  }
  if (walking.merged !== null && isWhiteout(stat)) {
    deleteBelow(walking, path)
    return true
  }
  if (walking.unchanged(path, stat)) {
    return true
  }
  walking.left -= stat.isFile() ? stat.size : 0
  if (walking.left < 0) {
    addEntry(walking, path, { type: 'unstable' })
    return true
  }
  const reading = await readEntry(place.folder, name)
  if (reading.kind === 'gone') {
    return false
  }
  const entry: Entry = reading.kind === 'folder' ? { type: 'unstable' } : reading.entry
  const content = reading.kind === 'folder' ? null : reading.content
  if (addEntry(walking, path, entry) && content && 'digest' in entry) {
    await walking.keep(entry.digest, content)
  }
  return true
}

async function visitChild(walking: Walking, place: Place, name: Buffer, path: string): Promise<boolean> {
  using child = place.depth < deepest ? place.folder.open(name) : null
  if (!child) {
    if (!place.folder.lstat(name)) {
      return false
    }
    addEntry(walking, path, { type: 'unstable' })
    return true
  }
  const replaced = walking.base.entry(path)
  if (replaced) {
    walking.changes.push({ path, kind: 'deleted', base: replaced })
  }
  using merged = walking.base.isFolder(path) ? (place.merged?.open(name) ?? null) : null
  await visitFolder(walking, { path, folder: child, merged, depth: place.depth + 1 })
  return true
}

/** The kernel marks a deleted path of the lower layer with a character device 0:0; nobody inside can make one. */
function isWhiteout(stat: Stats): boolean {
  return stat.isCharacterDevice() && stat.rdev === 0
}

/** On an overlay what is neither in the upper folder nor in the merged one was deleted: its folder was replaced. */
function deleteWhatIsMissing(walking: Walking, place: Place, found: ReadonlySet<string>): void {
  const missing = [...walking.base.children(place.path)].filter((name) => !found.has(name))
  if (missing.length === 0) {
    return
  }
  const shown = new Set(place.merged?.names().map(pathText))
  for (const name of missing.filter((each) => !shown.has(each))) {
    deleteBelow(walking, joinPath(place.path, name))
  }
}

function deleteBelow(walking: Walking, path: string): void {
  for (const [deleted, base] of walking.base.below(path)) {
    walking.changes.push({ path: deleted, kind: 'deleted', base })
  }
}

/** False where the entry is the base's own. */
function addEntry(walking: Walking, path: string, now: Entry): boolean {
  const base = walking.base.entry(path)
  if (!base) {
    deleteBelow(walking, path)
    walking.changes.push({ path, kind: 'added', now })
    return true
  }
  if (sameEntry(base, now)) {
    return false
  }
  walking.changes.push({ path, kind: 'modified', base, now })
  return true
}

function sameEntry(a: Entry, b: Entry): boolean {
  if (a.type === 'file' && b.type === 'file') {
    return a.digest === b.digest && a.executable === b.executable
  }
  return a.type === 'symlink' && b.type === 'symlink' && a.digest === b.digest
}
