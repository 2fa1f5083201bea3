import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { type Folder, openFolder } from './folder.ts'
import { pathBytes } from './path-text.ts'
import type { InstalledFile } from './workspace.ts'

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants

/**
 * Writes, replaces or removes (`null`) paths of a tree. Removals come first, with the parents that they leave empty, then files, then
 * symlinks. Throws where a path is not below the root, has a symlink among its parents, or is a folder that is not empty.
 */
export function installFiles(root: string, files: ReadonlyMap<string, InstalledFile | null>): void {
  using folder = openFolder(root)
  const order = ([path, file]: readonly [string, InstalledFile | null]) => [rank(file), path] as const
  const sorted = [...files].sort((a, b) => compare(order(a), order(b)))
  for (const [path, file] of sorted) {
    const parts = partsOf(path)
    if (file === null) {
      remove(folder, parts)
    } else {
      place(folder, parts, path, file)
    }
  }
}

function rank(file: InstalledFile | null): number {
  return file === null ? 0 : 'content' in file ? 1 : 2
}

function compare([rankA, pathA]: readonly [number, string], [rankB, pathB]: readonly [number, string]): number {
  return rankA - rankB || (pathA < pathB ? -1 : 1)
}

function partsOf(path: string): readonly Buffer[] {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new Error(`Cannot install ${JSON.stringify(path)}: it is not a path below the root.`)
  }
  return parts.map(pathBytes)
}

/** Removes what lies at the path; true where its folder is then empty. */
function remove(folder: Folder, [name, ...rest]: readonly Buffer[]): boolean {
  const stat = name && folder.lstat(name)
  if (!stat) {
    return false
  }
  if (rest.length === 0) {
    rmSync(folder.at(name), { recursive: true, force: true })
    return folder.names().length === 0
  }
  if (!stat.isDirectory()) {
    return false
  }
  if (!removeInside(folder, name, rest)) {
    return false
  }
  rmdirSync(folder.at(name))
  return folder.names().length === 0
}

function removeInside(folder: Folder, name: Buffer, rest: readonly Buffer[]): boolean {
  using child = folder.open(name)
  return child !== null && remove(child, rest)
}

function place(folder: Folder, [name, ...rest]: readonly Buffer[], path: string, file: InstalledFile): void {
  if (!name) {
    return
  }
  const stat = folder.lstat(name)
  if (rest.length === 0) {
    if (stat?.isDirectory()) {
      rmdirSync(folder.at(name))
    } else if (stat) {
      unlinkSync(folder.at(name))
    }
    write(folder.at(name), file)
    return
  }
  if (!stat) {
    mkdirSync(folder.at(name))
    chmodSync(folder.at(name), 0o755)
  }
  using child = folder.open(name)
  if (!child) {
    throw new Error(`Cannot install ${JSON.stringify(path)}: one of its parents is a symlink or no folder.`)
  }
  place(child, rest, path, file)
}

function write(path: Buffer, file: InstalledFile): void {
  if ('target' in file) {
    symlinkSync(pathBytes(file.target), path)
    return
  }
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644)
  try {
    writeFileSync(fd, file.content)
    fchmodSync(fd, file.executable ? 0o755 : 0o644)
  } finally {
    closeSync(fd)
  }
}
