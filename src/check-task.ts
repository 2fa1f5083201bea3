import { join } from 'node:path'
import pLimit from 'p-limit'
import { assembleEvidence, factsOfFixture, factsOfTask } from './evidence/assemble.ts'
import type { EvidenceView } from './evidence/evidence.ts'
import type { SealedWork } from './evidence/sealed-work.ts'
import type { SuiteRun } from './evidence/suite.ts'
import { viewOf } from './evidence/view.ts'
import type { PreparedFixture } from './fixture/prepared-fixture.ts'
import { noUsage } from './gateway/prices.ts'
import { type Candidate, candidatesOf, judgeCandidate } from './grading/candidates.ts'
import { grade, type Verdict } from './grading/grade.ts'
import { idleLabels, receiptOf } from './grading/receipt.ts'
import { probesOf, rules, rulesDigest } from './grading/rules.ts'
import type { Rung } from './sandbox/sandbox.ts'
import type { Stack } from './stack/stack.ts'
import { loadSyntax } from './syntax/load-grammars.ts'
import type { Syntax } from './syntax/syntax.ts'
import type { Receipt, Task } from './task/task.ts'
import { applyPatchToTree } from './workspace/apply-patch.ts'
import { baseBlobs } from './workspace/base-blobs.ts'
import { openBlobStore } from './workspace/blob-store.ts'
import { collectProbes } from './workspace/collect-probes.ts'
import { collectSuites } from './workspace/collect-suites.ts'
import { openWorkspace } from './workspace/open-workspace.ts'
import { openScratch } from './workspace/scratch.ts'

export interface CheckPlan {
  readonly task: Task
  readonly prepared: PreparedFixture
  readonly stack: Stack
  readonly rung: Rung
  readonly cache: string
  /** How often each candidate is judged; the verdicts must be the same each time. */
  readonly times: number
  readonly concurrency: number
  readonly signal: AbortSignal
  readonly onJudged: (candidate: string, done: number, of: number) => void
}

export type CheckEnd =
  | { readonly kind: 'fair'; readonly receipt: Receipt }
  | { readonly kind: 'unfair'; readonly problems: readonly string[] }
  | { readonly kind: 'interrupted' }

interface Collected {
  readonly candidate: Candidate
  readonly work: SealedWork
  readonly suites: readonly SuiteRun[]
  readonly view: (receipt: Pick<Receipt, 'failToPass' | 'passToPass'>) => EvidenceView
}

/**
 * Proves a task fair through the same clean rooms and graders that a trial meets: the untouched repository fails, the solution and every other right
 * solution pass, each wrong patch draws its findings of severity `fail`, no more and no fewer; all of it `times` times with the same verdict.
 */
export async function checkTask(plan: CheckPlan): Promise<CheckEnd> {
  const candidates = candidatesOf(plan.task)
  const limit = pLimit(plan.concurrency)
  await using scratch = await openScratch(plan.cache, 'check')
  let done = 0
  const all = Array.from({ length: plan.times }).flatMap((_, time) => candidates.map((candidate) => ({ candidate, time })))
  const results = await Promise.all(
    all.map(({ candidate, time }) =>
      limit(async () => {
        if (plan.signal.aborted) {
          return null
        }
        const collected = await collect(plan, candidate, join(scratch.path, `${candidates.indexOf(candidate)}-${time}`), `${time}`)
        done += 1
        plan.onJudged(candidate.name, done, all.length)
        return collected
      }),
    ),
  )
  if (plan.signal.aborted) {
    return { kind: 'interrupted' }
  }
  const failed = results.filter((result) => typeof result === 'string')
  if (failed.length > 0) {
    return { kind: 'unfair', problems: [...new Set(failed)] }
  }
  const collected = results.filter((result) => result !== null && typeof result !== 'string')
  return judge(plan, candidates, collected, await loadSyntax())
}

