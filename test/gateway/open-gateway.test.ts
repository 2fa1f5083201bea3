import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import { dir } from 'tmp-promise'
import { describe, expect, it } from 'vitest'
import type { ScriptedTurn } from '../../src/gateway/scripted-api.ts'
import type { Upstream } from '../../src/gateway/upstream.ts'
import { bodyOf, client, type Door, openApiDoor, openDoor, post, realKey, text, user } from './door.ts'

const answers = () => text('Hello.')
const hello = bodyOf([user('hi')])

describe('who may enter, and where', () => {
  it.each([
    ['x-api-key', (key: string) => ({ 'x-api-key': key }), 200],
    ['bearer', (key: string) => ({ authorization: `Bearer ${key}` }), 200],
    ['a wrong key', () => ({ 'x-api-key': 'sk-ant-other' }), 401],
    ['the real key', () => ({ authorization: `Bearer ${realKey}` }), 401],
    ['no key', () => ({}), 401],
  ])('%s', async (name, headers, status) => {
    await using door = await openApiDoor(answers)
    const response = await post(door, hello, { headers: headers(door.session.key) })
    expect(response.status).toBe(status)
    const [received] = door.api.received
    expect(received?.headers.authorization).toBe(name === 'bearer' ? `Bearer ${realKey}` : undefined)
    expect(received?.headers['x-api-key']).toBe(name === 'x-api-key' ? realKey : undefined)
    if (status === 401) {
      expect(await response.json()).toEqual({ type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } })
      expect([door.api.received, door.events, door.hooks()]).toEqual([[], [], 0])
    }
  })

  it.each([
    ['POST', '/v1/messages', 200],
    ['POST', '/v1/messages?beta=true', 200],
    ['POST', '/v1/messages?gamma=true', 404],
    ['POST', '/v1/messages/batches', 404],
    ['POST', '/v1/complete', 404],
    ['POST', '//v1/messages', 404],
    ['GET', '/v1/models', 404],
    ['GET', '/v1/messages', 404],
  ])('%s %s → %i', async (method, path, status) => {
    await using door = await openApiDoor(answers)
    const response = await post(door, hello, { path, method, ...(method === 'GET' ? { body: null } : {}) })
    expect(response.status).toBe(status)
    expect(door.api.received.map((one) => one.path)).toEqual(status === 200 ? [path] : [])
    expect(status === 200 || ((await response.json()) as { error: { type: string } }).error.type === 'not_found_error').toBe(true)
  })

  it.each([
    ['no JSON', '{', 400],
    ['no messages', '{"model":"m"}', 400],
    ['messages that are none', '{"model":"m","messages":["hi"]}', 400],
    ['too deep', `{"model":"m","messages":[],"metadata":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400],
    ['too large', JSON.stringify(bodyOf([user('x'.repeat(3_000))])), 413],
  ])('refuses a body that is %s', async (_name, body, status) => {
    await using door = await openApiDoor(answers, {}, { maxBodyBytes: 2_000 + (status === 400 ? 20_000 : 0) })
    const response = await post(door, body)
    expect(response.status).toBe(status)
    expect(((await response.json()) as { type: string }).type).toBe('error')
    expect(door.events).toEqual([])
  })

  it('refuses a body without a length once it is too large', async () => {
    await using door = await openApiDoor(answers, {}, { maxBodyBytes: 1_000 })
    const pieces = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(600)) })
    const response = await fetch(`${door.session.baseUrl}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': door.session.key },
      body: pieces,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })
})

