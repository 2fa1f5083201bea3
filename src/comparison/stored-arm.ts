import type { Run } from '../results/run.ts'
import type { Trial } from '../results/trial.ts'

/** One run to compare, as stored. */
export interface StoredArm {
  readonly run: Run
  /** Every attempt. */
  readonly trials: readonly Trial[]
  /** Where it lies, as a person would type it. */
  readonly folder: string
}

/** Every model that answered in an arm, sorted. */
export function answeredModels({ trials }: StoredArm): readonly string[] {
  return [...new Set(trials.flatMap(({ models }) => models))].toSorted()
}