function judge(plan: CheckPlan, candidates: readonly Candidate[], collected: readonly Collected[], syntax: Syntax): CheckEnd {
  const runsOf = (name: string) => collected.filter(({ candidate }) => candidate.name === name)
  const proven = receiptOf(plan.task.kind, plan.stack, {
    untouched: runsOf('untouched').map(({ suites, view }) => ({ suites, view: view(nothingExpected) })),
    solution: runsOf('solution').map(({ suites, view }) => ({ suites, view: view(nothingExpected) })),
  })
  const verdicts = candidates.map((candidate) => ({
    candidate,
    verdicts: runsOf(candidate.name).map(({ view }): Verdict => grade(view(proven), rules, syntax)),
  }))
  const problems = [
    ...proven.problems,
    ...idleLabels(plan.task.measures, proven),
    ...verdicts.flatMap(({ candidate, verdicts: each }) => judgeCandidate(candidate, each)),
  ]
  if (problems.length > 0) {
    return { kind: 'unfair', problems }
  }
  const lower = verdicts.flatMap(({ candidate, verdicts: [first] }) =>
    (first?.findings ?? [])
      .filter((finding) => finding.severity === 'warn')
      .map(({ code, rule, path }) => ({ solution: candidate.name, code, rule, ...(path !== undefined && { path }) })),
  )
  const { failToPass, passToPass } = proven
  const digests = { task: plan.task.digest, fixture: plan.prepared.fixture.digest, rules: rulesDigest(plan.task.kind) }
  return { kind: 'fair', receipt: { schema: 1, ...digests, failToPass, passToPass, lower } }
}

const nothingExpected = { failToPass: [], passToPass: [] }

/** The evidence of one candidate, as a trial would have left it; or the reason why there is none. */
async function collect(plan: CheckPlan, candidate: Candidate, scratch: string, seed: string): Promise<Collected | string> {
  const { task, prepared, stack, rung, signal } = plan
  const blobs = openBlobStore(join(scratch, 'blobs'))
  const applied = await applyPatchToTree(prepared.root, candidate.patch)
  if (applied.kind === 'rejected') {
    return `${candidate.name}: the patch does not apply: ${applied.message}`
  }
  const opened = await openWorkspace(prepared, { rung, scratch, blobs })
  if (opened.kind === 'failed') {
    return `${candidate.name}: ${opened.call}: ${opened.reason}`
  }
  const { workspace } = opened
  await workspace.install(applied.files)
  const changes = await workspace.changes()
  await workspace[Symbol.asyncDispose]()

  const empty = await blobs.put(new Uint8Array())
  const fixture = factsOfFixture(prepared.fixture, stack)
  const rooms = { task, prepared, stack, rung, signal, seed, changes, scratch, blobs }
  const collected = await collectSuites(rooms)
  if (collected.kind === 'void') {
    return `${candidate.name}: ${collected.message}`
  }
  const probed = await collectProbes(rooms, probesOf(task.kind, task.rules))
  if (probed.kind === 'void') {
    return `${candidate.name}: ${probed.message}`
  }
  const { probes } = probed
  const work: SealedWork = { ...workOfNobody, finalMessage: empty, transcript: empty, changes }
  const base = await baseBlobs(prepared, changes, fixture, blobs)
  const contents = new Map<string, Uint8Array>()
  const named = [
    ...Object.values(base),
    ...collected.suites.flatMap(({ report, output }) => [report ?? output, output]),
    ...probes.map(({ output }) => output),
  ]
  for (const digest of [...named, ...changes.flatMap((change) => ('now' in change && 'digest' in change.now ? [change.now.digest] : []))]) {
    contents.set(digest, (await blobs.get(digest)) ?? new Uint8Array())
  }
  const view = (expected: Pick<Receipt, 'failToPass' | 'passToPass'>): EvidenceView => {
    const facts = factsOfTask(task, expected, empty)
    const runner = { name: 'check', trust: 'observed' } as const
    return viewOf(assembleEvidence({ task: facts, fixture, runner, work, suites: collected.suites, probes, base }), contents)
  }
  return { candidate, work, suites: collected.suites, view }
}

const workOfNobody = {
  schema: 1,
  stop: { kind: 'finished' },
  usage: noUsage,
  models: [],
  threads: 0,
  snapshots: [],
  seconds: 0,
} as const
