import type { Record, Usage } from '../evidence/transcript.ts'
import type { Upstream } from './upstream.ts'

/** Why the gateway gave up on the model: infrastructure, never held against the agent. */
export interface GatewayFailure {
  readonly phase: 'model'
  /** A stable word: `rate-limited`, `overloaded`, `server-error`, `unauthorised`, `bad-request`, `connection`, `timeout`, `malformed`, `replay-miss`, `unknown-price`. */
  readonly cause: string
  readonly message: string
  readonly attempts: number
}

/** Which bound of the trial was reached: the gateway answers nothing more after it. */
export type Exhausted = 'turns' | 'tokens' | 'usd'

/** Looked at before a request is sent on, so requests under way may pass `tokens` and `usd`; `turns` is never passed. */
export interface GatewayBounds {
  /** Answered requests, of all threads. */
  readonly turns: number
  /** Tokens in, out, read from and written to the cache, failed attempts included. */
  readonly tokens: number | null
  /** Kept only where prices are known; a model without a price needs `tokens`, or is not asked. Upstreams that are not live cost nothing. */
  readonly usd: number | null
}

export interface GatewayPlan {
  readonly upstream: Upstream
  readonly bounds: GatewayBounds
  readonly record: Record
  /** Where set, tool calls and results are read from the traffic and recorded as `claimed` (runners inside the sandbox). */
  readonly toolEvents: 'claimed' | 'none'
  /** Called and awaited, one at a time, whenever a model request arrives and before it is answered: the snapshot hook. */
  readonly onRequest: () => Promise<void>
  /** A private folder for the unix socket. Keep it short: a socket path has 107 bytes at most. */
  readonly socketFolder: string
}

/** One trial's door to the model. Closing it ends all connections and answers nothing more. */
export interface GatewaySession extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`: for runners on our side of the wall. Answers only to `key`. */
  readonly baseUrl: string
  /** A unix socket with the same door, to be mounted into a sandbox. */
  readonly socketPath: string
  /** The dummy key of this trial; the real one never leaves the gateway. */
  readonly key: string
  usage(): Usage
  /** Final but for `bad-request`: a client may shorten a prompt that the API refused, and its next answer clears that. */
  failure(): GatewayFailure | null
  exhausted(): Exhausted | null
  /** Every model id that answered, as told by the API. */
  models(): readonly string[]
  /** Whether a request arrived whose system prompt contains `text`: the proof that the agent's body reached the model. */
  sawSystem(text: string): boolean
  /** Requests that opened another thread than the first. */
  threads(): number
}
