import type { Random } from '../src/statistics/random.ts'

/** How often each task of a suite passes. */
export type Rates = readonly number[]

/** Draws a suite of `count` tasks. */
export type DrawSuite = (random: Random, count: number) => Rates

/**
 * Pass rates of 24 tasks as a suite that has been tuned for a while shows them: a third always pass, a few never do, and the rest spread between, more of them high.
 * Plausible figures, not measurements; `--runs` puts those of a stored run in their place.
 */
export const STORED_RATES: Rates = [
  1, 1, 1, 1, 1, 1, 1, 1, 0.98, 0.95, 0.95, 0.9, 0.9, 0.85, 0.8, 0.75, 0.65, 0.6, 0.5, 0.4, 0.25, 0.1, 0.02, 0,
]

/** Tasks drawn from a table of rates, with replacement. */
export function fromTable(rates: Rates): DrawSuite {
  return (random, count) => Array.from({ length: count }, () => rates[random.below(rates.length)] ?? 0)
}

/** Rates from Beta(2.1, 0.9): mean 0.7, standard deviation 0.23. With their trials they make a beta-binomial suite. */
export const fromBeta: DrawSuite = (random, count) => Array.from({ length: count }, () => beta(random, 2.1, 0.9))

/** M. D. Jöhnk, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", Metrika 8 (1964), 5-15: good for small parameters. */
function beta(random: Random, alpha: number, other: number): number {
  for (;;) {
    const one = random.uniform() ** (1 / alpha)
    const sum = one + random.uniform() ** (1 / other)
    if (sum > 0 && sum <= 1) {
      return one / sum
    }
  }
}
