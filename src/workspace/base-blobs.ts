import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'
import type { Change } from '../evidence/change.ts'
import type { FixtureFacts } from '../evidence/evidence.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { BlobStore } from './workspace.ts'

/** Where Django's settings lie: they say whether every request is a transaction. */
const SETTINGS = ['**/settings.py', '**/settings/*.py']

/** Of the siblings of changed files, no more are kept, and none above this many bytes: they are compared with, not judged. */
const SIBLINGS = { files: 400, bytes: 200_000 }

/**
 * Stores what graders compare with: the base of every changed path, the guide, settings, the protected files, those that hold labelled helpers, and the siblings of
 * what was changed: the other files of its layers.
 * Answers with path to digest; a symlink's digest is that of its target's text, as in `Entry`.
 */
export async function baseBlobs(
  prepared: PreparedFixture,
  changes: readonly Change[],
  facts: FixtureFacts,
  blobs: BlobStore,
): Promise<Readonly<Record<string, string>>> {
  const isDependency = picomatch([...facts.dependencies], { dot: true })
  const isProtected = picomatch(['CLAUDE.md', ...SETTINGS, ...facts.protected.map((entry) => entry.split('#')[0] ?? entry)], { dot: true })
  const changed = new Set(changes.filter((change) => change.kind !== 'added').map((change) => change.path))
  const helpers = new Set(facts.helpers?.map(({ path }) => path))
  const siblings = new Set(siblingsOf(prepared, changes, facts).filter((path) => !isDependency(path)))
  const wanted = [...prepared.base.keys()].filter(
    (path) => changed.has(path) || helpers.has(path) || siblings.has(path) || (isProtected(path) && !isDependency(path)),
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

function siblingsOf({ base }: PreparedFixture, changes: readonly Change[], { layers }: FixtureFacts): readonly string[] {
  const touched = layers
    .map(({ globs }) => picomatch([...globs], { dot: true }))
    .filter((matches) => changes.some(({ path }) => matches(path)))
  const small = [...base].filter(([, entry]) => entry.type === 'file' && entry.size <= SIBLINGS.bytes).map(([path]) => path)
  return small
    .filter((path) => touched.some((matches) => matches(path)))
    .toSorted()
    .slice(0, SIBLINGS.files)
}

/** The base's bytes of a path; null where the base has no such file. */
export async function baseContent(prepared: PreparedFixture, path: string): Promise<Uint8Array | null> {
  return prepared.base.get(path)?.type === 'file' ? readFile(join(prepared.root, path)) : null
}
