import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BlobStore } from '../workspace/workspace.ts'
import { packHeader, packLine } from './pack.ts'

/** What went into a pack. `missing`: digests that the store has no content for (files too large to keep). */
export interface SealedPack {
  readonly objects: number
  readonly bytes: number
  readonly missing: readonly string[]
}

/** Writes the named objects to `file` as `pack.ts` describes. The file is there whole or not at all, and is on disk when this returns. */
export async function sealPack(blobs: BlobStore, digests: Iterable<string>, file: string): Promise<SealedPack> {
  const partial = `${file}.partial`
  await using handle = await open(partial, 'w', 0o600)
  const sealed = await writeObjects(handle, blobs, [...new Set(digests)].sort())
  await handle.sync()
  await rename(partial, file)
  await using folder = await open(dirname(file), 'r')
  await folder.sync()
  return sealed
}

async function writeObjects(handle: FileHandle, blobs: BlobStore, digests: readonly string[]): Promise<SealedPack> {
  const missing: string[] = []
  let bytes = packHeader.length
  await handle.writeFile(packHeader)
  for (const digest of digests) {
    const content = await blobs.get(digest)
    if (content) {
      const line = packLine(digest, content.length)
      await handle.writeFile(line)
      await handle.writeFile(content)
      bytes += line.length + content.length
    } else {
      missing.push(digest)
    }
  }
  return { objects: digests.length - missing.length, bytes, missing }
}
