import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Change, Entry } from '../../src/evidence/change.ts'
import { sha256 } from '../../src/evidence/digest.ts'

export async function entriesOf(root: string): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  for (const found of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(found.parentPath, found.name)
    const name = path.slice(root.length + 1)
    if (found.isSymbolicLink()) {
      const target = await readlink(path)
      entries.set(name, { type: 'symlink', digest: sha256(target), target })
    } else if (found.isFile()) {
      const { mode, size } = await lstat(path)
      entries.set(name, { type: 'file', digest: sha256(await readFile(path)), size, executable: (mode & 0o100) !== 0 })
    }
  }
  return entries
}

export function changesBetween(before: ReadonlyMap<string, Entry>, now: ReadonlyMap<string, Entry>): readonly Change[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((path): readonly Change[] => {
    const [old, entry] = [before.get(path), now.get(path)]
    if (entry === undefined) {
      return old === undefined ? [] : [{ path, kind: 'deleted', base: old }]
    }
    if (old === undefined) {
      return [{ path, kind: 'added', now: entry }]
    }
    return JSON.stringify(old) === JSON.stringify(entry) ? [] : [{ path, kind: 'modified', base: old, now: entry }]
  })
}

export function byPath(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
