import { greatestCommonDivisor } from './lattice.ts'
import { meanOf } from './mean.ts'
import type { Random } from './random.ts'
import { PARTS, wholeDifferences } from './whole-differences.ts'

/** The mean of some of the differences, and the share of sign patterns that flip just those (or others with the same mean). */
export interface SubsetMean {
  readonly mean: number
  readonly weight: number
}

/** The means of non-empty subsets, smallest first, and `own`: the share of the pattern that flips nothing. */
export interface SubsetMeans {
  readonly own: number
  readonly means: readonly SubsetMean[]
}

const MOST_CELLS = 2 ** 20
const ENUMERABLE = 16
const DRAWS = 20_000

/**
 * The means of all subsets of the differences: by size and sum where these are whole numbers, one by one up to 16 of them, else 20,000 subsets drawn at random.
 */
export function subsetMeans(differences: readonly number[], random: Random): SubsetMeans {
  const whole = wholeDifferences(differences)
  return (
    (whole === null ? null : bySizeAndSum(whole)) ?? (differences.length <= ENUMERABLE ? oneByOne(differences) : drawn(differences, random))
  )
}

function bySizeAndSum(whole: readonly number[]): SubsetMeans | null {
  const n = whole.length
  const unit = Math.max(1, whole.reduce(greatestCommonDivisor, 0))
  const values = whole.map((value) => value / unit)
  const low = values.reduce((sum, value) => sum + Math.min(0, value), 0)
  const width = values.reduce((sum, value) => sum + Math.abs(value), 1)
  if ((n + 1) * width > MOST_CELLS || (n + 1) * width * n > 2 ** 25) {
    return null
  }
  // shares[size * width + sum - low]: the share of sign patterns that flip `size` differences which add up to `sum`.
  let shares = new Float64Array((n + 1) * width)
  shares[-low] = 1
  for (const [seen, value] of values.entries()) {
    const next = new Float64Array(shares.length)
    for (let cell = 0; cell < (seen + 1) * width; cell += 1) {
      const half = (shares[cell] ?? 0) / 2
      if (half > 0) {
        next[cell] = (next[cell] ?? 0) + half
        next[cell + width + value] = (next[cell + width + value] ?? 0) + half
      }
    }
    shares = next
  }
  const means: SubsetMean[] = []
  for (let cell = width; cell < shares.length; cell += 1) {
    const weight = shares[cell] ?? 0
    if (weight > 0) {
      // One division of whole numbers: equal means are equal to the last bit.
      means.push({ mean: (((cell % width) + low) * unit) / (PARTS * Math.floor(cell / width)), weight })
    }
  }
  return { own: 2 ** -n, means: means.toSorted((one, other) => one.mean - other.mean) }
}

function oneByOne(differences: readonly number[]): SubsetMeans {
  const own = 2 ** -differences.length
  const means: SubsetMean[] = []
  for (let pattern = 1; pattern < 2 ** differences.length; pattern += 1) {
    means.push({ mean: meanOf(differences.filter((_, index) => (pattern >> index) % 2 === 1)), weight: own })
  }
  return { own, means: means.toSorted((one, other) => one.mean - other.mean) }
}

function drawn(differences: readonly number[], random: Random): SubsetMeans {
  const weight = 1 / (DRAWS + 1)
  const means: SubsetMean[] = []
  while (means.length < DRAWS) {
    const subset = differences.filter(() => random.uniform() < 0.5)
    if (subset.length > 0) {
      means.push({ mean: meanOf(subset), weight })
    }
  }
  return { own: weight, means: means.toSorted((one, other) => one.mean - other.mean) }
}
