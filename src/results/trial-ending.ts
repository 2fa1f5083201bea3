import type { Usage } from '../evidence/transcript.ts'
import { noUsage } from '../gateway/prices.ts'
import type { Verdict } from '../grading/grade.ts'
import type { Stop } from '../runner/runner.ts'
import type { GradedTrial, PhaseSeconds, Trial, VoidTrial } from './trial.ts'

type Timed = 'agent' | 'suites' | 'grade'

/** Keeps what a trial's line needs while the trial goes on: the clock of each phase, what was used, who answered. */
export interface TrialEnding {
  /** The clock of the phase before stops, that of this one starts. */
  enter(phase: Timed): void
  answered(by: { readonly usage: Usage; readonly models: readonly string[] }): void
  graded(verdict: Verdict, stop: Stop): GradedTrial
  /** `phase`: where it is not the one that was entered last. */
  voided(cause: string, message: string, phase?: VoidTrial['phase']): VoidTrial
}

/** `identity` as in every line of trials.jsonl; `prepare` in seconds. */
export function openEnding(
  identity: Pick<Trial, 'id' | 'cell' | 'run' | 'task' | 'fixture' | 'k' | 'attempt'>,
  prepare: number,
  onPhase: (phase: Timed) => void,
): TrialEnding {
  const seconds: { -readonly [phase in keyof PhaseSeconds]: number } = { prepare, agent: 0, suites: 0, grade: 0 }
  let current: Timed = 'agent'
  let entered = performance.now()
  let usage = noUsage
  let models: readonly string[] = []
  const stopClock = () => {
    const now = performance.now()
    seconds[current] += (now - entered) / 1000
    entered = now
  }
  return {
    enter: (phase) => {
      stopClock()
      current = phase
      onPhase(phase)
    },
    answered: (by) => {
      usage = by.usage
      models = by.models
    },
    graded: (verdict, stop) => {
      stopClock()
      return { ...identity, seconds, usage, models, outcome: 'graded', ...verdict, stop }
    },
    voided: (cause, message, phase = current) => {
      stopClock()
      return { ...identity, seconds, usage, models, outcome: 'void', phase, cause, message }
    },
  }
}
