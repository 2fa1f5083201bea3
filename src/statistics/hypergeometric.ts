import type { Step } from './lattice.ts'

/**
 * How many of `marked` among `total` land in a draw of `drawn`: every possible number, smallest first, and its probability.
 * By the ratio of neighbours, from 1 and then scaled: no factorial, so nothing overflows below some thousand.
 */
export function hypergeometric(total: number, marked: number, drawn: number): readonly Step[] {
  const low = Math.max(0, drawn + marked - total)
  const high = Math.min(marked, drawn)
  const weights: number[] = []
  let weight = 1
  for (let value = low; value <= high; value += 1) {
    weights.push(weight)
    weight *= ((marked - value) * (drawn - value)) / ((value + 1) * (total - marked - drawn + value + 1))
  }
  const all = weights.reduce((sum, one) => sum + one, 0)
  return weights.map((one, index) => ({ value: low + index, probability: one / all }))
}

/**
 * Fisher's exact test, two-sided: the probability, with the margins fixed, of all tables that are no likelier than this one.
 * `one` and `other` count what happened among the trials of each arm: voids, for instance. 1 where an arm is empty.
 */
export function fisherExactTest(
  one: { readonly happened: number; readonly trials: number },
  other: { readonly happened: number; readonly trials: number },
): number {
  const tables = hypergeometric(one.trials + other.trials, one.happened + other.happened, one.trials)
  const observed = tables.find(({ value }) => value === one.happened)
  if (observed === undefined) {
    throw new RangeError(`${one.happened} of ${one.trials} and ${other.happened} of ${other.trials} are not counts`)
  }
  // Mirrored tables are equally likely but for rounding.
  const likely = observed.probability * (1 + 1e-9)
  return Math.min(
    1,
    tables.reduce((sum, { probability }) => sum + (probability <= likely ? probability : 0), 0),
  )
}
