import pLimit from 'p-limit'
import { noUsage } from './gateway/prices.ts'
import { trialIdOf } from './results/identity.ts'
import { attemptFolder } from './results/phases.ts'
import { MAX_ATTEMPTS, type PendingTrial, pendingTrials } from './results/plan.ts'
import type { RunEvent } from './results/run.ts'
import type { RunWriter } from './results/store.ts'
import type { Trial } from './results/trial.ts'
import { runTrial, type TrialPlan } from './run-trial.ts'

/** One run of those that are run together. What every trial shares is in `trialOf`; the identity and the folder are added here. */
export interface SuiteArm {
  readonly writer: RunWriter
  /** All of a trial's plan that depends on its task; or why no trial of that task can start here. */
  readonly trialOf: (pending: PendingTrial) => Promise<SharedTrialPlan | Unprepared>
  readonly emit: (event: RunEvent) => void
  /** USD that attempts used which were interrupted and have no line: spent all the same. */
  readonly spentBefore: number
}

/** How trials are run, of one run or of several. */
export interface SuiteOrder {
  /** What to run, in order, from what each run has left. */
  readonly order: (pending: readonly (readonly PendingTrial[])[]) => readonly ArmTrial[]
  readonly concurrency: number
  /** USD for all runs together; null for no bound. */
  readonly budgetUsd: number | null
  /** Whether what is left need not be run, asked with the trials of each run before every attempt. */
  readonly isSettled: (trials: readonly (readonly Trial[])[]) => boolean
  readonly signal: AbortSignal
}

/** A trial to run; `arm` is the place of its run among those that are run together. */
interface ArmTrial {
  readonly arm: number
  readonly pending: PendingTrial
}

/** Why no trial of a task can start here. `lacking`: the machine has not what its fixture needs. */
export interface Unprepared {
  readonly unprepared: string
  readonly lacking: boolean
}

/** The cause of trials that are void because the machine has not what their fixture needs. */
export const TOOLCHAIN_MISSING = 'toolchain-missing'

/** A trial's plan without what its place in the run decides. */
export type SharedTrialPlan = Omit<TrialPlan, 'identity' | 'folder' | 'onPhase' | 'onTurn'>

export interface SuiteEnd {
  /** `voids`: six attempts in a row were void. `settled`: what is left need not be run. */
  readonly why: 'finished' | 'interrupted' | 'budget' | 'disk-full' | 'voids' | 'settled'
  /** Planned trials that were not run, and are not failures. */
  readonly notRun: number
}

/** After this many void attempts in a row something is wrong with the machine or the model's service, and more attempts would only cost. */
const VOIDS_IN_A_ROW = 6

/** Runs what is left of one run. See `runArms`. */
export async function runSuite(arm: SuiteArm & { readonly signal: AbortSignal }): Promise<SuiteEnd> {
  const { concurrency, budgetUsd } = arm.writer.run.plan
  const order: SuiteOrder['order'] = ([pending = []]) => pending.map((one) => ({ arm: 0, pending: one }))
  return runArms([arm], { order, concurrency, budgetUsd, isSettled: () => false, signal: arm.signal })
}

/**
 * Runs what is left of runs, N trials at a time, and appends each attempt as it ends. A void attempt is tried again, up to three attempts in all.
 * Stops starting trials at an interrupt, when the budget is used up, when the disk is full, after many voids in a row, or when nothing depends on them any more.
 */
export async function runArms(arms: readonly SuiteArm[], how: SuiteOrder): Promise<SuiteEnd> {
  const progress: Progress = { arms: arms.map(({ writer }) => [...writer.trials]), latest: [] }
  for (const { writer, emit } of arms) {
    emit({ kind: 'run-started', run: writer.run, folder: writer.folder, done: [...writer.trials] })
  }
  const pendingOf = () => arms.map(({ writer }, index) => pendingTrials(writer.run, progress.arms[index] ?? []))
  const limit = pLimit(how.concurrency)
  let stopped: Stopped | null = null
  const untilVerdict = async ({ arm, pending }: ArmTrial): Promise<void> => {
    const [plan, trials] = [arms[arm], progress.arms[arm]]
    if (plan === undefined || trials === undefined) {
      throw new Error(`there is no arm ${arm}`)
    }
    const end = stopped ?? whyNoMore(arms, how, progress) ?? (await oneAttempt(plan, pending, { trials, latest: progress.latest }))
    // Another trial may have stopped the run meanwhile.
    stopped ??= end
    const last = trials.findLast(({ task, k }) => task === pending.planned.task && k === pending.k)
    if (stopped === null && last !== undefined && isWorthAnother(last)) {
      await untilVerdict({ arm, pending: { ...pending, attempt: last.attempt + 1 } })
    }
  }
  await Promise.all(how.order(pendingOf()).map((trial) => limit(() => untilVerdict(trial))))
  const why = (stopped as Stopped | null) ?? 'finished'
  for (const { emit } of arms) {
    emit({ kind: 'run-ended', why: why === 'voids' || why === 'settled' ? 'finished' : why })
  }
  return { why, notRun: why === 'finished' ? 0 : pendingOf().flat().length }
}

type Stopped = Exclude<SuiteEnd['why'], 'finished'>

/** Trials of each run, those from before too, and those of this session of all runs in the order in which they ended. */
interface Progress {
  readonly arms: readonly Trial[][]
  readonly latest: Trial[]
}

/** Why no further attempt may start; null where one may. */
function whyNoMore(arms: readonly SuiteArm[], { signal, budgetUsd, isSettled }: SuiteOrder, progress: Progress): Stopped | null {
  if (signal.aborted) {
    return 'interrupted'
  }
  const before = arms.reduce((sum, { spentBefore }) => sum + spentBefore, 0)
  if (isOverBudget(before, progress.arms.flat(), budgetUsd)) {
    return 'budget'
  }
  const last = progress.latest.slice(-VOIDS_IN_A_ROW)
  if (last.length === VOIDS_IN_A_ROW && last.every((trial) => trial.outcome === 'void' && trial.phase !== 'prepare')) {
    return 'voids'
  }
  return isSettled(progress.arms) ? 'settled' : null
}

/** Runs one attempt and stores it; why the run must stop, or null. */
async function oneAttempt(
  plan: SuiteArm,
  pending: PendingTrial,
  { trials, latest }: { readonly trials: Trial[]; readonly latest: Trial[] },
): Promise<Stopped | null> {
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
  latest.push(trial)
  plan.emit({ kind: 'trial-ended', trial })
  return null
}

async function attemptTrial(plan: SuiteArm, { planned, k, attempt }: PendingTrial): Promise<Trial | null> {
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
      cause: common.lacking ? TOOLCHAIN_MISSING : 'fixture-not-prepared',
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
