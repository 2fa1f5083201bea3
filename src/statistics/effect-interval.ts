import type { TaskArms } from './arm-permutation.ts'
import type { Interval } from './interval.ts'
import { meanOf } from './mean.ts'
import type { Random } from './random.ts'
import { type SubsetMean, subsetMeans } from './subset-means.ts'

const ALPHA = 0.05

const Z_95 = 1.959963984540054

/**
 * The interval (95 %) of the mean difference on *new tasks*, from one difference a task: all shifts that the sign-flip test does not reject. So it and the test
 * cannot contradict each other: where both are exact, 0 lies outside exactly if the two-sided p is at most 0.05. A t or BCa interval can, and with few tasks and tied
 * differences both are too narrow; with five tasks or fewer nothing can be rejected and the answer is all of `range`, which they would hide.
 * Its ends are means of subsets of the differences (J. A. Hartigan, "Using subsample values as typical values", JASA 64 (1969), 1303-1317).
 * Where every difference is 0 it is what n draws without a difference still allow: at most 1 - 0.05^(1/n) of new tasks differ, by the whole range.
 * `range` is what a difference can be at all: -1 to 1 for rates, minus to plus infinity for logarithms of ratios.
 */
export function signFlipInterval(differences: readonly number[], random: Random, range: Interval = { low: -1, high: 1 }): Interval {
  const n = differences.length
  if (n === 0) {
    return range
  }
  if (differences.every((difference) => difference === 0)) {
    const share = 1 - ALPHA ** (1 / n)
    return { low: share * range.low, high: share * range.high }
  }
  const { own, means } = subsetMeans(differences, random)
  if (own > ALPHA / 2) {
    return range
  }
  return { low: endOf(means, own) ?? range.low, high: endOf(means.toReversed(), own) ?? range.high }
}

/** The first mean, from one side, at which the one-sided p-value of a shift to it exceeds half of alpha. */
function endOf(means: readonly SubsetMean[], own: number): number | undefined {
  let p = own
  return means.find(({ weight }) => {
    p += weight
    // Weights are multiples of 2^-n where exact; their sum may fall short of alpha / 2 by rounding.
    return p > ALPHA / 2 + 1e-12
  })?.mean
}

/**
 * The interval (95 %) of the mean difference on *these tasks*, b minus a, from each task's trials of 0 and 1: the tasks are fixed, and only their trials could have come
 * out otherwise. The effect ± z sqrt(V + (z/kT)²): V is the variance that permuting trials between arms within tasks gives the effect, so that the interval
 * stands on the gate's own test, and one trial a task suffices; the second term is what kT trials in each arm that all agree still allow (3.84 in kT, as in the rule of three).
 * Limits of one rate, put together task by task, do not do: of 16 tasks with three trials they covered 86 % (Wilson), and a sum of sample variances has nothing to say of one trial.
 * `p` is the two-sided p-value of `armPermutationTest`: the interval leaves 0 inside exactly if p is above 0.05; a bound of 0 itself is outside where the test rejects.
 */
export function withinTaskInterval(tasks: readonly TaskArms[], p: number): Interval {
  if (tasks.length === 0) {
    return { low: -1, high: 1 }
  }
  const parts = tasks.map(varianceOf)
  const effect = meanOf(parts.map((part) => part.effect))
  const unseen = (Z_95 * Z_95 * meanOf(parts.map((part) => part.perTrial))) / tasks.length
  const reach = Math.sqrt((Z_95 * Z_95 * meanOf(parts.map((part) => part.variance))) / tasks.length + unseen ** 2)
  const low = Math.max(-1, effect - reach)
  const high = Math.min(1, effect + reach)
  if (p > ALPHA) {
    return { low: Math.min(0, low), high: Math.max(0, high) }
  }
  return effect < 0 ? { low, high: Math.min(0, high) } : { low: Math.max(0, low), high }
}

/** A task's effect, what permuting its trials between the arms gives that as variance, and 1 / k for arms of k trials on average. */
function varianceOf({ a, b }: TaskArms): { readonly effect: number; readonly variance: number; readonly perTrial: number } {
  if (a.length === 0 || b.length === 0) {
    throw new RangeError('a task needs trials in both arms')
  }
  const all = a.length + b.length
  const rate = meanOf([...a, ...b])
  const spread = meanOf([...a, ...b].map((outcome) => (outcome - rate) ** 2))
  return { effect: meanOf(b) - meanOf(a), variance: (spread * all * all) / ((all - 1) * a.length * b.length), perTrial: 2 / all }
}
