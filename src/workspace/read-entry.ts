import { createHash, hash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, type Stats } from 'node:fs'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Entry } from '../evidence/change.ts'
import type { Folder } from './folder.ts'
import { pathText } from './path-text.ts'

const { O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/** Files above this many bytes are hashed but their content is not kept. */
export const largestBlob = 64 * 1024 * 1024
const chunkBytes = 4 * 1024 * 1024
const attempts = 3

/** What lies at a name that is no folder. `content` is null where there is nothing to keep (special, unstable, above `largestBlob`). */
export type EntryReading =
  | { readonly kind: 'entry'; readonly entry: Entry; readonly content: Buffer | null }
  | { readonly kind: 'gone' }
  | { readonly kind: 'folder' }

/** Reads and hashes the entry `name` of a folder. A file that changes while it is read is tried again, three times, and then `unstable`. */
export async function readEntry(folder: Folder, name: Uint8Array): Promise<EntryReading> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stat = folder.lstat(name)
    if (!stat) {
      return { kind: 'gone' }
    }
    if (stat.isDirectory()) {
      return { kind: 'folder' }
    }
    const reading = await readOnce(folder.at(name), stat)
    if (reading) {
      return reading
    }
    await sleep(5)
  }
  return { kind: 'entry', entry: { type: 'unstable' }, content: null }
}

async function readOnce(path: Buffer, stat: Stats): Promise<EntryReading | null> {
  try {
    if (stat.isSymbolicLink()) {
      return readSymlink(path)
    }
    // A fifo or a device is never opened: opening one may block, or do something.
    return stat.isFile() ? await readFile(path) : { kind: 'entry', entry: { type: 'special' }, content: null }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EINVAL', 'EACCES', 'ENXIO', 'ESTALE'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return null
    }
    throw error
  }
}

function readSymlink(path: Buffer): EntryReading {
  const target = readlinkSync(path, { encoding: 'buffer' })
  return { kind: 'entry', entry: { type: 'symlink', digest: hash('sha256', target), target: pathText(target) }, content: target }
}

async function readFile(path: Buffer): Promise<EntryReading | null> {
  const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
  try {
    const before = fstatSync(fd)
    if (!before.isFile()) {
      return null
    }
    const { digest, content, size } = before.size > largestBlob ? await hashInParts(fd, before.size) : readWhole(fd, before.size)
    const after = fstatSync(fd)
    if (size !== after.size || before.size !== after.size || before.mtimeMs !== after.mtimeMs || before.ctimeMs !== after.ctimeMs) {
      return null
    }
    return { kind: 'entry', entry: { type: 'file', digest, size, executable: isExecutable(after) }, content }
  } finally {
    closeSync(fd)
  }
}

/** As git sees it: the owner's bit alone. */
export function isExecutable(stat: Stats): boolean {
  return (stat.mode & 0o100) !== 0
}

interface Read {
  readonly digest: string
  readonly content: Buffer | null
  readonly size: number
}

function readWhole(fd: number, size: number): Read {
  const buffer = Buffer.allocUnsafe(size + 1)
  let filled = 0
  for (;;) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, null)
    filled += count
    if (count === 0 || filled === buffer.length) {
      break
    }
  }
  const content = buffer.subarray(0, filled)
  return { digest: hash('sha256', content), content, size: filled }
}

async function hashInParts(fd: number, size: number): Promise<Read> {
  const hashing = createHash('sha256')
  const buffer = Buffer.allocUnsafe(chunkBytes)
  let total = 0
  // Without the bound a writer that is faster than we are would keep us reading for ever.
  while (total <= size) {
    const count = readSync(fd, buffer, 0, buffer.length, null)
    if (count === 0) {
      break
    }
    hashing.update(buffer.subarray(0, count))
    total += count
    await nextTurn()
  }
  return { digest: hashing.digest('hex'), content: null, size: total }
}
