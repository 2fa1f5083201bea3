import type { Stats } from 'node:fs'
import { walkFolder } from './walk-folder.ts'

interface Fact {
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly ino: number
}

// A file changed within one tick of the kernel's clock after the index was taken would show the same times.
const tickMs = 50

/**
 * Notes what `lstat` says of each path of a tree now, and tells later whether a path is sure to be untouched since. The time of the last
 * inode change cannot be set back by whoever owns the file.
 */
export async function statIndex(root: string): Promise<(path: string, stat: Stats) => boolean> {
  const facts = new Map<string, Fact>()
  const taken = Date.now()
  for await (const { path, stat } of walkFolder(root)) {
    if (stat.ctimeMs < taken - tickMs) {
      facts.set(path, { size: stat.size, mtimeMs: stat.mtimeMs, ctimeMs: stat.ctimeMs, ino: stat.ino })
    }
  }
  return (path, stat) => {
    const fact = facts.get(path)
    return (
      fact !== undefined &&
      fact.ctimeMs === stat.ctimeMs &&
      fact.mtimeMs === stat.mtimeMs &&
      fact.size === stat.size &&
      fact.ino === stat.ino
    )
  }
}
