import type { Run } from '../results/run.ts'
import type { Trial } from '../results/trial.ts'
import type { Comparison } from './comparison.ts'

/** One run, as stored. */
export interface StoredArm {
  readonly run: Run
  readonly trials: readonly Trial[]
  /** Where it lies, as a person would type it. */
  readonly folder: string
}

export interface ComparisonOptions {
  /** Seeds what is drawn where permutations are too many to count. */
  readonly seed: string
  readonly order: Comparison['order']
  /** Of both questions; 0.05 unless said otherwise. */
  readonly alpha?: number
  /** Ids of the rules that decide no verdict. */
  readonly rules: readonly string[]
  readonly promptDiff: string | null
}

/** `refused`: the two runs do not measure two revisions of one thing; each sentence names one way in which they differ. */
export type Compared =
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }

/** Compares two stored runs: what pairs, whether it is valid, the two questions, and everything that is shown beside their answers. */
export type CompareRuns = (a: StoredArm, b: StoredArm, options: ComparisonOptions) => Compared