describe("Anthropic's own client", () => {
  const content = [
    { type: 'text', text: 'Grüße 🌍' },
    { type: 'tool_use', id: 'toolu_1', name: 'bash', input: { command: 'ls' } },
  ]
  const script = () => ({ content })
  const params = { model: 'claude-haiku-4-5', max_tokens: 100, messages: [{ role: 'user' as const, content: 'go' }] }

  it('gets the same message with and without a stream', async () => {
    await using door = await openApiDoor(script)
    const plain = await client(door).messages.create(params)
    const streamed = await client(door).messages.stream(params).finalMessage()
    expect(plain.content).toEqual(content)
    expect({ ...streamed, id: '' }).toMatchObject({ ...plain, id: '' })
    expect(door.session.models()).toEqual(['claude-haiku-4-5'])
    expect(door.session.usage()).toMatchObject({ input: 200, output: 40, requests: 2, usd: (200 * 1 + 40 * 5) / 1_000_000 })
  })

  it('passes beta and version on, and sends its key as a bearer', async () => {
    await using door = await openApiDoor(script)
    await client(door).beta.messages.create({ ...params, betas: ['compact-2026-09-04'] })
    const headers = door.api.received[0]?.headers ?? {}
    expect(headers).toMatchObject({ 'anthropic-beta': 'compact-2026-09-04', authorization: `Bearer ${realKey}` })
    expect(headers['anthropic-version']).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(JSON.stringify(headers)).not.toContain(door.session.key)
  })

  it('reads a failure as the error that the API would have given', async () => {
    await using door = await openApiDoor(() => ({ fault: { kind: 'status', status: 529 } }))
    const failure = await client(door)
      .messages.stream(params)
      .finalMessage()
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Anthropic.APIError)
    expect(failure).toMatchObject({ status: 529, type: 'overloaded_error' })
  })

  it('reads a failure that comes after the pings began', async () => {
    await using door = await openApiDoor(
      () => ({ fault: { kind: 'hang-before-headers' } }),
      {},
      { quietMs: 20, retry: { attempts: 1 } },
      { attemptTimeoutMs: 150 },
    )
    const failure = await client(door)
      .messages.stream(params)
      .finalMessage()
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ type: 'timeout_error' })
  })

  it('counts tokens by the API, or by an estimate where there is none', async () => {
    await using door = await openApiDoor(script)
    const counted = await client(door).messages.countTokens({ model: params.model, messages: params.messages })
    expect(door.api.received.map(({ path }) => path)).toEqual(['/v1/messages/count_tokens'])
    expect(counted.input_tokens).toBeGreaterThan(10)

    const silent: Upstream = {
      name: 'reference',
      live: false,
      send: async () => ({ kind: 'refused', cause: 'x', message: 'x', status: 400 }),
    }
    await using offline = await openDoor(silent)
    expect(await client(offline).messages.countTokens({ model: params.model, messages: params.messages })).toEqual(counted)
    expect([offline.events, offline.session.usage().requests]).toEqual([[], 0])
  })
})

it('answers on its unix socket as on its port', async () => {
  await using door = await openApiDoor(answers)
  const request = httpRequest({
    socketPath: door.session.socketPath,
    path: '/v1/messages',
    method: 'POST',
    headers: { 'x-api-key': door.session.key },
  })
  request.end(JSON.stringify(hello))
  const [response] = await once(request, 'response')
  expect(JSON.parse(await readText(response))).toMatchObject(text('Hello.'))
})

it('refuses to open a socket that the kernel could not', async () => {
  const folder = await dir({ unsafeCleanup: true, prefix: `assay-${'x'.repeat(100)}` })
  try {
    await expect(openDoor(silentUpstream, { socketFolder: folder.path })).rejects.toThrow('107 bytes')
  } finally {
    await folder.cleanup()
  }
})

const silentUpstream: Upstream = { name: 'api', live: true, send: (_, signal) => untilAborted(signal) }

async function untilAborted(signal: AbortSignal): Promise<{ kind: 'retry'; cause: string; message: string }> {
  await new Promise((resolve) => (signal.aborted ? resolve(null) : signal.addEventListener('abort', resolve)))
  return { kind: 'retry', cause: 'timeout', message: 'aborted' }
}

describe('a slow answer', () => {
  const slow = () => ({ ...text('At last.'), delayMs: 150 })

  it('is announced by pings to a client that streams, and is then whole', async () => {
    await using door = await openApiDoor(slow, {}, { quietMs: 40 })
    const answer = await (await post(door, { ...hello, stream: true })).text()
    expect(answer).toMatch(/^(event: ping\ndata: \{"type":"ping"\}\n\n)+event: message_start\n/)
    expect(answer).toContain('At last.')
    const message = await client(door)
      .messages.stream({ model: 'claude-haiku-4-5', max_tokens: 9, messages: [{ role: 'user', content: 'x' }] })
      .finalText()
    expect(message).toBe('At last.')
  })

  it('is awaited in silence by a client that does not', async () => {
    await using door = await openApiDoor(slow, {}, { quietMs: 20 })
    expect(await (await post(door, hello)).json()).toMatchObject({ content: [{ text: 'At last.' }] })
  })
})

