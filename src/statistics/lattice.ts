/** One value that a variable may take, in whole units, and its probability. */
export interface Step {
  readonly value: number
  readonly probability: number
}

/** A distribution on `low`, `low + unit`, `low + 2 unit`, …: `probabilities` in that order. */
export interface Lattice {
  readonly low: number
  readonly unit: number
  readonly probabilities: Float64Array
}

/** What a sum may cost: beyond it the caller draws at random instead. 2^25 multiplications take some 50 ms. */
const MOST_CELLS = 2 ** 20
const MOST_WORK = 2 ** 25

/**
 * The exact distribution of a sum of independent variables, each given by its steps: as whole numbers, so that equal sums are one sum.
 * `null` where the values have so little in common that the sum would be too fine to hold.
 */
export function sumDistribution(variables: readonly (readonly Step[])[]): Lattice | null {
  const bounds = variables.map((steps) => boundsOf(steps.map((step) => step.value)))
  const unit = Math.max(
    1,
    variables.flatMap((steps, index) => steps.map((step) => step.value - (bounds[index]?.low ?? 0))).reduce(greatestCommonDivisor, 0),
  )
  const cells = bounds.reduce((sum, { low, high }) => sum + (high - low) / unit, 1)
  const work = cells * variables.reduce((sum, steps) => sum + steps.length, 0)
  if (!Number.isSafeInteger(cells) || cells > MOST_CELLS || work > MOST_WORK) {
    return null
  }
  let probabilities = Float64Array.of(1)
  for (const [index, steps] of variables.entries()) {
    const low = bounds[index]?.low ?? 0
    probabilities = convolve(
      probabilities,
      steps.map(({ value, probability }) => ({ value: (value - low) / unit, probability })),
    )
  }
  return { low: bounds.reduce((sum, { low }) => sum + low, 0), unit, probabilities }
}

/** The probabilities of a value at most, at least, and at least as far from 0 as the one observed; 1 at most, whatever the rounding. */
export interface Tails {
  readonly less: number
  readonly greater: number
  readonly twoSided: number
}

export function tailsOf({ low, unit, probabilities }: Lattice, observed: number): Tails {
  let less = 0
  let greater = 0
  let twoSided = 0
  for (const [index, probability] of probabilities.entries()) {
    const value = low + index * unit
    less += value <= observed ? probability : 0
    greater += value >= observed ? probability : 0
    twoSided += Math.abs(value) >= Math.abs(observed) ? probability : 0
  }
  return { less: Math.min(1, less), greater: Math.min(1, greater), twoSided: Math.min(1, twoSided) }
}

/** The greatest whole number that divides both; 0 for 0 and 0. */
export function greatestCommonDivisor(one: number, other: number): number {
  let [larger, smaller] = [Math.abs(one), Math.abs(other)]
  while (smaller !== 0) {
    ;[larger, smaller] = [smaller, larger % smaller]
  }
  return larger
}

function boundsOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  return { low: Math.min(...values), high: Math.max(...values) }
}

function convolve(before: Float64Array<ArrayBuffer>, steps: readonly Step[]): Float64Array<ArrayBuffer> {
  const after = new Float64Array(before.length + Math.max(...steps.map((step) => step.value)))
  for (const { value, probability } of steps) {
    for (let index = 0; index < before.length; index += 1) {
      after[index + value] = (after[index + value] ?? 0) + (before[index] ?? 0) * probability
    }
  }
  return after
}
