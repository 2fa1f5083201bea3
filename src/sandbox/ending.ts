import { constants } from 'node:os'
import type { CommandResult, Limits } from './sandbox.ts'

/** Why we ended a command. */
export type Ending = { readonly ended: 'limit'; readonly limit: keyof Limits } | { readonly ended: 'aborted' }

/** What the operating system said of the process that we started. */
export type Exit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'error'; readonly reason: string }

type Verdict = CommandResult extends infer Result
  ? Result extends CommandResult
    ? Omit<Result, 'stdout' | 'stderr' | 'ms'>
    : never
  : never

/** Signals that end programs by themselves; others below 128 + 31 are exit codes in use (git answers 129 to a wrong option). */
const FATAL = ['SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV', 'SIGTERM', 'SIGXCPU', 'SIGXFSZ', 'SIGSYS'] as const

/** Shells and bubblewrap tell of a signal as exit code 128 + n: the same death must read the same on every rung. */
export const exitOf = (code: number | null, signal: string | null): Exit => {
  if (signal !== null) {
    return { kind: 'signal', signal }
  }
  const fatal = FATAL.find((name) => constants.signals[name] === (code ?? 0) - 128)
  return fatal === undefined ? { kind: 'code', code: code ?? 0 } : { kind: 'signal', signal: fatal }
}

/**
 * How a command ended. What we did to it comes before what it did; `begun` tells a sandbox that could not be made
 * from a command that failed, whatever either of them wrote.
 */
export const verdictOf = (exit: Exit, ending: Ending | null, begun: boolean, stderr: string): Verdict => {
  if (exit.kind === 'error') {
    return { ended: 'not-started', reason: exit.reason }
  }
  if (ending !== null) {
    return ending
  }
  if (!begun) {
    return { ended: 'not-started', reason: stderr.trim() || 'the sandbox ended before the command began' }
  }
  if (exit.kind === 'signal') {
    return exit.signal === 'SIGXFSZ' ? { ended: 'limit', limit: 'fileBytes' } : { ended: 'signalled', signal: exit.signal }
  }
  return { ended: 'exited', exitCode: exit.code }
}