describe('a client that goes', () => {
  it('stops the upstream, and is no failure', async () => {
    const upstream = watched()
    await using door = await openDoor(upstream)
    const leaving = new AbortController()
    const gone = post(door, hello, { signal: leaving.signal }).catch(() => 'gone')
    await upstream.called
    leaving.abort()
    expect(await gone).toBe('gone')
    expect(await upstream.aborted).toBe(true)
    await wait(10)
    expect([door.session.failure(), door.session.usage().requests, door.events.length]).toEqual([null, 0, 1])
  })

  it('is cut off when the trial ends', async () => {
    const upstream = watched()
    const door = await openDoor(upstream)
    const cut = post(door, { ...hello, stream: true }).catch(() => 'cut')
    await upstream.called
    await door[Symbol.asyncDispose]()
    expect(await cut).toBe('cut')
    await expect(post(door, hello)).rejects.toThrow()
    expect(door.events.map((event) => event.kind)).toEqual(['request'])
  })

  it('is cut off in the middle of sending, too', async () => {
    const door = await openDoor(silentUpstream)
    const request = httpRequest(`${door.session.baseUrl}/v1/messages`, { method: 'POST', headers: { 'x-api-key': door.session.key } })
    const broken = once(request, 'error')
    request.write('{"model":')
    await wait(20)
    await door[Symbol.asyncDispose]()
    expect(await broken).toHaveLength(1)
  })
})

function watched() {
  const called = Promise.withResolvers<void>()
  const aborted = Promise.withResolvers<boolean>()
  const upstream: Upstream = {
    name: 'api',
    live: true,
    async send(_, signal) {
      called.resolve()
      const reply = await untilAborted(signal)
      aborted.resolve(signal.aborted)
      return reply
    },
  }
  return { ...upstream, called: called.promise, aborted: aborted.promise }
}

describe('the snapshot hook', () => {
  it('is awaited before anything is sent, one at a time', async () => {
    let inside = 0
    const most: number[] = []
    const onRequest = async () => {
      inside += 1
      most.push(inside)
      await wait(15)
      inside -= 1
    }
    await using door = await openApiDoor(answers, { onRequest })
    await Promise.all([1, 2, 3, 4].map((n) => post(door, bodyOf([user(`agent ${n}`)]))))
    expect(most).toEqual([1, 1, 1, 1])
    expect(door.session.usage().requests).toBe(4)
  })

  it.each<[string, Partial<Parameters<typeof openDoor>[1]>]>([
    ['hook', { onRequest: () => Promise.reject(new Error('disk full')) }],
    [
      'recorder',
      {
        record: () => {
          throw new Error('disk full')
        },
      },
    ],
    ['upstream', { upstream: { name: 'api', live: true, send: () => Promise.reject(new Error('disk full')) } }],
  ])('a %s that breaks is our bug: the client gets a 500, and closing tells', async (_name, plan) => {
    const door: Door = await openDoor(silentUpstream, plan)
    const response = await post(door, hello)
    expect(response.status).toBe(500)
    expect(response.headers.get('x-should-retry')).toBe('false')
    await expect(door[Symbol.asyncDispose]()).rejects.toMatchObject({ errors: [{ message: 'disk full' }] })
  })
})

it('tells whether the agent’s body reached the model', async () => {
  await using door = await openApiDoor(answers)
  await post(
    door,
    bodyOf([user('hi')], {
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: v=1' },
        { type: 'text', text: 'You are a coder.\n\nBe brief.' },
      ],
    }),
  )
  expect(['You are a coder.\n\nBe brief.\n', 'Be brief.', 'You are another.', 'billing'].map(door.session.sawSystem)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

it('records requests, answers and, where nobody else does, tool calls as claims', async () => {
  const call = { type: 'tool_use', id: 'toolu_1', name: 'bash', input: { command: 'ls' } }
  const script = (_: unknown, index: number): ScriptedTurn => (index === 0 ? { content: [call] } : text('Done.'))
  await using door = await openApiDoor(script, { toolEvents: 'claimed' })
  await post(door, hello)
  const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'a.py' }], is_error: true }
  const forged = { type: 'tool_result', tool_use_id: 'toolu_other', content: 'never asked for' }
  await post(door, bodyOf([user('hi'), { role: 'assistant', content: [call] }, user([result, forged])]))
  expect(door.events).toMatchObject([
    { kind: 'request', thread: 't1', trust: 'observed', position: 0, model: 'claude-haiku-4-5', messages: [user('hi')] },
    { kind: 'response', thread: 't1', trust: 'observed', position: 0, attempts: 1, message: { content: [call], stop_reason: 'tool_use' } },
    { kind: 'tool-call', thread: 't1', trust: 'claimed', id: 'toolu_1', name: 'bash', input: { command: 'ls' } },
    { kind: 'tool-result', thread: 't1', trust: 'claimed', id: 'toolu_1', name: 'bash', text: 'a.py', isError: true },
    { kind: 'request', thread: 't1', position: 1, messages: [user([result, forged])] },
    { kind: 'response', position: 1 },
  ])
  expect(door.events.length).toBe(6)
})
