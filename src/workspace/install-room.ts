import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry } from '../evidence/change.ts'
import { restoreTable } from '../evidence/protected-table.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { Carried } from './clean-room.ts'
import { largestBlob } from './read-entry.ts'
import type { BlobStore, InstalledFile } from './workspace.ts'

/** A room's content could not be found: our own evidence has a hole. */
export type RoomFiles =
  | { readonly kind: 'ready'; readonly files: ReadonlyMap<string, InstalledFile | null> }
  | { readonly kind: 'missing'; readonly path: string }

/** The content of a decided room, with the tables of ours merged in. */
export async function roomFiles(room: ReadonlyMap<string, Carried>, prepared: PreparedFixture, blobs: BlobStore): Promise<RoomFiles> {
  const files = new Map<string, InstalledFile | null>()
  for (const [path, carried] of room) {
    if (carried.from === 'gone') {
      files.set(path, null)
      continue
    }
    // Too large to be kept: the agent's work goes without it. Were it a hole in our evidence, one large file would make a trial count for nothing.
    if (carried.now.type === 'file' && carried.now.size > largestBlob) {
      continue
    }
    const file = await installed(carried.now, blobs)
    if (file === null) {
      return { kind: 'missing', path }
    }
    files.set(path, carried.from === 'merge' && 'content' in file ? await merged(path, carried.base, file, carried.keys, prepared) : file)
  }
  return { kind: 'ready', files }
}

async function installed(entry: Entry, blobs: BlobStore): Promise<InstalledFile | null> {
  if (entry.type === 'symlink') {
    return { target: entry.target }
  }
  const content = entry.type === 'file' ? await blobs.get(entry.digest) : null
  return content === null || entry.type !== 'file' ? null : { content, executable: entry.executable }
}

async function merged(
  path: string,
  base: Entry | null,
  file: { readonly content: Uint8Array; readonly executable: boolean },
  keys: readonly string[],
  prepared: PreparedFixture,
): Promise<InstalledFile | null> {
  const ours = base?.type === 'file' ? await readFile(join(prepared.root, path), 'utf8') : null
  let text: string | null = Buffer.from(file.content).toString('utf8')
  for (const key of keys) {
    text = text === null ? null : restoreTable(path, ours, text, key)
  }
  if (text !== null) {
    return { content: Buffer.from(text), executable: file.executable }
  }
  // What cannot be read cannot be merged: ours, whole, or nothing where we have none.
  return ours === null ? null : { content: Buffer.from(ours), executable: file.executable }
}
