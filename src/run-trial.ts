import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { assembleEvidence, factsOfFixture, factsOfTask } from './evidence/assemble.ts'
import type { SealedWork } from './evidence/sealed-work.ts'
import type { Usage } from './evidence/transcript.ts'
import type { PreparedFixture } from './fixture/prepared-fixture.ts'
import { noUsage, type Prices } from './gateway/prices.ts'
import type { Upstream } from './gateway/upstream.ts'
import { grade } from './grading/grade.ts'
import { probesOf, rules } from './grading/rules.ts'
import { readEvidence, readSealedWork, sealEvidence, sealWork, takeEarlierSeal } from './results/attempt.ts'
import { attemptState, setAsideInterrupted } from './results/phases.ts'
import type { TrialPhase } from './results/run.ts'
import type { Trial } from './results/trial.ts'
import { openEnding } from './results/trial-ending.ts'
import { letAgentWork } from './runner/agent-session.ts'
import type { Runner, TrialLimits } from './runner/runner.ts'
import type { Rung } from './sandbox/sandbox.ts'
import { simulatedUser } from './simulated-user/simulated-user.ts'
import type { Stack } from './stack/stack.ts'
import { loadSyntax } from './syntax/load-grammars.ts'
import { answerTable } from './task/reading.ts'
import type { Receipt, Task } from './task/task.ts'
import type { AgentDefinition } from './variant/agent-definition.ts'
import { baseBlobs, baseContent } from './workspace/base-blobs.ts'
import { openBlobStore } from './workspace/blob-store.ts'
import { collectProbes } from './workspace/collect-probes.ts'
import { type Collected, collectSuites } from './workspace/collect-suites.ts'
import { openWorkspace } from './workspace/open-workspace.ts'
import { changesAsPatch } from './workspace/patch.ts'
import { openScratch, openSocketFolder } from './workspace/scratch.ts'
import type { BlobStore } from './workspace/workspace.ts'

export interface TrialPlan {
  readonly identity: Pick<Trial, 'id' | 'cell' | 'run' | 'task' | 'fixture' | 'k' | 'attempt'>
  /** In the reading that was drawn for this trial, where it has readings. */
  readonly task: Task
  readonly receipt: Pick<Receipt, 'failToPass' | 'passToPass' | 'contradicting'>
  readonly prepared: PreparedFixture
  /** Seconds that making the fixture ready took, for the first trial on it; 0 for the others. */
  readonly prepareSeconds: number
  readonly stack: Stack
  readonly rung: Rung
  readonly runner: Runner
  readonly agent: AgentDefinition
  readonly agentFile: Uint8Array
  readonly model: string
  readonly upstream: Upstream
  readonly limits: TrialLimits
  readonly tokens: number
  readonly prices: Prices
  /** Seeds the order of shuffled repeats. */
  readonly seed: string
  /** The attempt's folder below the run's. */
  readonly folder: string
  readonly cache: string
  readonly onPhase: (phase: TrialPhase) => void
  readonly onTurn: (turns: number, usage: Usage) => void
  readonly signal: AbortSignal
}

export type TrialEnd = { readonly kind: 'ended'; readonly trial: Trial } | { readonly kind: 'interrupted' }

/** One attempt at one trial, from an open workspace to a verdict. Goes on where an interrupted one stopped; rejects never: our own bugs make it void. */
export async function runTrial(plan: TrialPlan): Promise<TrialEnd> {
  const ending = openEnding(plan.identity, plan.prepareSeconds, plan.onPhase)
  try {
    await using scratch = await openScratch(plan.cache, 'trial')
    const blobs = openBlobStore(join(scratch.path, 'blobs'))

    ending.enter('agent')
    const worked = await sealedOrNewWork(plan, scratch.path, blobs)
    if (plan.signal.aborted) {
      return { kind: 'interrupted' }
    }
    ending.answered(worked.kind === 'worked' ? worked.work : worked.reason)
    if (worked.kind === 'void') {
      return ended(ending.voided(worked.reason.cause, worked.reason.message, worked.reason.phase))
    }

    ending.enter('suites')
    const collected = await sealedOrNewEvidence(plan, worked.work, scratch.path, blobs)
    if (plan.signal.aborted) {
      return { kind: 'interrupted' }
    }
    if (collected.kind === 'void') {
      return ended(ending.voided(collected.cause, collected.message))
    }

    ending.enter('grade')
    return ended(ending.graded(grade(await readEvidence(plan.folder), rules, await loadSyntax()), worked.work.stop))
  } catch (error) {
    return plan.signal.aborted ? { kind: 'interrupted' } : ended(ending.voided('our-bug', stackOf(error)))
  }
}

