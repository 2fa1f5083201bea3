import type { PlannedTask, Run, RunVariant } from '../results/run.ts'

/**
 * `results/baseline.json`, committed: what a gate holds a run against. It moves only when a person admits a run.
 * Records count for one version of Assay, rung, runner, upstream and model, and, task by task, for one digest of task, fixture and environment.
 */
export interface Baseline {
  readonly schema: 1
  /** The version of Assay. */
  readonly harness: string
  readonly rung: Run['rung']
  /** What the gate runs again: all of it but the agent's text is as in `run.json`. */
  readonly variant: RunVariant
  /** The model that answered; null where none did. */
  readonly answered: string | null
  /** The agent's file, byte for byte where it is UTF-8; `variant.agent.fileDigest` is its digest. */
  readonly agentText: string
  /** Sorted by task. */
  readonly tasks: readonly BaselineTask[]
}

export type BaselineTask = Pick<PlannedTask, 'task' | 'title' | 'kind' | 'taskDigest' | 'fixtureDigest' | 'environmentDigest'> & {
  /** Oldest first. */
  readonly records: readonly BaselineRecord[]
}

/** What one admitted run said of a task. */
export interface BaselineRecord {
  readonly run: string
  /** ISO 8601, UTC: when the run began. */
  readonly createdAt: string
  readonly promptDigest: string
  readonly passed: number
  readonly graded: number
}

/** Passed and graded trials of several records together. */
export function totalOf(records: readonly BaselineRecord[]): { readonly passed: number; readonly graded: number } {
  return records.reduce((sum, { passed, graded }) => ({ passed: sum.passed + passed, graded: sum.graded + graded }), {
    passed: 0,
    graded: 0,
  })
}
