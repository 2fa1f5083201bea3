import type { Comparison } from './comparison.ts'

/** `comparison.json`: two runs of which the trials are interleaved. Their folders, `a` and `b`, lie beside it. */
export interface ComparisonRecord {
  readonly schema: 1
  /** A ULID: the name of the folder. */
  readonly comparison: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly runs: { readonly a: string; readonly b: string }
  /** Draws the order of the arms in each block, and what permutation tests draw. */
  readonly seed: string
  /** Where the two runs together stop to start trials, in USD; null for no bound. */
  readonly budgetUsd: number | null
  /** Whether it stops when it is decided, or cannot be any more. */
  readonly sequential: boolean
  /** Null until it is done. */
  readonly result: Comparison | null
}
