import { describe, expect, it } from 'vitest'
import type { Upstream } from '../../src/gateway/upstream.ts'
import { type ApiDoor, type Body, bodyOf, openApiDoor, openDoor, post, text, user } from './door.ts'

const unbounded = { turns: 50, tokens: null, usd: null }
/** One answer of the script costs 120 tokens and, by claude-haiku-4-5, 0.0002 USD. */
const script = () => text('More.')

async function askUntilRefused(door: ApiDoor, body: (n: number) => Body): Promise<readonly number[]> {
  const statuses: number[] = []
  for (let n = 0; n < 6; n += 1) {
    statuses.push((await post(door, body(n))).status)
  }
  return statuses
}

describe.each([
  ['turns', { ...unbounded, turns: 3 }, 3],
  ['tokens', { ...unbounded, tokens: 300 }, 3],
  ['tokens', { ...unbounded, tokens: 240 }, 2],
  ['usd', { ...unbounded, usd: 0.0005 }, 3],
  ['usd', { ...unbounded, usd: 0.0004 }, 2],
] as const)('a bound of %s', (what, bounds, answered) => {
  it(`lets ${answered} requests through: ${JSON.stringify(bounds)}`, async () => {
    await using door = await openApiDoor(script, { bounds })
    const statuses = await askUntilRefused(door, (n) => bodyOf([user(`question ${n}`)]))
    expect(statuses).toEqual([0, 1, 2, 3, 4, 5].map((n) => (n < answered ? 200 : 400)))
    expect(door.api.received.length).toBe(answered)
    expect([door.session.exhausted(), door.session.failure(), door.session.usage().requests]).toEqual([what, null, answered])
    const refused = await post(door, bodyOf([user('again')], { stream: true }))
    expect(refused.headers.get('x-should-retry')).toBe('false')
    expect(await refused.json()).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message: `The trial's bound is reached (${what}): no more requests are answered.` },
    })
    // The request that met the bound is recorded (it brings the last tool results); those after it are not.
    expect(door.events.filter((event) => event.kind === 'request').length).toBe(answered + 1)
    expect(door.hooks()).toBe(answered + 1)
  })
})

it('is not exhausted while nothing was refused', async () => {
  await using door = await openApiDoor(script, { bounds: { ...unbounded, turns: 1 } })
  await post(door, bodyOf([user('one')]))
  expect(door.session.exhausted()).toBeNull()
})

describe('requests that come at once', () => {
  const slow = () => ({ ...script(), delayMs: 150 })
  const burst = (door: ApiDoor) => Promise.all([0, 1, 2, 3, 4, 5].map(async (n) => (await post(door, bodyOf([user(`agent ${n}`)]))).status))

  it('never pass the bound of turns', async () => {
    await using door = await openApiDoor(slow, { bounds: { ...unbounded, turns: 4 } })
    expect((await burst(door)).filter((status) => status === 200).length).toBe(4)
    expect([door.api.received.length, door.session.usage().requests, door.session.exhausted()]).toEqual([4, 4, 'turns'])
  })

  it('pass the bound of tokens by those under way at most', async () => {
    await using door = await openApiDoor(slow, { bounds: { ...unbounded, tokens: 200 } })
    expect((await burst(door)).filter((status) => status === 200).length).toBe(6)
    expect((await post(door, bodyOf([user('late')]))).status).toBe(400)
    expect(door.session.usage().requests).toBe(6)
  })

  it('are answered together, each line of the transcript whole and in its thread', async () => {
    await using door = await openApiDoor(slow)
    const began = performance.now()
    await burst(door)
    expect(performance.now() - began).toBeLessThan(700)
    expect(new Set(door.events.map((event) => event.thread)).size).toBe(6)
    expect(door.session.threads()).toBe(5)
    for (const thread of ['t1', 't2', 't3', 't4', 't5', 't6']) {
      expect(door.events.filter((event) => event.thread === thread).map((event) => event.kind)).toEqual(['request', 'response'])
    }
  })
})

