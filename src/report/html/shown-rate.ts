import { bounds, percent } from '../figures.ts'
import type { Rate } from '../rates.ts'

/** A rate as a plot shows it; `low` and `high` are shares. */
export interface ShownRate {
  readonly count: number
  readonly of: number
  readonly low: number
  readonly high: number
  readonly percent: string
  readonly bounds: string
}

/** A rate as it is shown; null where nothing was counted. */
export function shownRate(rate: Rate | null): ShownRate | null {
  if (rate === null || rate.of === 0) {
    return null
  }
  const { count, of, interval } = rate
  return { count, of, low: interval.low, high: interval.high, percent: `${percent(count / of)} %`, bounds: bounds(interval) }
}
