import { expect, test } from 'vitest'
import type { Upstream, UpstreamReply } from '../../src/gateway/upstream.ts'
import type { RoutingCase } from '../../src/routing/read-cases.ts'
import { type RoutingPlan, routeCases } from '../../src/routing/route-cases.ts'

const cases = ['a', 'b', 'c', 'd'].map((id): RoutingCase => ({ id, label: 'neither', context: '', request: `Do ${id}.`, why: '' }))

function upstreamOf(reply: (id: string) => UpstreamReply): { readonly upstream: Upstream; readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    upstream: {
      name: 'api',
      live: true,
      send: async ({ thread }) => {
        asked.push(thread)
        return reply(thread)
      },
    },
  }
}

const answer = (model: string, input_tokens: number): UpstreamReply => ({
  kind: 'answer',
  message: {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: 'I do it.' }],
    stop_reason: 'end_turn',
    usage: { input_tokens, output_tokens: 0 },
  },
})

const plan = (upstream: Upstream, more: Partial<RoutingPlan> = {}): RoutingPlan => ({
  cases,
  agents: { coder: { name: 'coder', description: 'Builds.' }, architect: 'Designs.' },
  model: 'claude-sonnet-5-5',
  upstream,
  budgetUsd: 0.3,
  prices: {},
  concurrency: 1,
  signal: new AbortController().signal,
  onRouted: () => undefined,
  ...more,
})

test('nothing is sent after the budget is used up', async () => {
  // 100,000 tokens at 2 USD a million.
  const { upstream, asked } = upstreamOf(() => answer('claude-sonnet-5-5', 100_000))
  const run = await routeCases(plan(upstream))
  expect(asked).toEqual(['a', 'b'])
  expect(run).toMatchObject({ notSent: 2, routed: [{ to: 'neither' }, { to: 'neither' }], models: ['claude-sonnet-5-5'] })
  expect(run.usage.usd).toBeCloseTo(0.4, 10)
})

test('a model without a price is bound by tokens', async () => {
  const { upstream, asked } = upstreamOf(() => answer('unheard-of', 1_500_000))
  const run = await routeCases(plan(upstream, { model: 'unheard-of' }))
  expect(asked).toEqual(['a', 'b'])
  expect(run).toMatchObject({ notSent: 2, usage: { usd: null } })
})

test('a failing service is tried again, and what stays unanswered is told', async () => {
  const { upstream, asked } = upstreamOf((id) =>
    id === 'b' ? { kind: 'retry', cause: 'overloaded', message: '529' } : answer('claude-sonnet-5-5', 10),
  )
  const run = await routeCases(plan(upstream, { retry: { attempts: 2, sleep: async () => undefined } }))
  expect(asked).toEqual(['a', 'b', 'b', 'c', 'd'])
  expect(run.routed[1]).toMatchObject({ kind: 'unanswered', cause: 'overloaded', case: { id: 'b' } })
  expect(run.notSent).toBe(0)
})

test('an interruption ends it with what there is', async () => {
  const interrupt = new AbortController()
  const { upstream } = upstreamOf(() => answer('claude-sonnet-5-5', 10))
  const run = await routeCases(plan(upstream, { signal: interrupt.signal, onRouted: () => interrupt.abort() }))
  expect(run).toMatchObject({ routed: [{ case: { id: 'a' } }], notSent: 3 })
})
