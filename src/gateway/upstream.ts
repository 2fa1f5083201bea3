/** A Messages API request as it arrived, headers of the client dropped but for `anthropic-beta` and `anthropic-version`. */
export interface ModelRequest {
  readonly body: {
    readonly model: string
    readonly system?: unknown
    readonly tools?: readonly unknown[]
    readonly messages: readonly { readonly role: string; readonly content: unknown }[]
    readonly stream?: boolean
    readonly max_tokens?: number
    readonly [key: string]: unknown
  }
  readonly path: string
  readonly beta: string | undefined
  readonly version: string | undefined
  /** Which thread of the trial, and how many answers that thread had before. */
  readonly thread: string
  readonly position: number
  /** Which header the client's key came in; a real key is sent on in the same one. Absent: `x-api-key`. */
  readonly auth?: 'bearer' | 'x-api-key'
}

/**
 * One attempt's result. `answer` is complete and checked: the gateway buffers, so no half answer is ever an answer.
 * `wire`: the body as the server sent it, where it has the form that the request asked for (`stream`); absent, the gateway writes one.
 * `retry` may be tried again (after `afterMs` where the server said so); `refused` may not. `spent`: of an attempt that failed, where it told.
 */
export type UpstreamReply =
  | { readonly kind: 'answer'; readonly message: AnswerMessage; readonly wire?: Buffer }
  | { readonly kind: 'retry'; readonly cause: string; readonly message: string; readonly afterMs?: number; readonly spent?: Spent }
  | { readonly kind: 'refused'; readonly cause: string; readonly message: string; readonly status: number; readonly spent?: Spent }

/** The parts of a Messages API answer that Assay reads. */
export interface AnswerMessage {
  readonly id: string
  readonly type: 'message'
  readonly role: 'assistant'
  readonly model: string
  readonly content: readonly { readonly type: string; readonly [key: string]: unknown }[]
  readonly stop_reason: string | null
  readonly stop_sequence?: string | null
  readonly usage: {
    readonly input_tokens: number
    readonly output_tokens: number
    readonly cache_read_input_tokens?: number | null
    readonly cache_creation_input_tokens?: number | null
  }
  readonly [key: string]: unknown
}

/** What an answer that broke off had told of its cost. */
export type Spent = Pick<AnswerMessage, 'model' | 'usage'>

/** Where answers come from. Contract: never rejects, except on our own bugs; stops at once when `signal` aborts. */
export interface Upstream {
  readonly name: 'api' | 'reference' | 'replay'
  /** Whether answers cost money and time: decides retries, budgets and default trials. */
  readonly live: boolean
  send(request: ModelRequest, signal: AbortSignal): Promise<UpstreamReply>
  /** Answers `POST /v1/messages/count_tokens`. Absent: the gateway estimates. */
  countTokens?(request: ModelRequest, signal: AbortSignal): Promise<CountReply>
}

/** `tokens`: the input tokens that the request would cost. */
type CountReply =
  | { readonly kind: 'count'; readonly tokens: number }
  | { readonly kind: 'refused'; readonly cause: string; readonly message: string; readonly status: number }
