import { hash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStore } from './workspace.ts'

let writes = 0

/** Opens (and makes) a folder of blobs, each a file named by the sha256 of its content. A blob is there whole or not at all. */
export function openBlobStore(folder: string): BlobStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const known = new Set<string>()
  const has = (digest: string) => known.has(digest) || existsSync(join(folder, digest))
  return {
    has,
    put: async (content) => {
      const digest = hash('sha256', content)
      if (!has(digest)) {
        writes += 1
        const partial = join(folder, `${digest}.${process.pid}.${writes}.partial`)
        writeFileSync(partial, content, { mode: 0o600 })
        renameSync(partial, join(folder, digest))
      }
      known.add(digest)
      return digest
    },
    get: async (digest) => (has(digest) ? readFile(join(folder, digest)) : null),
  }
}
