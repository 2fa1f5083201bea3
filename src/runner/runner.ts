import type { Record, Trust } from '../evidence/transcript.ts'
import type { GatewaySession } from '../gateway/gateway.ts'
import type { SimulatedUser } from '../simulated-user/simulated-user.ts'
import type { AgentDefinition } from '../variant/agent-definition.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Why the agent stopped. All but `finished` and `asked` are recorded against it; none of them makes a trial void. */
export type Stop =
  | { readonly kind: 'finished' }
  | { readonly kind: 'asked'; readonly questions: readonly string[] }
  | { readonly kind: 'turn-limit'; readonly turns: number }
  | { readonly kind: 'timed-out'; readonly ms: number }
  | { readonly kind: 'budget'; readonly what: 'usd' | 'tokens' }
  | { readonly kind: 'failed'; readonly message: string }

/** What one trial's agent may use up. */
export interface TrialLimits {
  readonly turns: number
  readonly minutes: number
  /** Null: no bound in dollars (only allowed where nothing can cost anything). */
  readonly usd: number | null
}

export interface RunnerInput {
  readonly agent: AgentDefinition
  /** The agent file, byte for byte, for runners that hand it on. Where it is absent they write it again from `agent`. */
  readonly agentFile?: Uint8Array
  /** The model id to ask for, already resolved from the agent's alias. */
  readonly model: string
  /** The body of task.md, word for word. */
  readonly instruction: string
  readonly workspace: Workspace
  readonly gateway: GatewaySession
  readonly limits: TrialLimits
  /** The trial's transcript. Runners on our side of the wall record tool calls and results as `observed`. */
  readonly record: Record
  /** Aborted when the wall clock of the trial has run out (reason `timed-out`) or the user interrupts (reason `interrupted`). */
  readonly signal: AbortSignal
  /** Answers the agent's questions; null where nobody does, and asking ends the trial. */
  readonly user: SimulatedUser | null
  /** Whether the tree is as it was at the start, litter of test runs apart. Takes a snapshot. */
  readonly untouched: () => Promise<boolean>
  /** A private folder on the host for this trial's runner; removed by the caller. */
  readonly scratch: string
}

export interface RunnerOutput {
  readonly stop: Stop
  /** What the agent said last; empty where it said nothing. */
  readonly finalMessage: string
}

/**
 * A thing that runs an agent definition. Contract: never rejects because the model, the agent or its commands failed (those are a `Stop`);
 * a rejection means that the runner itself is broken, and the trial is void. Leaves no process behind. Knows nothing of grading.
 * Infrastructure failures of the model are the gateway's to report: the runner then ends with any `Stop`, and the caller asks the gateway.
 */
export interface Runner {
  readonly name: string
  /** Whether tool results are seen by our own code or told by a process that the agent controls. */
  readonly trust: Trust
  /** True where only our own scripted actions run in the sandbox, so that the weakest rung of the ladder may do. */
  readonly tame: boolean
  /** Bytes that distinguish this runner's set-up (a command, contents of mounts): part of the variant's digest. */
  readonly identity: string
  run(input: RunnerInput): Promise<RunnerOutput>
}
