import { hypergeometric } from './hypergeometric.ts'
import { greatestCommonDivisor, type Step, sumDistribution, type Tails, tailsOf } from './lattice.ts'
import { meanOf, sumOf } from './mean.ts'
import type { Random } from './random.ts'

/** How many random assignments stand for all where outcomes are not 0 and 1. */
const DRAWS = 20_000

/** The outcomes of one task's trials, 1 for passed and 0 for not, in the arm before (`a`) and the arm after (`b`). The arms may differ in number. */
export interface TaskArms {
  readonly a: readonly number[]
  readonly b: readonly number[]
}

/** Which change counts as evidence: `less` that `b` is lower than `a`, `greater` that it is higher. */
export type Side = 'two-sided' | 'less' | 'greater'

export interface ArmPermutation {
  /** The mean over tasks of (mean of `b` - mean of `a`). */
  readonly effect: number
  /** The p-value of the side that was asked for. */
  readonly p: number
  /** The p-values of every side: `less` is the evidence that it got worse. */
  readonly tails: Tails
  /** Whether every assignment was counted; else p comes from random ones, as (b + 1) / (m + 1). */
  readonly exact: boolean
}

/**
 * The permutation test of "within each task, the arm makes no difference": tasks are fixed, and trials change arms within their task.
 * It answers "did it get worse on this suite?". Where every outcome is 0 or 1 the number of passes in `b` is hypergeometric in each task, and the
 * distribution of the mean difference is their convolution: exact, at every size. Else by random assignments. A task without a trial in each arm is refused.
 */
export function armPermutationTest(tasks: readonly TaskArms[], random: Random, options: { readonly side: Side }): ArmPermutation {
  const empty = tasks.findIndex(({ a, b }) => a.length === 0 || b.length === 0)
  if (empty !== -1) {
    throw new RangeError(`task ${empty} has no trial in one of the arms`)
  }
  const effect = tasks.length === 0 ? 0 : tasks.reduce((sum, { a, b }) => sum + meanOf(b) - meanOf(a), 0) / tasks.length
  const counted = tasks.every(isBinary) ? convolution(tasks) : null
  const tails = counted ?? draw(tasks, random)
  const p = { 'two-sided': tails.twoSided, less: tails.less, greater: tails.greater }[options.side]
  return { effect, p, tails, exact: counted !== null }
}

function isBinary({ a, b }: TaskArms): boolean {
  return [...a, ...b].every((outcome) => outcome === 0 || outcome === 1)
}

function convolution(tasks: readonly TaskArms[]): Tails | null {
  const common = tasks.flatMap(({ a, b }) => [a.length, b.length]).reduce((least, n) => (least / greatestCommonDivisor(least, n)) * n, 1)
  if (common * tasks.length > 2 ** 44) {
    return null
  }
  const difference = ({ a, b }: TaskArms, all: number, inB: number) => inB * (common / b.length) - (all - inB) * (common / a.length)
  const variables = tasks.map((task) => {
    const all = sumOf(task.a) + sumOf(task.b)
    return hypergeometric(task.a.length + task.b.length, all, task.b.length).map(
      ({ value, probability }): Step => ({ value: difference(task, all, value), probability }),
    )
  })
  const lattice = sumDistribution(variables)
  const observed = tasks.reduce((sum, task) => sum + difference(task, sumOf(task.a) + sumOf(task.b), sumOf(task.b)), 0)
  return lattice === null ? null : tailsOf(lattice, observed)
}

function draw(tasks: readonly TaskArms[], random: Random): Tails {
  const pools = tasks.map(({ a, b }) => ({ trials: [...a, ...b], first: a.length }))
  const statistic = (among: typeof pools) =>
    among.reduce((sum, { trials, first }) => sum + meanOf(trials.slice(first)) - meanOf(trials.slice(0, first)), 0)
  const observed = statistic(pools)
  const tolerance = 1e-9 * pools.reduce((sum, { trials }) => sum + Math.max(...trials.map(Math.abs)), 0)
  const seen = { less: 1, greater: 1, twoSided: 1 }
  for (let index = 0; index < DRAWS; index += 1) {
    const drawn = statistic(pools.map(({ trials, first }) => ({ trials: random.shuffle(trials), first })))
    seen.less += drawn <= observed + tolerance ? 1 : 0
    seen.greater += drawn >= observed - tolerance ? 1 : 0
    seen.twoSided += Math.abs(drawn) >= Math.abs(observed) - tolerance ? 1 : 0
  }
  return { less: seen.less / (DRAWS + 1), greater: seen.greater / (DRAWS + 1), twoSided: seen.twoSided / (DRAWS + 1) }
}