it('counts what failed attempts told of their cost', async () => {
  const flaky = ({ attempt }: { attempt: number }) => (attempt === 1 ? ({ fault: { kind: 'drop-in-body' } } as const) : script())
  await using door = await openApiDoor(flaky, { bounds: { ...unbounded, tokens: 221 } })
  expect((await post(door, bodyOf([user('one')], { stream: true }))).status).toBe(200)
  expect((await post(door, bodyOf([user('two')], { stream: true }))).status).toBe(400)
  expect(door.session.exhausted()).toBe('tokens')
})

describe('a model whose price is not known', () => {
  const unknown = bodyOf([user('hi')], { model: 'claude-of-tomorrow' })

  it('is not asked where only USD are bounded: nothing could stop it', async () => {
    await using door = await openApiDoor(script, { bounds: { ...unbounded, usd: 2 } })
    expect((await post(door, unknown)).status).toBe(400)
    expect(door.api.received).toEqual([])
    expect(door.session.failure()).toMatchInlineSnapshot(`
      {
        "attempts": 0,
        "cause": "unknown-price",
        "message": "The price of claude-of-tomorrow is not known, so the bound of 2 USD cannot be kept: give the price, or bound the tokens.",
        "phase": "model",
      }
    `)
  })

  it('costs null, and is stopped by its tokens', async () => {
    await using door = await openApiDoor(script, { bounds: { turns: 50, usd: 2, tokens: 200 } })
    const statuses = await askUntilRefused(door, (n) => ({ ...unknown, messages: [user(`${n}`)] }))
    expect(statuses.slice(0, 3)).toEqual([200, 200, 400])
    expect([door.session.usage().usd, door.session.exhausted()]).toEqual([null, 'tokens'])
  })

  it('is priced by the user', async () => {
    await using door = await openApiDoor(
      script,
      { bounds: { ...unbounded, usd: 2 } },
      { prices: { 'claude-of-tomorrow': { input: 10, output: 50 } } },
    )
    await post(door, unknown)
    expect(door.session.usage().usd).toBeCloseTo((100 * 10 + 20 * 50) / 1_000_000, 10)
  })

  it('makes the cost null when it answers in place of another', async () => {
    await using door = await openApiDoor(() => ({ ...script(), model: 'claude-of-tomorrow' }))
    await post(door, bodyOf([user('hi')]))
    expect([door.session.usage().usd, door.session.models()]).toEqual([null, ['claude-of-tomorrow']])
  })
})

describe('after it gave up', () => {
  it('answers no more: the trial is void, and each request would cost', async () => {
    await using door = await openApiDoor((_, index) => (index === 0 ? { fault: { kind: 'status', status: 529 } } : script()))
    expect((await post(door, bodyOf([user('one')]))).status).toBe(529)
    const asked = door.api.received.length
    expect((await post(door, bodyOf([user('two')]))).status).toBe(529)
    expect([asked, door.api.received.length, door.session.failure()?.cause]).toEqual([3, 3, 'overloaded'])
  })

  it('but a prompt that the API refused may be shortened', async () => {
    const tooLong = (request: { body: Body }) =>
      JSON.stringify(request.body.messages).length > 200
        ? ({ fault: { kind: 'status', status: 400, message: 'prompt is too long' } } as const)
        : script()
    await using door = await openApiDoor(tooLong)
    const refused = await post(door, bodyOf([user('x'.repeat(300))]))
    expect(await refused.text()).toContain('prompt is too long')
    expect(door.session.failure()?.cause).toBe('bad-request')
    expect((await post(door, bodyOf([user('short')]))).status).toBe(200)
    expect(door.session.failure()).toBeNull()
  })
})

it('costs nothing where nothing is live', async () => {
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'claude-opus-4-5',
    content: [],
    stop_reason: 'end_turn',
    usage: { input_tokens: 9, output_tokens: 1 },
  } as const
  const upstream: Upstream = { name: 'replay', live: false, send: async () => ({ kind: 'answer', message }) }
  await using door = await openDoor(upstream, { bounds: { ...unbounded, usd: 0 } })
  expect((await post(door, bodyOf([user('hi')]))).status).toBe(200)
  expect(door.session.usage()).toEqual({ input: 9, output: 1, cacheRead: 0, cacheWrite: 0, requests: 1, usd: 0 })
})
