import { type Interval, wilsonInterval } from './interval.ts'

/** F1 with bounds. */
export interface F1 {
  readonly value: number
  readonly interval: Interval
}

/**
 * The harmonic mean of precision (`hits` of `answered`) and recall (`hits` of `wanted`), 2PR / (P + R) = 2 hits / (answered + wanted); null where nothing was
 * wanted. C. J. van Rijsbergen, "Information Retrieval" (1979), chapter 7. The bounds are its values at both lower and at both upper bounds of the two
 * Wilson intervals: F1 grows with each, so they hold whenever both intervals do.
 */
export function f1Of(hits: number, answered: number, wanted: number): F1 | null {
  if (wanted === 0) {
    return null
  }
  const [precision, recall] = [wilsonInterval(hits, answered), wilsonInterval(hits, wanted)]
  return {
    value: (2 * hits) / (answered + wanted),
    interval: { low: harmonic(precision.low, recall.low), high: harmonic(precision.high, recall.high) },
  }
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b)
}
