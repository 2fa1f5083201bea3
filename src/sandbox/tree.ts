import type { Limits } from './sandbox.ts'

/** The processes that one command became: who they are, what they use up together, and how to end them all. */
export interface Tree {
  /** How often `breached` is to be asked, in milliseconds. */
  readonly watchEveryMs: number
  /** Told once, when the first process exists. */
  started(pid: number): void
  /** Which limit the tree has reached. */
  breached(): keyof Limits | null
  /** Kills all of it with SIGKILL. Resolves when nothing of it is alive. Safe to call twice. */
  end(): Promise<void>
  /** Lets go of what the host keeps for the tree (groups, folders), after `end`. */
  close(): Promise<void>
}
