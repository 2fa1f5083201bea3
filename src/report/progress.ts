import { plannedTrials } from '../results/plan.ts'
import type { RunEvent, TrialPhase } from '../results/run.ts'
import type { Trial } from '../results/trial.ts'

/** A trial that is under way. `since`: when this attempt began, as all times here in milliseconds of the clock that the caller passes in. */
export interface RunningTrial {
  readonly task: string
  readonly k: number
  readonly attempt: number
  readonly since: number
  readonly phase: TrialPhase | 'starting'
  readonly turns: number
  readonly usd: number | null
}

/** What is known of a run while it goes on. */
export interface Progress {
  readonly planned: number
  readonly concurrency: number
  readonly graded: number
  readonly passed: number
  readonly voids: number
  /** Of all finished attempts, those from before this start of the run too. */
  readonly usd: number | null
  /** The attempts that ended since this start of the run, and how long they took together. */
  readonly took: { readonly attempts: number; readonly ms: number }
  readonly running: readonly RunningTrial[]
  readonly ended: Extract<RunEvent, { kind: 'run-ended' }>['why'] | null
}

/** Before the first event. */
export const notStarted: Progress = {
  planned: 0,
  concurrency: 1,
  graded: 0,
  passed: 0,
  voids: 0,
  usd: 0,
  took: { attempts: 0, ms: 0 },
  running: [],
  ended: null,
}

/** The progress after one more event, which came at `now`. */
export function progressAfter(progress: Progress, event: RunEvent, now: number): Progress {
  switch (event.kind) {
    case 'run-started': {
      const start = { ...notStarted, planned: plannedTrials(event.run).length, concurrency: event.run.plan.concurrency }
      return event.done.reduce(withTrial, start)
    }
    case 'trial-started': {
      const { task, k, attempt } = event
      const begun: RunningTrial = { task, k, attempt, since: now, phase: 'starting', turns: 0, usd: 0 }
      return { ...progress, running: [...others(progress, event), begun] }
    }
    case 'phase':
      return withRunning(progress, event, { phase: event.phase })
    case 'turn':
      return withRunning(progress, event, { turns: event.turns, usd: event.usage.usd })
    case 'trial-ended': {
      const begun = progress.running.find((running) => isSame(running, event.trial))
      const { attempts, ms } = progress.took
      const took = begun === undefined ? progress.took : { attempts: attempts + 1, ms: ms + now - begun.since }
      return { ...withTrial(progress, event.trial), running: others(progress, event.trial), took }
    }
    case 'heartbeat':
      return progress
    case 'run-ended':
      return { ...progress, running: [], ended: event.why }
  }
}

/**
 * Milliseconds until the run ends if trials go on to take as long as those that ended since this start of the run did on average; null before the first has.
 * Trials under way count with what is left of them, and void attempts that will be tried again are not foreseen.
 */
export function remainingMs(progress: Progress, now: number): number | null {
  const { took, planned, graded, running, concurrency } = progress
  if (took.attempts === 0) {
    return null
  }
  const mean = took.ms / took.attempts
  const waiting = Math.max(0, planned - graded - running.length)
  const underWay = running.reduce((sum, { since }) => sum + Math.max(0, mean - (now - since)), 0)
  return (waiting * mean + underWay) / Math.max(1, Math.min(concurrency, waiting + running.length))
}

/** Dollars so far, those of trials under way included; null where a price is unknown. */
export function spentUsd({ usd, running }: Progress): number | null {
  return running.reduce<number | null>((sum, trial) => plus(sum, trial.usd), usd)
}

interface Place {
  readonly task: string
  readonly k: number
}

function isSame(a: Place, b: Place): boolean {
  return a.task === b.task && a.k === b.k
}

function others(progress: Progress, place: Place): readonly RunningTrial[] {
  return progress.running.filter((running) => !isSame(running, place))
}

function withRunning(progress: Progress, place: Place, change: Partial<RunningTrial>): Progress {
  return { ...progress, running: progress.running.map((running) => (isSame(running, place) ? { ...running, ...change } : running)) }
}

function withTrial(progress: Progress, trial: Trial): Progress {
  const usd = plus(progress.usd, trial.usage.usd)
  if (trial.outcome === 'void') {
    return { ...progress, usd, voids: progress.voids + 1 }
  }
  return { ...progress, usd, graded: progress.graded + 1, passed: progress.passed + Number(trial.passed) }
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}
