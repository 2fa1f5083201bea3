import pLimit from 'p-limit'
import { noUsage } from './gateway/prices.ts'
import { trialIdOf } from './results/identity.ts'
import { attemptFolder } from './results/phases.ts'
import { MAX_ATTEMPTS, type PendingTrial, pendingTrials } from './results/plan.ts'
import type { RunEvent } from './results/run.ts'
import type { RunWriter } from './results/store.ts'
import type { Trial } from './results/trial.ts'
import { runTrial, type TrialPlan } from './run-trial.ts'

/** What every trial of a run shares is in `trialOf`; the identity and the folder are added here. */
export interface SuitePlan {
  readonly writer: RunWriter
  /** All of a trial's plan that depends on its task; or why no trial of that task can start here. */
  readonly trialOf: (pending: PendingTrial) => Promise<SharedTrialPlan | { readonly unprepared: string }>
  readonly emit: (event: RunEvent) => void
  /** USD that attempts used which were interrupted and have no line: spent all the same. */
  readonly spentBefore: number
  readonly signal: AbortSignal
}

/** A trial's plan without what its place in the run decides. */
export type SharedTrialPlan = Omit<TrialPlan, 'identity' | 'folder' | 'onPhase' | 'onTurn'>

export interface SuiteEnd {
  /** `voids`: six attempts in a row were void. */
  readonly why: 'finished' | 'interrupted' | 'budget' | 'disk-full' | 'voids'
  /** Planned trials that were not run, and are not failures. */
  readonly notRun: number
}

/** After this many void attempts in a row something is wrong with the machine or the model's service, and more attempts would only cost. */
const VOIDS_IN_A_ROW = 6

/**
 * Runs what is left of a run, N trials at a time, and appends each attempt as it ends. A void attempt is tried again, up to three attempts in all.
 * Stops starting trials at an interrupt, when the run's budget is used up, when the disk is full, or after many voids in a row.
 */
export async function runSuite(plan: SuitePlan): Promise<SuiteEnd> {
  const { run, folder } = plan.writer
  const trials: Trial[] = [...plan.writer.trials]
  plan.emit({ kind: 'run-started', run, folder, done: [...trials] })
  const limit = pLimit(run.plan.concurrency)
  let stopped: Stopped | null = null
  const untilVerdict = async (pending: PendingTrial): Promise<void> => {
    const end = stopped ?? whyNoMore(plan, trials) ?? (await oneAttempt(plan, pending, trials))
    // Another trial may have stopped the run meanwhile.
    stopped ??= end
    const last = trials.findLast(({ task, k }) => task === pending.planned.task && k === pending.k)
    if (stopped === null && last !== undefined && isWorthAnother(last)) {
      await untilVerdict({ ...pending, attempt: last.attempt + 1 })
    }
  }
  await Promise.all(pendingTrials(run, trials).map((pending) => limit(() => untilVerdict(pending))))
  const why = (stopped as Stopped | null) ?? 'finished'
  plan.emit({ kind: 'run-ended', why: why === 'voids' ? 'finished' : why })
  return { why, notRun: why === 'finished' ? 0 : pendingTrials(run, trials).length }
}

type Stopped = Exclude<SuiteEnd['why'], 'finished'>

/** Why no further attempt may start; null where one may. */
function whyNoMore({ signal, writer, spentBefore }: SuitePlan, trials: readonly Trial[]): Stopped | null {
  if (signal.aborted) {
    return 'interrupted'
  }
  if (isOverBudget(spentBefore, trials, writer.run.plan.budgetUsd)) {
    return 'budget'
  }
  const last = trials.slice(-VOIDS_IN_A_ROW)
  const hopeless = last.length === VOIDS_IN_A_ROW && last.every((trial) => trial.outcome === 'void' && trial.phase !== 'prepare')
  return hopeless ? 'voids' : null
}

/** Runs one attempt and stores it; why the run must stop, or null. */
async function oneAttempt(plan: SuitePlan, pending: PendingTrial, trials: Trial[]): Promise<Stopped | null> {
  plan.emit({ kind: 'trial-started', task: pending.planned.task, k: pending.k, attempt: pending.attempt })
  const trial = await attemptTrial(plan, pending)
  if (trial === null) {
    return 'interrupted'
  }
  const appended = await plan.writer.append(trial)
  if (appended.kind === 'failed') {
    return 'disk-full'
  }
  trials.push(trial)
  plan.emit({ kind: 'trial-ended', trial })
  return null
}

async function attemptTrial(plan: SuitePlan, { planned, k, attempt }: PendingTrial): Promise<Trial | null> {
  const run = plan.writer.run
  const identity = {
    id: trialIdOf(run.run, planned.cell, k),
    cell: planned.cell,
    run: run.run,
    task: planned.task,
    fixture: planned.task.split('/')[0] ?? '',
    k,
    attempt,
  }
  const common = await plan.trialOf({ planned, k, attempt })
  if ('unprepared' in common) {
    const seconds = { prepare: 0, agent: 0, suites: 0, grade: 0 }
    return {
      ...identity,
      seconds,
      usage: noUsage,
      models: [],
      outcome: 'void',
      phase: 'prepare',
      cause: 'fixture-not-prepared',
      message: common.unprepared,
    }
  }
  const end = await runTrial({
    ...common,
    identity,
    folder: attemptFolder(plan.writer.folder, { task: planned.task, k, attempt }),
    onPhase: (phase) => plan.emit({ kind: 'phase', task: planned.task, k, phase }),
    onTurn: (turns, usage) => plan.emit({ kind: 'turn', task: planned.task, k, turns, usage }),
  })
  return end.kind === 'ended' ? end.trial : null
}

// Trying again what cannot change (a fixture that does not prepare, a bug of ours) would only repeat it.
function isWorthAnother(trial: Trial): boolean {
  return trial.outcome === 'void' && trial.attempt < MAX_ATTEMPTS && trial.phase !== 'prepare' && trial.cause !== 'our-bug'
}

function isOverBudget(before: number, trials: readonly Trial[], budgetUsd: number | null): boolean {
  return budgetUsd !== null && trials.reduce((sum, trial) => sum + (trial.usage.usd ?? 0), before) >= budgetUsd
}