type Worked = Awaited<ReturnType<typeof letAgentWork>> | { readonly kind: 'worked'; readonly work: SealedWork }

/** A finished agent is graded, not paid for again: work that an earlier session or attempt sealed is taken as it is. */
async function sealedOrNewWork(plan: TrialPlan, scratch: string, blobs: BlobStore): Promise<Worked> {
  const state = await attemptState(plan.folder)
  if (state === 'partial') {
    await setAsideInterrupted(plan.folder)
  }
  await mkdir(plan.folder, { recursive: true })
  if (state === 'sealed' || state === 'collected' || (await takeEarlierSeal(plan.folder, plan.identity.attempt))) {
    return { kind: 'worked', work: await readSealedWork(plan.folder, blobs) }
  }
  const opened = await openWorkspace(plan.prepared, { rung: plan.rung, scratch, blobs })
  if (opened.kind === 'failed') {
    return { kind: 'void', reason: { phase: 'workspace', cause: opened.call, message: opened.reason, usage: noUsage, models: [] } }
  }
  await using workspace = opened.workspace
  await using sockets = await openSocketFolder()
  const worked = await letAgentWork({
    ...plan,
    instruction: plan.task.instruction,
    workspace,
    blobs,
    transcriptFile: join(plan.folder, 'transcript.jsonl'),
    user: plan.task.kind === 'impossible' ? null : simulatedUser(answerTable(plan.task)),
    litter: plan.stack.litter,
    scratch,
    socketFolder: sockets.path,
    onTurn: (gateway) => plan.onTurn(gateway.usage().requests, gateway.usage()),
  })
  if (worked.kind === 'worked' && !plan.signal.aborted) {
    await sealWork(plan.folder, worked.work, blobs)
  }
  return worked
}

/** All I/O of judging ends here: clean rooms run the suites, and everything a grader may see is sealed. */
async function sealedOrNewEvidence(plan: TrialPlan, work: SealedWork, scratch: string, blobs: BlobStore): Promise<Collected> {
  if ((await attemptState(plan.folder)) === 'collected') {
    return { kind: 'collected', suites: [] }
  }
  const collected = await collectSuites({ ...plan, changes: work.changes, scratch, blobs })
  if (collected.kind === 'void' || plan.signal.aborted) {
    return collected
  }
  const probed = await collectProbes({ ...plan, changes: work.changes, scratch, blobs }, probesOf(plan.task.kind, plan.task.rules))
  if (probed.kind === 'void') {
    return probed
  }
  const task = factsOfTask(plan.task, plan.receipt, await blobs.put(Buffer.from(plan.task.instruction)))
  const fixture = factsOfFixture(plan.prepared.fixture, plan.stack)
  const base = await baseBlobs(plan.prepared, [...work.changes, ...work.snapshots.flatMap(({ changes }) => changes)], fixture, blobs)
  const runner = { name: plan.runner.name, trust: plan.runner.trust }
  const evidence = assembleEvidence({ task, fixture, runner, work, suites: collected.suites, probes: probed.probes, base })
  const patch = await changesAsPatch(work.changes, blobs, (path) => baseContent(plan.prepared, path))
  await sealEvidence(plan.folder, evidence, patch, blobs)
  return collected
}

const ended = (trial: Trial): TrialEnd => ({ kind: 'ended', trial })

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
