import { countingTrials } from '../results/plan.ts'
import type { PlannedTask } from '../results/run.ts'
import type { GradedTrial, Trial } from '../results/trial.ts'
import type { StoredArm } from './stored-arm.ts'

/** The trials of one task with one number in both arms; null where that arm has not run it, or was not to. */
interface TrialPair {
  readonly k: number
  readonly a: Trial | null
  readonly b: Trial | null
}

/** A pair of which both sides were graded: what counts. */
export interface GradedPair {
  readonly k: number
  readonly a: GradedTrial
  readonly b: GradedTrial
}

/** A task that is the same in both runs: digests of task, fixture and environment. Runner and model are the same for whole runs, and the prompt is what differs. */
export interface PairedTask {
  readonly planned: PlannedTask
  /** Every number that one of the arms was to run. */
  readonly trials: readonly TrialPair[]
  readonly graded: readonly GradedPair[]
}

export interface LeftOut {
  readonly task: string
  readonly why: string
}

/** Pairs the trials of two runs by task and number, and names the tasks that do not pair. */
export function pairTasks(a: StoredArm, b: StoredArm): { readonly tasks: readonly PairedTask[]; readonly leftOut: readonly LeftOut[] } {
  const ofB = new Map(b.run.plan.tasks.map((planned) => [planned.task, planned]))
  const ofA = new Set(a.run.plan.tasks.map(({ task }) => task))
  const trialsOfA = Map.groupBy(countingTrials(a.trials), ({ task }) => task)
  const trialsOfB = Map.groupBy(countingTrials(b.trials), ({ task }) => task)
  const most = Math.max(a.run.plan.trials, b.run.plan.trials)
  const tasks: PairedTask[] = []
  const leftOut: LeftOut[] = []
  for (const planned of a.run.plan.tasks) {
    const other = ofB.get(planned.task)
    const why = other === undefined ? 'only A has it' : whatDiffers(planned, other)
    if (why === null) {
      tasks.push(pairTrials(planned, trialsOfA.get(planned.task) ?? [], trialsOfB.get(planned.task) ?? [], most))
    } else {
      leftOut.push({ task: planned.task, why })
    }
  }
  for (const { task } of b.run.plan.tasks.filter((planned) => !ofA.has(planned.task))) {
    leftOut.push({ task, why: 'only B has it' })
  }
  return { tasks, leftOut }
}

/** The first of what must be equal for two planned tasks to pair that is not; null where all is. */
export function whatDiffers(
  one: Pick<PlannedTask, 'taskDigest' | 'fixtureDigest' | 'environmentDigest'>,
  other: Pick<PlannedTask, 'taskDigest' | 'fixtureDigest' | 'environmentDigest'>,
): string | null {
  if (one.taskDigest !== other.taskDigest) {
    return 'the task changed in between'
  }
  if (one.fixtureDigest !== other.fixtureDigest) {
    return 'its fixture changed in between'
  }
  return one.environmentDigest === other.environmentDigest ? null : 'its environment differs: toolchains or installed packages'
}

function pairTrials(planned: PlannedTask, ofA: readonly Trial[], ofB: readonly Trial[], most: number): PairedTask {
  const trials = Array.from({ length: most }, (_, index) => index + 1).map((k) => ({
    k,
    a: ofA.find((trial) => trial.k === k) ?? null,
    b: ofB.find((trial) => trial.k === k) ?? null,
  }))
  const graded = trials.flatMap(({ k, a, b }) => (a?.outcome === 'graded' && b?.outcome === 'graded' ? [{ k, a, b }] : []))
  return { planned, trials, graded }
}
