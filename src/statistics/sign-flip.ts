import { sumDistribution, type Tails, tailsOf } from './lattice.ts'
import { meanOf, sumOf } from './mean.ts'
import type { Random } from './random.ts'
import { wholeDifferences } from './whole-differences.ts'

/** How many random sign patterns stand for all where all are too many. */
const DRAWS = 20_000

/** Up to this many differences that are not 0, every sign pattern is looked at. */
const ENUMERABLE = 20

/** What a sign-flip test says: `p` is two-sided; `less` is the evidence that the mean is below 0, `greater` that it is above. */
export interface SignFlip {
  readonly mean: number
  readonly p: number
  readonly less: number
  readonly greater: number
  /** Whether every sign pattern was counted; else the p-values come from random ones, as (b + 1) / (m + 1). */
  readonly exact: boolean
}

/**
 * The sign-flip permutation test of "the differences are symmetric about 0": of all 2^n ways to sign them, the share with a mean as far out as theirs.
 * It answers "would it be better on new tasks?", one difference a task. Exact wherever the differences are of rates of up to 22 trials (by convolution, at
 * any n) or at most 20 are not 0. Differences of 0 are kept; they change no p-value. With five or fewer that are not 0 no p can be below 2/32.
 * R. A. Fisher, "The design of experiments" (1935), section 21; B. Phipson and G. K. Smyth, "Permutation p-values should never be zero" (2010), for (b + 1) / (m + 1).
 */
export function signFlipTest(differences: readonly number[], random: Random): SignFlip {
  const mean = differences.length === 0 ? 0 : meanOf(differences)
  const whole = wholeDifferences(differences)
  const lattice =
    whole === null
      ? null
      : sumDistribution(
          whole.map((value) => [
            { value, probability: 0.5 },
            { value: -value, probability: 0.5 },
          ]),
        )
  if (whole !== null && lattice !== null) {
    return { mean, ...named(tailsOf(lattice, sumOf(whole))), exact: true }
  }
  const moving = differences.filter((difference) => difference !== 0)
  return moving.length <= ENUMERABLE
    ? { mean, ...named(enumerate(moving)), exact: true }
    : { mean, ...named(draw(moving, random)), exact: false }
}

function named({ less, greater, twoSided }: Tails) {
  return { p: twoSided, less, greater }
}

function enumerate(differences: readonly number[]): Tails {
  const count = counter(differences)
  const signed = [...differences]
  let sum = count.observed
  count.see(sum)
  // In Gray's order each pattern differs from the last in one sign.
  for (let pattern = 1; pattern < 2 ** signed.length; pattern += 1) {
    const flipped = 31 - Math.clz32(pattern & -pattern)
    const value = signed[flipped] ?? 0
    signed[flipped] = -value
    sum -= 2 * value
    count.see(sum)
  }
  return count.shares(0)
}

function draw(differences: readonly number[], random: Random): Tails {
  const count = counter(differences)
  for (let index = 0; index < DRAWS; index += 1) {
    count.see(differences.reduce((sum, difference) => sum + (random.uniform() < 0.5 ? difference : -difference), 0))
  }
  return count.shares(1)
}

/** Counts sums by how they stand to the observed one. Sums that differ by rounding alone are equal: split, they would halve a p-value. */
function counter(differences: readonly number[]) {
  const observed = sumOf(differences)
  const tolerance = 1e-9 * sumOf(differences.map(Math.abs))
  const seen = { all: 0, less: 0, greater: 0, twoSided: 0 }
  return {
    observed,
    see(sum: number): void {
      seen.all += 1
      seen.less += sum <= observed + tolerance ? 1 : 0
      seen.greater += sum >= observed - tolerance ? 1 : 0
      seen.twoSided += Math.abs(sum) >= Math.abs(observed) - tolerance ? 1 : 0
    },
    shares(extra: number): Tails {
      const share = (count: number) => (count + extra) / (seen.all + extra)
      return { less: share(seen.less), greater: share(seen.greater), twoSided: share(seen.twoSided) }
    },
  }
}
