import type { Readable, Writable } from 'node:stream'

/** The rungs of the capability ladder, strongest first. */
export type Rung = 'overlay+bwrap' | 'copy+bwrap' | 'none'

/** What one command and all of its descendants may use up together. Bytes and milliseconds. */
export interface Limits {
  readonly processes: number
  readonly memoryBytes: number
  /** The largest single file. */
  readonly fileBytes: number
  /** All that is written to the workspace, beyond the fixture. */
  readonly diskBytes: number
  /** Standard output and standard error together; what comes later ends the command. */
  readonly outputBytes: number
  readonly wallMs: number
}

/** A host path that is shown at `target` inside. Nothing else of the host can be seen, but the toolchains. */
export interface Mount {
  readonly source: string
  readonly target: string
  readonly writable: boolean
}

export interface Command {
  readonly argv: readonly [string, ...string[]]
  /** Below the workspace, `.` for its root. */
  readonly cwd: string
  /** All of the environment: nothing is inherited. `PATH` and `HOME` are added where absent. */
  readonly env: Readonly<Record<string, string>>
  readonly mounts: readonly Mount[]
  readonly limits: Limits
  /** Only `prepare` ever has the network. */
  readonly network: boolean
}

/** How a command ended. A failing command is an answer, not an exception. */
export type CommandResult = { readonly stdout: string; readonly stderr: string; readonly ms: number } & (
  | { readonly ended: 'exited'; readonly exitCode: number }
  | { readonly ended: 'signalled'; readonly signal: string }
  | { readonly ended: 'limit'; readonly limit: keyof Limits }
  | { readonly ended: 'aborted' }
  | { readonly ended: 'not-started'; readonly reason: string }
)

/** A running command. `result` never rejects, and when it resolves nothing of the command's tree is alive. */
export interface Process {
  readonly stdin: Writable
  /** Raw streams for protocols; what is read here is not collected into the result again. */
  readonly stdout: Readable
  readonly result: Promise<CommandResult>
  kill(): void
}
