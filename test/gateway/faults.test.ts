import { describe, expect, it } from 'vitest'
import type { ScriptedTurn } from '../../src/gateway/scripted-api.ts'
import type { Fault } from '../../src/gateway/scripted-faults.ts'
import { bodyOf, openApiDoor, post, realKey, text, user } from './door.ts'

interface Row {
  readonly fault: Fault
  readonly cause: string
  /** What the client is told when the fault stays; for faults that come once, all are recovered but where `once` says otherwise. */
  readonly status: number
  readonly retried: boolean
  /** The output tokens that a failed attempt had told, beside 100 input tokens, in JSON and in SSE. */
  readonly told?: readonly [json: number | null, sse: number]
}

const status = (code: number, headers: Record<string, string> = {}): Fault => ({ kind: 'status', status: code, headers })

const rows: readonly (readonly [string, Row])[] = [
  ['429', { fault: status(429), cause: 'rate-limited', status: 429, retried: true }],
  ['500', { fault: status(500), cause: 'server-error', status: 500, retried: true }],
  ['502', { fault: status(502), cause: 'server-error', status: 500, retried: true }],
  ['503', { fault: status(503), cause: 'server-error', status: 500, retried: true }],
  ['504', { fault: status(504), cause: 'timeout', status: 504, retried: true }],
  ['529', { fault: status(529), cause: 'overloaded', status: 529, retried: true }],
  [
    '500 that must not be retried',
    { fault: status(500, { 'x-should-retry': 'false' }), cause: 'server-error', status: 500, retried: false },
  ],
  ['400 that may be retried', { fault: status(400, { 'x-should-retry': 'true' }), cause: 'bad-request', status: 400, retried: true }],
  ['400', { fault: status(400), cause: 'bad-request', status: 400, retried: false }],
  ['401', { fault: status(401), cause: 'unauthorised', status: 401, retried: false }],
  ['403', { fault: status(403), cause: 'unauthorised', status: 403, retried: false }],
  ['404', { fault: status(404), cause: 'bad-request', status: 404, retried: false }],
  ['413', { fault: status(413), cause: 'bad-request', status: 413, retried: false }],
  ['redirect', { fault: status(307, { location: 'http://127.0.0.1:9/' }), cause: 'bad-request', status: 502, retried: false }],
  ['HTML 500', { fault: { kind: 'html', status: 500 }, cause: 'server-error', status: 500, retried: true }],
  ['drop before headers', { fault: { kind: 'drop-before-headers' }, cause: 'connection', status: 502, retried: true }],
  ['drop in the body', { fault: { kind: 'drop-in-body' }, cause: 'connection', status: 502, retried: true, told: [null, 1] }],
  ['bad JSON', { fault: { kind: 'bad-json' }, cause: 'malformed', status: 502, retried: true, told: [null, 1] }],
  [
    'truncated JSON, early end of a stream',
    { fault: { kind: 'early-end' }, cause: 'malformed', status: 502, retried: true, told: [null, 1] },
  ],
  ['bad tool input', { fault: { kind: 'bad-tool-json' }, cause: 'malformed', status: 502, retried: true, told: [20, 20] }],
  ['hang before headers', { fault: { kind: 'hang-before-headers' }, cause: 'timeout', status: 504, retried: true }],
  ['hang after headers', { fault: { kind: 'hang-after-headers' }, cause: 'timeout', status: 504, retried: true, told: [null, 1] }],
]

const streamRows: readonly (readonly [string, Row])[] = [
  [
    'overloaded event',
    { fault: { kind: 'error-event', type: 'overloaded_error' }, cause: 'overloaded', status: 529, retried: true, told: [null, 1] },
  ],
  [
    'api_error event',
    { fault: { kind: 'error-event', type: 'api_error' }, cause: 'server-error', status: 500, retried: true, told: [null, 1] },
  ],
  [
    'invalid_request event',
    { fault: { kind: 'error-event', type: 'invalid_request_error' }, cause: 'bad-request', status: 400, retried: false, told: [null, 1] },
  ],
]

function wastedBy(row: Row, stream: boolean) {
  const output = row.told?.[stream ? 1 : 0] ?? null
  return output === null ? { tokens: 0, usd: 0 } : { tokens: 100 + output, usd: (100 * 1 + output * 5) / 1_000_000 }
}

const answerCost = (100 * 1 + 20 * 5) / 1_000_000

/** Short only where all attempts hang: a sound answer must have the time to come on a busy machine. */
function patience(fault: Fault, times: number) {
  if (!fault.kind.startsWith('hang')) {
    return {}
  }
  return times === 1 ? { attemptTimeoutMs: 600, idleTimeoutMs: 500 } : { attemptTimeoutMs: 120, idleTimeoutMs: 60 }
}

async function send(row: Row, stream: boolean, times: number) {
  const script = ({ attempt }: { attempt: number }): ScriptedTurn => (attempt <= times ? { fault: row.fault } : text('Done.'))
  await using door = await openApiDoor(script, {}, {}, patience(row.fault, times))
  const response = await post(door, bodyOf([user('go')], { stream }))
  const answer = await response.text()
  const { session, api, events } = door
  return { response, answer, received: api.received.length, failure: session.failure(), usage: session.usage(), events, session }
}

