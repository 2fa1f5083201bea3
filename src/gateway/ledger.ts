import type { Usage } from '../evidence/transcript.ts'
import { type ApiError, apiError } from './api-error.ts'
import type { Exhausted, GatewayBounds, GatewayFailure } from './gateway.ts'
import { addUsage, noUsage, type Prices, priceOf, usageOf } from './prices.ts'
import type { Outcome } from './retry.ts'
import type { Spent } from './upstream.ts'

/** What a trial has used, and whether it may use more. */
export interface Ledger {
  /** Null, or what every client is told from now on. */
  closed(): ApiError | null
  /** Null where a request for `model` may be sent, and then one place among the turns is taken; else what the client is told. */
  admit(model: string): ApiError | null
  /** Frees the place and books the outcome; answers what this request used, failed attempts included. */
  settle(outcome: Outcome): Usage
  usage(): Usage
  failure(): GatewayFailure | null
  exhausted(): Exhausted | null
  models(): readonly string[]
}

/**
 * A fresh ledger. Turns are answered requests and those under way; tokens are all tokens, cached ones too. What is not live costs nothing.
 * Where a price is unknown, a bound in USD needs one in tokens beside it: else nothing is sent.
 * A refusal of one request (`bad-request`) is forgotten when a later request is answered: clients shorten a prompt that was too long.
 */
export function openLedger(bounds: GatewayBounds, live: boolean, prices: Prices): Ledger {
  const models = new Set<string>()
  let usage = noUsage
  let underWay = 0
  let failure: { readonly what: GatewayFailure; readonly status: number } | null = null
  let exhausted: Exhausted | null = null

  function costOf(spent: Spent, requests: number): Usage {
    const cost = { ...usageOf(spent, prices), requests }
    return live ? cost : { ...cost, usd: 0 }
  }

  function reached(): Exhausted | null {
    if (exhausted !== null) {
      return exhausted
    }
    if (usage.requests + underWay >= bounds.turns) {
      return 'turns'
    }
    if (bounds.tokens !== null && usage.input + usage.output + usage.cacheRead + usage.cacheWrite >= bounds.tokens) {
      return 'tokens'
    }
    return bounds.usd !== null && usage.usd !== null && live && usage.usd >= bounds.usd ? 'usd' : null
  }

  function unpriced(model: string): GatewayFailure | null {
    if (!live || bounds.usd === null || bounds.tokens !== null || (usage.usd !== null && priceOf(model, prices) !== null)) {
      return null
    }
    const name = usage.usd === null ? [...models].join(', ') : model
    const message = `The price of ${name} is not known, so the bound of ${bounds.usd} USD cannot be kept: give the price, or bound the tokens.`
    return { phase: 'model', cause: 'unknown-price', message, attempts: 0 }
  }

  function final(): boolean {
    return failure !== null && failure.what.cause !== 'bad-request'
  }

  function closed(): ApiError | null {
    if (failure !== null && final()) {
      return apiError(failure.status, failure.what.message)
    }
    return exhausted === null ? null : apiError(400, `The trial's bound is reached (${exhausted}): no more requests are answered.`)
  }

  return {
    closed,
    admit(model) {
      exhausted = reached()
      const over = closed()
      if (over !== null) {
        return over
      }
      const unknown = unpriced(model)
      if (unknown !== null) {
        failure = { what: unknown, status: 400 }
        return apiError(400, unknown.message)
      }
      underWay += 1
      return null
    },
    settle(outcome) {
      underWay -= 1
      const wasted = outcome.wasted.map((spent) => costOf(spent, 0))
      const answered = outcome.kind === 'answer' ? [costOf(outcome.message, 1)] : []
      const used = [...wasted, ...answered].reduce(addUsage, noUsage)
      usage = addUsage(usage, used)
      if (outcome.kind === 'answer') {
        models.add(outcome.message.model)
        failure = final() ? failure : null
      }
      if (outcome.kind === 'gave-up') {
        failure = final() ? failure : { what: outcome.failure, status: outcome.status }
      }
      return used
    },
    usage: () => usage,
    failure: () => failure?.what ?? null,
    exhausted: () => exhausted,
    models: () => [...models],
  }
}
