import type { Writable } from 'node:stream'

/** What a command may touch of the process that runs it; `cli.ts` gives the real ones, tests their own. */
export interface TerminalIo {
  /** Results. */
  readonly out: Writable
  /** Everything said to a person meanwhile. */
  readonly err: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that holds tasks, fixtures-repos, agents and results. */
  readonly root: string
  /** Aborted by the first Ctrl-C or SIGTERM; its reason is the signal's name. */
  readonly interrupt: AbortSignal
}

/**
 * 0 done; 1 the answer is no; 2 usage or configuration; 3 invalid or inconclusive; 70 our bug; 130 and 143 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130 | 143

/** Writes one message for a person and answers with the exit code of bad usage. */
export function refuse(io: TerminalIo, message: string): ExitCode {
  io.err.write(`${message}\n`)
  return 2
}
