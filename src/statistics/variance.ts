import type { TaskArms } from './arm-permutation.ts'
import { meanOf, sampleVariance } from './mean.ts'

/** A variance, and whether it was measured on this suite or is only an example. */
interface Variance {
  readonly value: number
  readonly source: 'measured' | 'illustrative'
}

/** What limits a comparison of two arms on rates between 0 and 1. */
export interface Variances {
  /** omega²: over tasks, of the true difference between the arms. More trials do not lower it. */
  readonly betweenTasks: Variance
  /** sigma²: over trials of one task in arm a, on average over tasks. */
  readonly withinA: Variance
  /** sigma² in arm b. */
  readonly withinB: Variance
}

/** The values of the examples in E. Miller, "Adding error bars to evals", arXiv 2411.00640 (2024): for when a suite has not been measured yet. */
export const ILLUSTRATIVE: Variances = {
  betweenTasks: { value: 1 / 9, source: 'illustrative' },
  withinA: { value: 1 / 6, source: 'illustrative' },
  withinB: { value: 1 / 6, source: 'illustrative' },
}

/** From the trials of one stored run, task by task: sigma² serves both arms; omega² needs two runs and stays an example. */
export function variancesOfRun(tasks: readonly (readonly number[])[]): Variances {
  const within = withinTasks(tasks)
  return { betweenTasks: ILLUSTRATIVE.betweenTasks, withinA: within, withinB: within }
}

/**
 * From two stored runs, by the method of moments: sigma² is the mean over tasks with at least two trials of their sample variance; omega² is the sample variance of the tasks'
 * differences less what sigma² puts into it, and never below 0. Where trials cannot tell (one a task, or all of a task agree in every task, as
 * with a scripted agent) the example stands in: a variance of 0 would promise that any difference can be seen.
 */
export function variancesOfPair(tasks: readonly TaskArms[]): Variances {
  const filled = tasks.filter(({ a, b }) => a.length > 0 && b.length > 0)
  const withinA = withinTasks(filled.map(({ a }) => a))
  const withinB = withinTasks(filled.map(({ b }) => b))
  const variance = sampleVariance(filled.map(({ a, b }) => meanOf(b) - meanOf(a)))
  if (variance === null || withinA.source === 'illustrative' || withinB.source === 'illustrative') {
    return { betweenTasks: ILLUSTRATIVE.betweenTasks, withinA, withinB }
  }
  const fromTrials = meanOf(filled.map(({ a, b }) => withinA.value / a.length + withinB.value / b.length))
  return { betweenTasks: { value: Math.max(0, variance - fromTrials), source: 'measured' }, withinA, withinB }
}

function withinTasks(tasks: readonly (readonly number[])[]): Variance {
  const variances = tasks.map(sampleVariance).filter((variance) => variance !== null)
  const value = variances.length === 0 ? 0 : meanOf(variances)
  return value === 0 ? ILLUSTRATIVE.withinA : { value, source: 'measured' }
}
