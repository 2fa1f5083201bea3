import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'
import type { Change } from '../evidence/change.ts'
import type { FixtureFacts } from '../evidence/evidence.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { BlobStore } from './workspace.ts'

/**
 * Stores what graders compare with: the base of every changed path, the guide, the protected files, and those that hold labelled helpers.
 * Answers with path to digest; a symlink's digest is that of its target's text, as in `Entry`.
 */
export async function baseBlobs(
  prepared: PreparedFixture,
  changes: readonly Change[],
  facts: FixtureFacts,
  blobs: BlobStore,
): Promise<Readonly<Record<string, string>>> {
  const isDependency = picomatch([...facts.dependencies], { dot: true })
  const isProtected = picomatch(['CLAUDE.md', ...facts.protected.map((entry) => entry.split('#')[0] ?? entry)], { dot: true })
  const changed = new Set(changes.filter((change) => change.kind !== 'added').map((change) => change.path))
  const helpers = new Set(facts.helpers?.map(({ path }) => path))
  const wanted = [...prepared.base.keys()].filter(
    (path) => changed.has(path) || helpers.has(path) || (isProtected(path) && !isDependency(path)),
  )
  const stored: [string, string][] = []
  for (const path of wanted.toSorted()) {
    const entry = prepared.base.get(path)
    if (entry?.type === 'symlink') {
      stored.push([path, await blobs.put(Buffer.from(entry.target))])
    }
    if (entry?.type === 'file') {
      stored.push([path, await blobs.put(await readFile(join(prepared.root, path)))])
    }
  }
  return Object.fromEntries(stored)
}

/** The base's bytes of a path; null where the base has no such file. */
export async function baseContent(prepared: PreparedFixture, path: string): Promise<Uint8Array | null> {
  return prepared.base.get(path)?.type === 'file' ? readFile(join(prepared.root, path)) : null
}
