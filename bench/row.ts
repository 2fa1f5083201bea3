import type { Spread } from './pairs.ts'

/** `for`: what the number must be at most or at least. */
interface Aim {
  readonly for: 'at-most' | 'at-least'
  readonly value: number
}

/** One line of the table. `context` holds absolute figures, which belong to one machine; `means` is for those who read the table for the first time. */
export interface Row {
  readonly name: string
  readonly means: string
  readonly aim: Aim | null
  readonly measured: Measured
}

export type Measured =
  /** `judged` false: too little was measured to hold it against the aim. */
  | { readonly kind: 'figure'; readonly spread: Spread; readonly unit: '' | ' MB'; readonly context: string; readonly judged?: boolean }
  | { readonly kind: 'missing'; readonly why: string }

/** Milliseconds as a person reads them. */
export function shownMs(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms >= 100 ? 0 : 1)} ms`
}

/** Whether the median keeps its aim; null where nothing can be said. */
export function isMet({ aim, measured }: Row): boolean | null {
  if (aim === null || measured.kind === 'missing' || measured.judged === false) {
    return null
  }
  return aim.for === 'at-most' ? measured.spread.median <= aim.value : measured.spread.median >= aim.value
}
