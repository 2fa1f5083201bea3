import type { Change } from '../evidence/change.ts'
import type { SuiteRun } from '../evidence/suite.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { Limits, Rung } from '../sandbox/sandbox.ts'
import { type RunReading, readRun } from '../stack/read-run.ts'
import type { Stack } from '../stack/stack.ts'
import type { Receipt, Task } from '../task/task.ts'
import type { Carried } from './clean-room.ts'
import { roomFiles } from './install-room.ts'
import { openWorkspace } from './open-workspace.ts'
import { runSuite, suiteLimits } from './suite-run.ts'
import type { BlobStore, InstalledFile } from './workspace.ts'

/** All that the suites of one trial are run on. */
export interface CollectPlan {
  readonly task: Task
  /** What `check` proved; absent while it is being proved. */
  readonly receipt?: Pick<Receipt, 'passToPass'>
  readonly stack: Stack
  readonly prepared: PreparedFixture
  readonly rung: Rung
  readonly changes: readonly Change[]
  /** What the orders of shuffled repeats are drawn from. */
  readonly seed: string
  readonly suiteLimits?: Limits
  readonly blobs: BlobStore
  readonly scratch: string
  readonly signal?: AbortSignal
}

/** Ours or the infrastructure's fault. `base-suite-broken` says that the pristine fixture's own suite did not run either. */
export interface CollectVoid {
  readonly kind: 'void'
  readonly cause: 'workspace' | 'suite-not-started' | 'interrupted' | 'base-suite-broken' | 'missing-blob' | 'patch-rejected'
  readonly message: string
}

export type Files = ReadonlyMap<string, InstalledFile | null>

export interface Ran {
  readonly kind: 'ran'
  readonly run: SuiteRun
  readonly reading: RunReading
}

/** What one run differs in from the others of its trial. */
export interface Order {
  readonly name: string
  readonly files: Files
  /** Ids of the guards in `files`. */
  readonly guards?: readonly string[]
  readonly select: readonly string[]
  readonly ordered?: boolean
  readonly wallMs?: number
}

/** One run in a fresh workspace of its own, so that no run can leave anything to the next. */
export async function runFresh(plan: CollectPlan, order: Order): Promise<Ran | CollectVoid> {
  const { prepared, stack, blobs, scratch, signal } = plan
  const opened = await openWorkspace(prepared, { rung: plan.rung, scratch, blobs })
  if (opened.kind === 'failed') {
    return { kind: 'void', cause: 'workspace', message: `${opened.call}: ${opened.reason}` }
  }
  await using workspace = opened.workspace
  const limits = plan.suiteLimits ?? suiteLimits
  const run = await runSuite(
    workspace,
    {
      name: order.name,
      stack,
      command: prepared.fixture.commands.test ?? '',
      testFolder: prepared.fixture.testFolder,
      files: order.files,
      guards: order.guards ?? [],
      select: order.select,
      ordered: order.ordered ?? false,
      limits: { ...limits, wallMs: order.wallMs ?? limits.wallMs },
      blobs,
      scratch,
    },
    signal,
  )
  if (run.exit.ended === 'aborted') {
    return { kind: 'void', cause: 'interrupted', message: `The run of ${order.name} was interrupted.` }
  }
  if (run.exit.ended === 'not-started') {
    return { kind: 'void', cause: 'suite-not-started', message: run.exit.reason }
  }
  const report = run.report === null ? null : await blobs.get(run.report)
  return { kind: 'ran', run, reading: readRun(run, report === null ? null : Buffer.from(report).toString('utf8'), stack) }
}

/** The content of a decided room, or void where a blob is missing. */
export async function contents(
  plan: CollectPlan,
  room: ReadonlyMap<string, Carried>,
): Promise<{ readonly kind: 'files'; readonly files: Files } | CollectVoid> {
  const ready = await roomFiles(room, plan.prepared, plan.blobs)
  return ready.kind === 'ready'
    ? { kind: 'files', files: ready.files }
    : { kind: 'void', cause: 'missing-blob', message: `The content of ${ready.path} was not kept.` }
}
