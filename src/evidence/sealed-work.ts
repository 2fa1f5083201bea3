import type { Stop } from '../runner/runner.ts'
import type { Change, Snapshot } from './change.ts'
import type { Usage } from './transcript.ts'

/**
 * All that is kept of the agent's part of a trial (`agent.json`). It is written last, after the transcript and the objects are on disk:
 * where it exists the agent is paid for and done, and only suites and grading are left.
 */
export interface SealedWork {
  readonly schema: 1
  readonly stop: Stop
  /** Digests of the final message and of transcript.jsonl. */
  readonly finalMessage: string
  readonly transcript: string
  /** Where commands of the agent saw the workspace. */
  readonly root?: string
  readonly usage: Usage
  /** Model ids as answered by the API. */
  readonly models: readonly string[]
  readonly threads: number
  readonly changes: readonly Change[]
  readonly snapshots: readonly Snapshot[]
  /** Wall-clock seconds of the agent's part. */
  readonly seconds: number
}

/** The agent's part ended in a way that says nothing about the agent. */
export interface VoidWork {
  readonly phase: 'workspace' | 'agent' | 'model'
  readonly cause: string
  readonly message: string
  readonly usage: Usage
  readonly models: readonly string[]
}
