import type { Random } from '../src/statistics/random.ts'
import type { Rates } from './rates.ts'

/**
 * What the new revision does to a suite. `none`; `spread`: every task passes less often, in proportion; `concentrated`: some tasks stop to pass and the rest stay;
 * both by `points` (share) on average over this suite, or by all that it has. `reshuffled`: half of the tasks gain what the other half loses, on average over suites nothing.
 */
export type Change =
  | { readonly kind: 'none' }
  | { readonly kind: 'spread' | 'concentrated'; readonly points: number }
  | { readonly kind: 'reshuffled'; readonly by: number }

export function changedRates(rates: Rates, change: Change, random: Random): Rates {
  switch (change.kind) {
    case 'none':
      return rates
    case 'spread': {
      const total = rates.reduce((sum, rate) => sum + rate, 0)
      const left = total === 0 ? 0 : Math.max(0, 1 - (change.points * rates.length) / total)
      return rates.map((rate) => rate * left)
    }
    case 'concentrated':
      return withCollapses(rates, change.points * rates.length, random)
    case 'reshuffled':
      return rates.map((rate) => {
        // No further than the nearer end: a change that is cut off at 0 or 1 would not be nothing on average.
        const by = Math.min(change.by, rate, 1 - rate)
        return random.uniform() < 0.5 ? rate - by : rate + by
      })
  }
}

function withCollapses(rates: Rates, total: number, random: Random): Rates {
  const after = [...rates]
  let left = total
  for (const task of random.shuffle(rates.map((_, index) => index))) {
    const loss = Math.min(left, after[task] ?? 0)
    after[task] = (after[task] ?? 0) - loss
    left -= loss
  }
  return after
}

/** The rates on one night: all of them moved on the scale of log odds, the same for whoever runs that night. 0 and 1 stay. */
export function driftedRates(rates: Rates, drift: number): Rates {
  return rates.map((rate) => (rate === 0 || rate === 1 ? rate : 1 / (1 + ((1 - rate) / rate) * Math.exp(-drift))))
}

/** A standard normal value. G. E. P. Box and M. E. Muller (1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
}
