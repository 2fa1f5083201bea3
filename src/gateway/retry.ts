import { setTimeout as wait } from 'node:timers/promises'
import { statusOf } from './api-error.ts'
import type { GatewayFailure } from './gateway.ts'
import type { AnswerMessage, ModelRequest, Spent, Upstream, UpstreamReply } from './upstream.ts'

/** How often and how patiently an upstream is asked again. Times in milliseconds. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number
  /** The n-th wait is drawn evenly from 0 to `base` · 2ⁿ (n from 0), never above `cap` (full jitter). */
  readonly baseMs: number
  readonly capMs: number
  /** A server's `retry-after` is obeyed, up to this. */
  readonly afterCapMs: number
  /** All attempts and waits together. */
  readonly totalMs: number
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number
  /** Rejects or resolves at once when `signal` aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Patient enough for a minute of overload; a trial is dearer than the wait. */
export const defaultRetry: RetryPolicy = {
  attempts: 5,
  baseMs: 1_000,
  capMs: 30_000,
  afterCapMs: 120_000,
  totalMs: 1_800_000,
  random: Math.random,
  sleep: (ms, signal) => wait(ms, undefined, { signal }).then(undefined, () => undefined),
}

/** How asking ended. `wasted`: what failed attempts told of their cost; `status`: what the client is told. */
export type Outcome = { readonly wasted: readonly Spent[] } & (
  | { readonly kind: 'answer'; readonly message: AnswerMessage; readonly wire?: Buffer; readonly attempts: number }
  | { readonly kind: 'gave-up'; readonly failure: GatewayFailure; readonly status: number }
  | { readonly kind: 'aborted' }
)

type Fault = Exclude<UpstreamReply, { readonly kind: 'answer' }>

/** Asks until there is an answer, a refusal, no attempt or no time left, or the client has gone (`signal`). */
export async function ask(upstream: Upstream, request: ModelRequest, policy: RetryPolicy, signal: AbortSignal): Promise<Outcome> {
  const wasted: Spent[] = []
  const deadline = AbortSignal.timeout(policy.totalMs)
  const either = AbortSignal.any([signal, deadline])
  const until = performance.now() + policy.totalMs
  const most = upstream.live ? policy.attempts : 1

  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const reply = await upstream.send(request, either)
    if (reply.kind === 'answer') {
      return { ...reply, attempts: attempt, wasted }
    }
    wasted.push(...(reply.spent === undefined ? [] : [reply.spent]))
    const ms = attempt < most && !deadline.aborted ? pause(reply, attempt, policy) : null
    if (ms === null || performance.now() + ms > until) {
      return signal.aborted ? { kind: 'aborted', wasted } : { ...givenUp(reply, attempt), wasted }
    }
    await policy.sleep(ms, either)
  }
  return { kind: 'aborted', wasted }
}

/** Milliseconds to wait before the next attempt; null where there must be none. */
function pause(fault: Fault, attempt: number, policy: RetryPolicy): number | null {
  if (fault.kind === 'refused') {
    return null
  }
  if (fault.afterMs !== undefined) {
    return Math.min(fault.afterMs, policy.afterCapMs)
  }
  return policy.random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1))
}

function givenUp(fault: Fault, attempts: number): { readonly kind: 'gave-up'; readonly failure: GatewayFailure; readonly status: number } {
  const { cause, message } = fault
  const status = fault.kind === 'refused' ? fault.status : statusOf(cause)
  return { kind: 'gave-up', failure: { phase: 'model', cause, message, attempts }, status }
}
