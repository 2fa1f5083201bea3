import { connectionFault, type Fault } from './api-faults.ts'

/** The time limits of one attempt: over the whole of it, and over every silence in it. */
export interface AttemptClock {
  /** Aborts when a limit is passed or the caller's signal aborts. */
  readonly signal: AbortSignal
  /** Bytes came: the next ones must come within `ms`, by default the idle limit. */
  heard(ms?: number): void
  /** Sorts what an operation under `signal` threw. */
  fault(error: unknown): Fault
  stop(): void
}

/** Starts the clock of one attempt; `heard` starts the watch over silence. */
export function attemptClock(caller: AbortSignal, attemptMs: number, idleMs: number): AttemptClock {
  const silence = new AbortController()
  const deadline = AbortSignal.timeout(attemptMs)
  let timer: NodeJS.Timeout | undefined
  return {
    signal: AbortSignal.any([caller, deadline, silence.signal]),
    heard(ms = idleMs) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), ms)
    },
    fault(error) {
      if (caller.aborted) {
        return { kind: 'retry', cause: 'timeout', message: 'the request was called off' }
      }
      if (deadline.aborted) {
        return { kind: 'retry', cause: 'timeout', message: `no whole answer within ${attemptMs} ms` }
      }
      return silence.signal.aborted
        ? { kind: 'retry', cause: 'timeout', message: `the API fell silent for ${idleMs} ms` }
        : connectionFault(error)
    },
    stop: () => clearTimeout(timer),
  }
}
