import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { factsOfFixture } from '../src/evidence/assemble.ts'
import type { Change, Entry } from '../src/evidence/change.ts'
import { sha256 } from '../src/evidence/digest.ts'
import type { EvidenceView, FixtureFacts, TaskFacts } from '../src/evidence/evidence.ts'
import { viewOf } from '../src/evidence/view.ts'
import type { Fixture } from '../src/fixture/fixture.ts'
import { listRepository } from '../src/fixture/repository-files.ts'
import { stackNamed } from '../src/stack/stacks.ts'
import { applyPatchToTree } from '../src/workspace/apply-patch.ts'
import { baseBlobs } from '../src/workspace/base-blobs.ts'
import type { BlobStore, InstalledFile } from '../src/workspace/workspace.ts'

/** A repository that clean changes are made to, with the facts about it that rules may know. */
export interface Ground {
  readonly root: string
  readonly fixture: Fixture
  readonly facts: FixtureFacts
  readonly base: ReadonlyMap<string, Entry>
}

/** Reads a fixture's repository as it lies in its folder, unprepared: no dependencies, and so no probes either. */
export async function openGround(fixture: Fixture, root: string): Promise<Ground> {
  const stack = stackNamed(fixture.stack)
  if (stack === null) {
    throw new Error(`No stack is named ${fixture.stack}.`)
  }
  const files = await listRepository(root)
  const entries = await Promise.all(
    files.map(async ({ path, mode, digest }): Promise<[string, Entry]> => {
      const { size } = await lstat(join(root, path))
      return mode === '120000'
        ? [path, { type: 'symlink', digest, target: '' }]
        : [path, { type: 'file', digest, size, executable: mode === '100755' }]
    }),
  )
  return { root, fixture, facts: { ...factsOfFixture(fixture, stack), probes: {} }, base: new Map(entries) }
}

/** The facts of a task that a change belongs to; what is not said is an ordinary feature. */
export type ChangeTask = Pick<TaskFacts, 'id' | 'kind'> & Partial<TaskFacts>

/** The evidence of a trial that would have left this patch, without a transcript, suites and probes. Throws where the patch does not apply. */
export async function evidenceOfPatch(ground: Ground, patch: string, task: ChangeTask, instruction: string): Promise<EvidenceView> {
  const applied = await applyPatchToTree(ground.root, patch)
  if (applied.kind === 'rejected') {
    throw new Error(`${task.id}: the patch does not apply: ${applied.message}`)
  }
  const contents = new Map<string, Uint8Array>()
  const blobs = inMemory(contents)
  const changes = await Promise.all([...applied.files].map(([path, now]) => changeOf(ground, path, now, blobs)))
  const prepared = { fixture: ground.fixture, digest: '', root: ground.root, base: ground.base, toolchains: [], env: {} }
  const facts: TaskFacts = { ...ordinary, ...task, instruction: await blobs.put(Buffer.from(instruction)) }
  const empty = await blobs.put(new Uint8Array())
  const base = await baseBlobs(prepared, changes, ground.facts, blobs)
  return viewOf({ ...nobody, task: facts, fixture: ground.facts, finalMessage: empty, transcript: empty, changes, base }, contents)
}

const ordinary = {
  mayChange: [],
  scope: { allow: [], forbid: [] },
  deliverable: [],
  kill: 0,
  failToPass: [],
  passToPass: [],
  mutants: [],
  right: [],
  severities: {},
  contradicting: [],
} as const

const nobody = {
  schema: 1,
  runner: { name: 'corpus', trust: 'observed' },
  stop: { kind: 'finished' },
  usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 0, usd: 0 },
  snapshots: [],
  suites: [],
  probes: [],
} as const

async function changeOf(ground: Ground, path: string, now: InstalledFile | null, blobs: BlobStore): Promise<Change> {
  const base = ground.base.get(path)
  const after = now === null ? null : await entryOf(now, blobs)
  if (base?.type === 'file') {
    await blobs.put(await readFile(join(ground.root, path)))
  }
  if (base === undefined) {
    if (after === null) {
      throw new Error(`${path} is neither in the repository nor in the patch's result.`)
    }
    return { path, kind: 'added', now: after }
  }
  return after === null ? { path, kind: 'deleted', base } : { path, kind: 'modified', base, now: after }
}

async function entryOf(file: InstalledFile, blobs: BlobStore): Promise<Entry> {
  if ('target' in file) {
    return { type: 'symlink', digest: await blobs.put(Buffer.from(file.target)), target: file.target }
  }
  return { type: 'file', digest: await blobs.put(file.content), size: file.content.length, executable: file.executable }
}

function inMemory(contents: Map<string, Uint8Array>): BlobStore {
  return {
    has: (digest) => contents.has(digest),
    get: async (digest) => contents.get(digest) ?? null,
    put: async (content) => {
      const digest = sha256(content)
      contents.set(digest, content)
      return digest
    },
  }
}
