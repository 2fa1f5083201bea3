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
  /** Why it is done though trials are left: their outcome was decided, or could not be any more. Null where that was not looked at, or did not come. */
  readonly stopped: Stopped | null
  /** Null until all trials are done. */
  readonly result: Comparison | null
}

/** How a sequential comparison ended before its last trial. */
export interface Stopped {
  readonly why: 'decided' | 'futile'
  /** Pairs of trials that one arm alone passed. */
  readonly wins: number
  readonly losses: number
  /** Evidence against "no difference", at least 20 where decided. */
  readonly evidence: number
  /** Trials of both arms that were not needed. */
  readonly saved: number
}