describe.each([
  ['JSON', false, rows],
  ['SSE', true, [...rows, ...streamRows]],
] as const)('asked for %s', (_, stream, table) => {
  it.each(table.filter(([, row]) => row.retried))('recovers from one: %s', async (_name, row) => {
    const got = await send(row, stream, 1)
    const wasted = wastedBy(row, stream)

    expect(got.response.status).toBe(200)
    expect(got.answer).toContain('Done.')
    expect(got.received).toBe(2)
    expect(got.failure).toBeNull()
    expect(got.usage).toMatchObject({ requests: 1, cacheRead: 0, cacheWrite: 0 })
    expect(got.usage.input + got.usage.output).toBe(120 + wasted.tokens)
    expect(got.usage.usd).toBeCloseTo(answerCost + wasted.usd, 10)
    expect(got.events.at(-1)).toMatchObject({ kind: 'response', attempts: 2, usage: got.usage })
  })

  it.each(table)('gives up: %s', async (_name, row) => {
    const got = await send(row, stream, 99)
    const attempts = row.retried ? 3 : 1
    const wasted = attempts * wastedBy(row, stream).tokens

    expect(got.received).toBe(attempts)
    expect(got.failure).toMatchObject({ phase: 'model', cause: row.cause, attempts })
    expect(got.response.status).toBe(row.status)
    expect(got.response.headers.get('x-should-retry')).toBe('false')
    expect(JSON.parse(got.answer)).toMatchObject({ type: 'error', error: { message: got.failure?.message } })
    expect(got.usage.input + got.usage.output).toBe(wasted)
    expect(got.usage.requests).toBe(0)
    expect(got.events.map((event) => event.kind)).toEqual(['request'])
  })
})

it('tells each failure in one line', async () => {
  const lines: string[] = []
  for (const [name, row] of [...rows, ...streamRows]) {
    const { failure } = await send(row, true, 99)
    lines.push(`${name} → ${failure?.message}`)
  }
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "429 → 429: scripted 429
    500 → 500: scripted 500
    502 → 502: scripted 502
    503 → 503: scripted 503
    504 → 504: scripted 504
    529 → 529: scripted 529
    500 that must not be retried → 500: scripted 500
    400 that may be retried → 400: scripted 400
    400 → 400: scripted 400
    401 → 401: scripted 401
    403 → 403: scripted 403
    404 → 404: scripted 404
    413 → 413: scripted 413
    redirect → 307: scripted 307
    HTML 500 → 500: Bad gateway
    drop before headers → fetch failed: other side closed
    drop in the body → terminated: other side closed
    bad JSON → the stream held an event that is not JSON
    truncated JSON, early end of a stream → the stream ended before its message
    bad tool input → the stream held a tool input that is not JSON
    hang before headers → the API fell silent for 60 ms
    hang after headers → the API fell silent for 60 ms
    overloaded event → error event: scripted overloaded_error
    api_error event → error event: scripted api_error
    invalid_request event → error event: scripted invalid_request_error"
  `)
})

it('takes a stream whose message is whole although its body never ends', async () => {
  await using door = await openApiDoor(() => ({ fault: { kind: 'no-end' } }))
  const response = await post(door, bodyOf([user('go')], { stream: true }))
  expect(await response.text()).toContain('message_stop')
  expect(door.events.at(-1)).toMatchObject({ kind: 'response', attempts: 1 })
})

describe('what the server asks for', () => {
  it.each([
    ['retry-after in seconds', { 'retry-after': '2' }, 2_000],
    ['retry-after-ms before it', { 'retry-after': '2', 'retry-after-ms': '150' }, 150],
    ['a wait above the cap', { 'retry-after': '9999' }, 120_000],
    ['nothing: half of the first back-off', {}, 500],
    ['nonsense', { 'retry-after': 'soon' }, 500],
  ])('%s', async (_name, headers, ms) => {
    await using door = await openApiDoor(({ attempt }) => (attempt === 1 ? { fault: status(429, headers) } : text('Done.')))
    await post(door, bodyOf([user('go')]))
    expect(door.waits).toEqual([ms])
  })

  it('retry-after as a date', async () => {
    const date = new Date(Date.now() + 30_000).toUTCString()
    await using door = await openApiDoor(({ attempt }) => (attempt === 1 ? { fault: status(503, { 'retry-after': date }) } : text('Done.')))
    await post(door, bodyOf([user('go')]))
    expect(door.waits[0]).toBeGreaterThan(25_000)
    expect(door.waits[0]).toBeLessThanOrEqual(30_000)
  })
})

it('never lets the real key out, not even where the API repeats it', async () => {
  const echo = ({ headers, attempt }: { headers: NodeJS.Dict<string | string[]>; attempt: number }): ScriptedTurn => {
    const key = String(headers['x-api-key'] ?? headers.authorization)
    return attempt === 1 ? { fault: { kind: 'status', status: 500, message: `key ${key}` } } : text(`Your key is ${key}.`)
  }
  for (const stream of [false, true]) {
    await using door = await openApiDoor(echo)
    const good = await (await post(door, bodyOf([user('go')], { stream }))).text()
    expect(door.api.received[0]?.headers['x-api-key']).toBe(realKey)
    expect(good).toContain('Your key is [key].')
    expect(good + JSON.stringify(door.events)).not.toContain(realKey)

    await using refusing = await openApiDoor(({ headers }) => ({
      fault: { kind: 'status', status: 401, message: `bad ${headers['x-api-key']}` },
    }))
    const bad = await (await post(refusing, bodyOf([user('go')], { stream }))).text()
    expect(bad).toContain('bad [key]')
    expect(bad + JSON.stringify([refusing.events, refusing.session.failure()])).not.toContain(realKey)
  }
})
