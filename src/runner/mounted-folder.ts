import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { digestOfFiles } from '../evidence/digest.ts'

/**
 * sha256 in hex over all that a folder shows inside a sandbox: paths, content of files, executable bits, targets of symlinks.
 * Sockets, fifos and devices count by their path alone. Rejects where something cannot be read.
 */
export async function folderDigest(folder: string): Promise<string> {
  const parts: [path: string, content: Uint8Array, mode: string][] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1)
    if (entry.isSymbolicLink()) {
      parts.push([name, Buffer.from(await readlink(path)), 'symlink'])
    } else if (entry.isFile()) {
      parts.push([name, await contentDigest(path), ((await lstat(path)).mode & 0o111) === 0 ? 'file' : 'executable'])
    } else {
      parts.push([name, Buffer.alloc(0), entry.isDirectory() ? 'folder' : 'special'])
    }
  }
  return digestOfFiles(parts)
}

/** Agents bring programs of hundreds of megabytes: a file is never held in memory whole. */
async function contentDigest(file: string): Promise<Uint8Array> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest()
}
