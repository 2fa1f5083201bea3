import { countingTrials } from '../results/plan.ts'
import type { Run } from '../results/run.ts'
import type { Trial } from '../results/trial.ts'
import { minimumDetectableEffect, smallestPValue } from '../statistics/power.ts'
import { ILLUSTRATIVE, type Variances, variancesOfPair, variancesOfRun } from '../statistics/variance.ts'
import { pairTasks } from './pairing.ts'
import type { StoredArm } from './stored-arm.ts'
import { outcomesOf } from './task-differences.ts'

/** What a comparison can find before it is run. Effects are shares; null where no effect would do. */
export interface Foresight {
  readonly gate: number | null
  readonly compare: number | null
  /** Where the variance of trials, and that of tasks, come from: a stored run, or published values. */
  readonly within: 'measured' | 'illustrative'
  readonly between: 'measured' | 'illustrative'
  /** The least p that the test of new tasks can give with this many tasks: above 0.05 no result can be called anything but "cannot tell". */
  readonly leastP: number
}

/** The minimum detectable effects of both questions for a plan of `tasks` tasks with `trials` trials in each arm. */
export function foresee(plan: { readonly tasks: number; readonly trials: number }, variances: Variances): Foresight {
  const both = { ...plan, variances }
  return {
    gate: minimumDetectableEffect({ ...both, question: 'same-tasks', side: 'less' }),
    compare: minimumDetectableEffect({ ...both, question: 'new-tasks', side: 'two-sided' }),
    within: variances.withinA.source,
    between: variances.betweenTasks.source,
    leastP: smallestPValue({ ...plan, question: 'new-tasks', side: 'two-sided' }),
  }
}

/** Variances as earlier runs of the same variant's kind measured them on these tasks, newest first: from a pair of runs with two prompts where there is one, else from one run, else published ones. */
export function measuredVariances(planned: Run, stored: readonly StoredArm[]): Variances {
  const alike = stored.filter(({ run, trials }) => isAlike(run, planned) && trials.length > 0).map((arm) => onlyPlanned(arm, planned))
  const [newest, ...others] = alike.filter(({ trials }) => trials.length > 0)
  if (newest === undefined) {
    return ILLUSTRATIVE
  }
  const partner = others.find(({ run }) => run.variant.agent.promptDigest !== newest.run.variant.agent.promptDigest)
  if (partner !== undefined) {
    return variancesOfPair(outcomesOf(pairTasks(partner, newest).tasks))
  }
  const tasks = Map.groupBy(
    countingTrials(newest.trials).filter((trial) => trial.outcome === 'graded'),
    ({ task }) => task,
  )
  return variancesOfRun([...tasks.values()].map((trials) => trials.map((trial) => Number(trial.outcome === 'graded' && trial.passed))))
}

/** What a trial of each task cost on average in earlier runs alike, in USD; null for tasks that were never run, or of unknown price. */
export function expectedCost(planned: Run, stored: readonly StoredArm[]): ReadonlyMap<string, number | null> {
  const trials = stored.filter(({ run }) => isAlike(run, planned)).flatMap((arm) => onlyPlanned(arm, planned).trials)
  return new Map(
    planned.plan.tasks.map(({ task }) => {
      const usd = trials.filter((trial) => trial.task === task).map(({ usage }) => usage.usd)
      const known = usd.filter((one) => one !== null)
      return [task, known.length === 0 || known.length < usd.length ? null : known.reduce((sum, one) => sum + one, 0) / known.length]
    }),
  )
}

function isAlike(run: Run, planned: Run): boolean {
  const kind = ({ variant }: Run) => [variant.runner, variant.upstream, variant.model].join(' ')
  return kind(run) === kind(planned)
}

function onlyPlanned(arm: StoredArm, planned: Run): StoredArm {
  const digests = new Map(planned.plan.tasks.map(({ task, taskDigest }) => [task, taskDigest]))
  const same = new Set(arm.run.plan.tasks.filter(({ task, taskDigest }) => digests.get(task) === taskDigest).map(({ task }) => task))
  return { ...arm, trials: arm.trials.filter((trial: Trial) => same.has(trial.task)) }
}
