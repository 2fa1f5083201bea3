import pLimit from 'p-limit'
import type { Usage } from '../evidence/transcript.ts'
import { addUsage, listPrices, noUsage, type Prices, usageOf } from '../gateway/prices.ts'
import { ask, defaultRetry, type Outcome, type RetryPolicy } from '../gateway/retry.ts'
import type { Upstream } from '../gateway/upstream.ts'
import { type Agents, delegationRequest, routeOf } from './delegation.ts'
import type { Route, RoutingCase } from './read-cases.ts'

/** What became of one case. `unanswered`: the model's service failed, or refused; it counts neither for nor against the description. */
type Routed = { readonly case: RoutingCase } & (
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
  /** USD; kept where the price of the model is known. */
  readonly budgetUsd: number
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
  const prices = { ...listPrices, ...plan.prices }
  const models = new Set<string>()
  let usage = noUsage
  const limit = pLimit(plan.concurrency)
  let done = 0
  const one = async (routed: RoutingCase): Promise<Routed | null> => {
    if (signal.aborted || isUsedUp(usage, plan.budgetUsd)) {
      return null
    }
    const outcome = await ask(upstream, delegationRequest(routed, plan.agents, plan.model), { ...defaultRetry, ...plan.retry }, signal)
    usage = costsOf(outcome).reduce((sum, spent) => addUsage(sum, { ...usageOf(spent, prices), requests: 1 }), usage)
    if (outcome.kind === 'aborted') {
      return null
    }
    if (outcome.kind === 'answer') {
      models.add(outcome.message.model)
    }
    const end = outcome.kind === 'answer' ? judged(routed, routeOf(outcome.message)) : unanswered(routed, outcome.failure)
    done += 1
    plan.onRouted(end, done)
    return end
  }
  const ends = await Promise.all(cases.map((routed) => limit(() => one(routed))))
  const routed = ends.filter((end) => end !== null)
  return { routed, notSent: cases.length - routed.length, usage, models: [...models] }
}

function costsOf(outcome: Outcome) {
  return outcome.kind === 'answer' ? [...outcome.wasted, outcome.message] : outcome.wasted
}

function isUsedUp({ usd, input, output, cacheRead, cacheWrite }: Usage, budgetUsd: number): boolean {
  return (usd !== null && usd >= budgetUsd) || input + output + cacheRead + cacheWrite >= MOST_TOKENS
}

function judged(routed: RoutingCase, to: Route | null): Routed {
  return to === null
    ? unanswered(routed, { cause: 'refusal', message: 'the model refused to answer' })
    : { kind: 'routed', case: routed, to }
}

function unanswered(routed: RoutingCase, { cause, message }: { readonly cause: string; readonly message: string }): Routed {
  return { kind: 'unanswered', case: routed, cause, message }
}
