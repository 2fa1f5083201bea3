import { expect, it } from 'vitest'
import { ask, defaultRetry, type RetryPolicy } from '../../src/gateway/retry.ts'
import type { ModelRequest, Upstream, UpstreamReply } from '../../src/gateway/upstream.ts'

const request: ModelRequest = {
  body: { model: 'm', messages: [] },
  path: '/v1/messages',
  beta: undefined,
  version: undefined,
  thread: 't1',
  position: 0,
}
const overloaded: UpstreamReply = { kind: 'retry', cause: 'overloaded', message: 'busy' }
const never = new AbortController().signal

function failing(reply: UpstreamReply = overloaded, live = true): Upstream {
  return { name: 'api', live, send: async () => reply }
}

async function waitsOf(policy: Partial<RetryPolicy>, upstream = failing()) {
  const waits: number[] = []
  const sleep = async (ms: number) => {
    waits.push(ms)
  }
  const outcome = await ask(upstream, request, { ...defaultRetry, sleep, ...policy }, never)
  return { waits, outcome }
}

it.each<[string, Partial<RetryPolicy>, readonly number[]]>([
  ['the longest of each draw', { random: () => 1 }, [1000, 2000, 4000, 8000]],
  ['the shortest', { random: () => 0 }, [0, 0, 0, 0]],
  ['no wait above the cap', { random: () => 1, capMs: 3000 }, [1000, 2000, 3000, 3000]],
  ['one attempt', { attempts: 1 }, []],
  ['no wait that the whole has no time for', { random: () => 1, totalMs: 2500 }, [1000, 2000]],
])('waits: %s', async (_name, policy, expected) => {
  const { waits, outcome } = await waitsOf(policy)
  expect(waits).toEqual(expected)
  expect(outcome).toMatchObject({
    kind: 'gave-up',
    status: 529,
    failure: { phase: 'model', cause: 'overloaded', message: 'busy', attempts: expected.length + 1 },
  })
})

it('tries once where nothing is live', async () => {
  expect((await waitsOf({}, failing(overloaded, false))).waits).toEqual([])
})

it('ends with the time of the whole, in the middle of an attempt', async () => {
  const hanging: Upstream = {
    name: 'api',
    live: true,
    send: (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'retry', cause: 'timeout', message: 'cut' }))),
  }
  const { outcome } = await waitsOf({ totalMs: 30 }, hanging)
  expect(outcome).toMatchObject({ kind: 'gave-up', failure: { cause: 'timeout', attempts: 1 } })
})

it('stops waiting when the client goes', async () => {
  const leaving = new AbortController()
  setTimeout(() => leaving.abort(), 20)
  const began = performance.now()
  const outcome = await ask(failing(), request, { ...defaultRetry, random: () => 1 }, leaving.signal)
  expect(outcome).toEqual({ kind: 'aborted', wasted: [] })
  expect(performance.now() - began).toBeLessThan(500)
})
