import { assembleEvidence, factsOfFixture, factsOfTask } from './evidence/assemble.ts'
import { sha256 } from './evidence/digest.ts'
import type { EvidenceView } from './evidence/evidence.ts'
import type { ProbeName } from './evidence/probe.ts'
import type { SealedWork } from './evidence/sealed-work.ts'
import type { SuiteRun } from './evidence/suite.ts'
import { type ToldSession, toldSession } from './evidence/told-session.ts'
import { viewOf } from './evidence/view.ts'
import type { PreparedFixture } from './fixture/prepared-fixture.ts'
import { noUsage } from './gateway/prices.ts'
import type { Rung } from './sandbox/sandbox.ts'
import type { Stack } from './stack/stack.ts'
import type { Receipt, Task } from './task/task.ts'
import { applyPatchToTree } from './workspace/apply-patch.ts'
import { baseBlobs } from './workspace/base-blobs.ts'
import { openBlobStore } from './workspace/blob-store.ts'
import { collectProbes } from './workspace/collect-probes.ts'
import { collectSuites } from './workspace/collect-suites.ts'
import { openWorkspace } from './workspace/open-workspace.ts'
import type { InstalledFile } from './workspace/workspace.ts'

/** A tree that is to be judged as if an agent had left it. */
export interface TreePlan {
  /** In the reading in which it is judged, where it has readings. */
  readonly task: Task
  readonly prepared: PreparedFixture
  readonly stack: Stack
  readonly rung: Rung
  readonly signal: AbortSignal
  readonly scratch: string
  readonly seed: string
  /** The probes to run after the suites. */
  readonly probes: readonly ProbeName[]
}

type ExpectedTests = Pick<Receipt, 'failToPass' | 'passToPass' | 'contradicting'>

/** What the suites said of a tree, and the evidence of a trial that would have left it. */
export interface TreeEvidence {
  readonly suites: readonly SuiteRun[]
  view(expected: ExpectedTests, session: ToldSession | null): EvidenceView
}

/** Runs the suites over a patched tree in the clean rooms that a trial meets; a sentence where there is no telling. */
export async function collectTree(plan: TreePlan & { readonly patch: string }): Promise<TreeEvidence | string> {
  const applied = await applyPatchToTree(plan.prepared.root, plan.patch)
  return applied.kind === 'rejected' ? `the patch does not apply: ${applied.message}` : collectFiles(plan, applied.files)
}

/** As `collectTree`, for a tree in which these files are as they are told (null: deleted). */
export async function collectFiles(plan: TreePlan, files: ReadonlyMap<string, InstalledFile | null>): Promise<TreeEvidence | string> {
  const { prepared, stack, rung, signal, scratch, seed } = plan
  // Asked or not, the twin of a clarify task is proven as the ordinary task that it is.
  const task = { ...plan.task, twinOf: null }
  const blobs = openBlobStore(`${scratch}/blobs`)
  const opened = await openWorkspace(prepared, { rung, scratch, blobs })
  if (opened.kind === 'failed') {
    return `${opened.call}: ${opened.reason}`
  }
  const { workspace } = opened
  await workspace.install(files)
  const changes = await workspace.changes()
  await workspace[Symbol.asyncDispose]()

  const empty = await blobs.put(new Uint8Array())
  const fixture = factsOfFixture(prepared.fixture, stack)
  const rooms = { task, prepared, stack, rung, signal, seed, changes, scratch, blobs }
  const collected = await collectSuites(rooms)
  if (collected.kind === 'void') {
    return collected.message
  }
  const probed = await collectProbes(rooms, plan.probes)
  if (probed.kind === 'void') {
    return probed.message
  }
  const { probes } = probed
  const base = await baseBlobs(prepared, changes, fixture, blobs)
  const contents = new Map<string, Uint8Array>()
  const told = collected.suites.flatMap(({ report, output }) => [report ?? output, output])
  const named = [...Object.values(base), ...told, ...probes.map(({ output }) => output)]
  for (const digest of [...named, ...changes.flatMap((change) => ('now' in change && 'digest' in change.now ? [change.now.digest] : []))]) {
    contents.set(digest, (await blobs.get(digest)) ?? new Uint8Array())
  }
  return {
    suites: collected.suites,
    view: (expected, session) => {
      const heard = session === null ? null : toldSession(session, changes)
      const texts = [session?.says ?? '', heard?.transcript ?? ''].map((text) => [sha256(text), Buffer.from(text)] as const)
      const [finalMessage = empty, transcript = empty] = texts.map(([digest]) => digest)
      const work: SealedWork = { ...workOfNobody, finalMessage, transcript, changes, snapshots: heard?.snapshots ?? [] }
      const runner = { name: 'check', trust: 'observed' } as const
      const facts = factsOfTask(task, expected, empty)
      const evidence = assembleEvidence({ task: facts, fixture, runner, work, suites: collected.suites, probes, base })
      return viewOf(evidence, new Map([...contents, ...(session === null ? [] : texts)]))
    },
  }
}

const workOfNobody = {
  schema: 1,
  stop: { kind: 'finished' },
  usage: noUsage,
  models: [],
  threads: 0,
  seconds: 0,
} as const
