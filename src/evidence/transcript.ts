/** `observed`: our own process saw it. `claimed`: the runner, which is inside the sandbox with the agent, says so. */
export type Trust = 'observed' | 'claimed'

/** Tokens and money of model exchanges. `usd` is null where the price of a model is unknown, never 0. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly requests: number
  readonly usd: number | null
}

/** What happened, without its place in the file; the writer adds `seq` and `at` (milliseconds since the trial began). */
export type TranscriptEvent = { readonly thread: string; readonly trust: Trust } & (
  | {
      readonly kind: 'request'
      readonly model: string
      /** sha256 of the system prompt as sent, and of the tool definitions as sent. */
      readonly system: string
      readonly tools: string
      /** Only the messages that this thread had not sent before. */
      readonly messages: readonly unknown[]
      /** How many answers the history of this request holds; a repeated request has the same position again. */
      readonly position?: number
    }
  | {
      readonly kind: 'response'
      readonly attempts: number
      readonly message: unknown
      /** Of the answer and of the failed attempts before it. */
      readonly usage: Usage
      /** The position of the request that it answers. */
      readonly position?: number
    }
  | { readonly kind: 'tool-call'; readonly id: string; readonly name: string; readonly input: unknown }
  | {
      readonly kind: 'tool-result'
      readonly id: string
      readonly name: string
      readonly text: string
      readonly isError: boolean
      readonly ms: number
    }
  | { readonly kind: 'snapshot'; readonly snapshot: number; readonly tree: string; readonly changed: readonly string[] }
  | {
      readonly kind: 'question'
      readonly text: string
      readonly options: readonly string[]
      /** What was said beside it, where it is part of a message. */
      readonly context?: string
    }
  | {
      readonly kind: 'answer'
      readonly text: string
      /** What the user gave away: the open question, as the reading that was drawn has it. Absent where it gave nothing. */
      readonly settles?: { readonly ambiguity: string; readonly reading: string }
    }
  | { readonly kind: 'end'; readonly stop: string; readonly message: string }
)

export type TranscriptLine = TranscriptEvent & { readonly seq: number; readonly at: number }

/** Takes one event; the line is on disk (not yet synced) when it returns. */
export type Record = (event: TranscriptEvent) => void
