import type { Usage } from '../evidence/transcript.ts'
import type { Asking } from '../grading/asking.ts'
import type { Check } from '../grading/check.ts'
import type { Finding } from '../grading/finding.ts'
import type { Stop } from '../runner/runner.ts'

/** Wall-clock seconds by phase. */
export interface PhaseSeconds {
  readonly prepare: number
  readonly agent: number
  readonly suites: number
  readonly grade: number
}

interface TrialIdentity {
  /** sha256(run, cell, k): what resume and merge deduplicate. */
  readonly id: string
  /** sha256(task, fixture, environment, prompt digest, runner, model): what pairs across runs. */
  readonly cell: string
  readonly run: string
  readonly task: string
  readonly fixture: string
  /** Counts from 1. */
  readonly k: number
  /** Counts from 1; the last attempt of an id counts. */
  readonly attempt: number
  readonly seconds: PhaseSeconds
  readonly usage: Usage
  /** Every model id that answered, as told by the API; empty where none did. Two different ones in one run make it invalid. */
  readonly models: readonly string[]
}

/** One attempt, as one line of trials.jsonl. `void`: ours or the infrastructure's fault, never counted for or against the agent. */
export type Trial = GradedTrial | VoidTrial

export type GradedTrial = TrialIdentity & {
  readonly outcome: 'graded'
  readonly passed: boolean
  readonly gates: Readonly<Record<string, Check>>
  readonly checks: Readonly<Record<string, Check>>
  readonly findings: readonly Finding[]
  readonly stop: Stop
  /** What was asked, in clarify tasks and their twins. */
  readonly asking?: Asking
}

export type VoidTrial = TrialIdentity & {
  readonly outcome: 'void'
  readonly phase: 'prepare' | 'workspace' | 'agent' | 'model' | 'suites' | 'grade'
  readonly cause: string
  readonly message: string
}
