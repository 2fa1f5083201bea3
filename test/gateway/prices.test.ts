import { expect, it } from 'vitest'
import { addUsage, costOfSession, listPrices, noUsage, parsePrice, priceOf, usageOf } from '../../src/gateway/prices.ts'

it.each([
  ['claude-haiku-4-5', { input: 1, output: 5 }],
  ['claude-haiku-4-5-20251001', { input: 1, output: 5 }],
  ['claude-sonnet-4-5-20250929', { input: 3, output: 15 }],
  ['claude-opus-4-5', { input: 5, output: 25 }],
  ['claude-opus-4-1-20250805', { input: 15, output: 75 }],
  ['claude-sonnet-5-5', { input: 2, output: 10 }],
  ['claude-opus-5-5', { input: 4, output: 20, read: 0.2 }],
  ['assay-reference', { input: 0, output: 0 }],
  ['claude-sonnet-6', null],
  ['claude-sonnet-4-55', null],
  ['constructor', null],
  ['', null],
])('the price of %s', (model, price) => {
  expect(price === null ? priceOf(model) : { ...priceOf(model), above: undefined }).toEqual(price)
})

const million = 1_000_000

it.each([
  ['input and output', { input_tokens: 1000, output_tokens: 200 }, 0.003 + 0.003],
  ['cache read at a tenth', { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 100_000 }, 0.03],
  ['cache written for 5 minutes', { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 1000 }, 0.00375],
  [
    'cache written for an hour and for 5 minutes',
    {
      input_tokens: 0,
      output_tokens: 0,
      cache_creation_input_tokens: 1000,
      cache_creation: { ephemeral_1h_input_tokens: 400, ephemeral_5m_input_tokens: 600 },
    },
    (600 * 1.25 * 3 + 400 * 2 * 3) / million,
  ],
  ['nulls', { input_tokens: 10, output_tokens: 0, cache_read_input_tokens: null, cache_creation_input_tokens: null }, 30 / million],
  ['a long context, whose price is another', { input_tokens: 200_001, output_tokens: 1 }, null],
])('the cost of %s', (_name, usage, usd) => {
  const cost = usageOf({ model: 'claude-sonnet-4-5', usage }).usd
  expect(cost === null || usd === null ? cost : cost - usd).toSatisfy((rest) =>
    usd === null ? rest === null : Math.abs(Number(rest)) < 1e-12,
  )
})

it.each([
  ['claude-opus-5-5', { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 300_000 }, 0.06],
  ['claude-sonnet-5-5', { input_tokens: 300_000, output_tokens: 0 }, 0.6],
  ['claude-haiku-5-5', { input_tokens: 100_000, output_tokens: 1000 }, 0.0105],
  ['claude-haiku-5-5', { input_tokens: 100_001, output_tokens: 1000 }, 0.0525005],
])('the cost of %s with %o', (model, usage, usd) => {
  expect(usageOf({ model, usage }).usd).toBeCloseTo(usd, 10)
})

it('knows no price for what it does not list, but the user may', () => {
  const answer = { model: 'gateway/new-model:1', usage: { input_tokens: 300_000, output_tokens: 0 } }
  expect(usageOf(answer).usd).toBeNull()
  expect(usageOf(answer, { ...listPrices, 'gateway/new-model:1': { input: 2, output: 4 } }).usd).toBeCloseTo(0.6, 10)
})

it('adds up, and is unknown as soon as one part is', () => {
  const one = usageOf({
    model: 'claude-haiku-4-5',
    usage: { input_tokens: 1, output_tokens: 2, cache_read_input_tokens: 3, cache_creation_input_tokens: 4 },
  })
  expect(addUsage(addUsage(noUsage, one), one)).toMatchObject({ input: 2, output: 4, cacheRead: 6, cacheWrite: 8, requests: 2 })
  expect(addUsage(one, { ...one, usd: null }).usd).toBeNull()
})

it.each([
  ['claude-x=3,15', { model: 'claude-x', price: { input: 3, output: 15 } }],
  [' a/b:c@1=0.25,1.5 ', { model: 'a/b:c@1', price: { input: 0.25, output: 1.5 } }],
  ['claude-x=3', null],
  ['claude-x=3;15', null],
  ['claude-x=-3,15', null],
  ['=3,15', null],
  ['claude-x=3,15,20', null],
  ['', null],
])('reads the price “%s”', (written, expected) => {
  expect(parsePrice(written)).toEqual(expected ?? { error: expect.stringContaining('MODEL=INPUT,OUTPUT') })
})

it.each([
  [
    'one request, written to the cache',
    { input: 2, output: 10 },
    { input: 8000, output: 100, context: 8000 },
    (8000 * 2.5 + 100 * 10) / million,
  ],
  [
    'what was sent before is read',
    { input: 2, output: 10 },
    { input: 50_000, output: 0, context: 10_000 },
    (10_000 * 2.5 + 40_000 * 0.2) / million,
  ],
  [
    'a reading price of its own',
    { input: 4, output: 20, read: 0.1 },
    { input: 3000, output: 0, context: 1000 },
    (1000 * 5 + 2000 * 0.1) / million,
  ],
  ['longer than the price holds', { input: 1, output: 1, above: { tokens: 9, price: null } }, { input: 10, output: 0, context: 10 }, null],
  [
    'short requests, however many',
    { input: 1, output: 1, above: { tokens: 9, price: null } },
    { input: 90, output: 0, context: 9 },
    19.35 / million,
  ],
])('what a session costs: %s', (_, price, session, usd) => {
  const cost = costOfSession(price, session)
  expect(cost === null || usd === null ? cost === usd : Math.abs(cost - usd) < 1e-12, String(cost)).toBe(true)
})
