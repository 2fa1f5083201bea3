import pLimit from 'p-limit'
import type { Usage } from '../evidence/transcript.ts'
import { openLedger } from '../gateway/ledger.ts'
import { listPrices, type Prices } from '../gateway/prices.ts'
import { ask, defaultRetry, type RetryPolicy } from '../gateway/retry.ts'
import type { Upstream } from '../gateway/upstream.ts'
import { type Agents, delegationRequest, routeOf } from './delegation.ts'
import type { Route, RoutingCase } from './read-cases.ts'

/** What became of one case. `unanswered`: the model's service failed, or refused; it counts neither for nor against the description. */
export type Routed = { readonly case: RoutingCase } & (
  | { readonly kind: 'routed'; readonly to: Route }
  | { readonly kind: 'unanswered'; readonly cause: string; readonly message: string }
)

export interface RoutingRun {
  readonly routed: readonly Routed[]
  /** Cases that were not sent: the budget was used up, or the run interrupted. */
  readonly notSent: number
  readonly usage: Usage
  readonly models: readonly string[]
}

export interface RoutingPlan {
  readonly cases: readonly RoutingCase[]
  readonly agents: Agents
  readonly model: string
  readonly upstream: Upstream
  /** Null: no bound, which only an upstream that costs nothing may have. */
  readonly budgetUsd: number | null
  readonly prices: Prices
  readonly concurrency: number
  readonly signal: AbortSignal
  readonly onRouted: (routed: Routed, done: number) => void
  readonly retry?: Partial<RetryPolicy>
}

/** More tokens than all cases together can need: ends what dollars cannot bound, where the price of a model is unknown. */
const MOST_TOKENS = 2_000_000

/** Sends one request a case, keeps the books, and stops sending at the budget. Rejects on our own bugs only. */
export async function routeCases(plan: RoutingPlan): Promise<RoutingRun> {
  const { cases, upstream, signal } = plan
  const bounds = { turns: cases.length, tokens: MOST_TOKENS, usd: plan.budgetUsd }
  const ledger = openLedger(bounds, upstream.live, { ...listPrices, ...plan.prices })
  const limit = pLimit(plan.concurrency)
  let done = 0
  const one = async (routed: RoutingCase): Promise<Routed | null> => {
    if (signal.aborted || ledger.admit(plan.model) !== null) {
      return null
    }
    const outcome = await ask(upstream, delegationRequest(routed, plan.agents, plan.model), { ...defaultRetry, ...plan.retry }, signal)
    ledger.settle(outcome)
    if (outcome.kind === 'aborted') {
      return null
    }
    const end = outcome.kind === 'answer' ? judged(routed, routeOf(outcome.message)) : unanswered(routed, outcome.failure)
    done += 1
    plan.onRouted(end, done)
    return end
  }
  const ends = await Promise.all(cases.map((routed) => limit(() => one(routed))))
  const routed = ends.filter((end) => end !== null)
  return { routed, notSent: cases.length - routed.length, usage: ledger.usage(), models: ledger.models() }
}

function judged(routed: RoutingCase, to: Route | null): Routed {
  return to === null
    ? unanswered(routed, { cause: 'refusal', message: 'the model refused to answer' })
    : { kind: 'routed', case: routed, to }
}

function unanswered(routed: RoutingCase, { cause, message }: { readonly cause: string; readonly message: string }): Routed {
  return { kind: 'unanswered', case: routed, cause, message }
}
