import { expect, test } from 'vitest'
import type { Upstream } from '../../src/gateway/upstream.ts'
import { builtinRunner } from '../../src/runner/builtin.ts'
import { agent, calls, play, says, scripted } from './play.ts'
import { openTestWorkspace } from './test-workspace.ts'

const builtin = builtinRunner({ scripted: false })

test('the agent works: system prompt, instruction and tools arrive, results go back in order', async () => {
  await using workspace = await openTestWorkspace('copy+bwrap')
  const { upstream, requests } = scripted((_, n) =>
    n === 0
      ? {
          content: [
            says('I look.'),
            calls('bash', { command: 'sleep 0.3; echo one >> log' }),
            calls('bash', { command: 'echo two >> log' }),
            calls('read', { file_path: 'log' }),
            calls('fly', {}),
          ],
        }
      : { content: [says('Done.'), says('All of it.')] },
  )
  const { output, events, sawBody, threads } = await play({ runner: builtin, workspace, upstream })

  expect(output).toEqual({ stop: { kind: 'finished' }, finalMessage: 'Done.\nAll of it.' })
  expect(sawBody).toBe(true)
  expect(threads).toBe(0)
  const [first, second] = requests
  expect(first?.body).toMatchObject({
    model: 'claude-sonnet-5-5',
    max_tokens: 32_000,
    stream: true,
    cache_control: { type: 'ephemeral' },
    messages: [{ role: 'user', content: 'Do the work.' }],
  })
  expect(first?.body).not.toHaveProperty('thread')
  expect(first?.body.system).toMatchInlineSnapshot(`
    [
      {
        "text": "You are a careful coder.

    Read CLAUDE.md first.
    ",
        "type": "text",
      },
      {
        "cache_control": {
          "type": "ephemeral",
        },
        "text": "The project is checked out at /workspace, where your tools work. Relative paths are relative to it.",
        "type": "text",
      },
    ]
  `)
  expect(first?.body.tools?.map((tool) => Object(tool).name)).toEqual(['bash', 'read', 'write', 'edit', 'glob', 'grep', 'ask_user'])
  expect(second?.body.messages).toHaveLength(3)
  expect(second?.body.messages[2]?.content).toMatchObject([
    { type: 'tool_result', content: '' },
    { type: 'tool_result', content: '' },
    { type: 'tool_result', content: 'one\ntwo\n' },
    { type: 'tool_result', content: "Error: Tool 'fly' not found", is_error: true },
  ])
  expect(
    events
      .filter(({ kind }) => kind.startsWith('tool'))
      .map((event) =>
        Object.entries(event)
          .flatMap(([key, value]) => (['kind', 'name', 'text', 'isError', 'trust'].includes(key) ? [value] : []))
          .join(' '),
      ),
  ).toMatchInlineSnapshot(`
    [
      "observed tool-call bash",
      "observed tool-result bash  false",
      "observed tool-call bash",
      "observed tool-result bash  false",
      "observed tool-call read",
      "observed tool-result read one
    two
     false",
      "observed tool-call fly",
      "observed tool-result fly Error: Tool 'fly' not found true",
    ]
  `)
})

test.each([
  ['end_turn', { kind: 'finished' }],
  ['stop_sequence', { kind: 'finished' }],
  ['max_tokens', { kind: 'failed', message: 'an answer was cut at 32000 tokens' }],
  ['model_context_window_exceeded', { kind: 'failed', message: 'the context window of the model was full' }],
  ['refusal', { kind: 'failed', message: 'the model refused to go on' }],
  ['something_new', { kind: 'failed', message: 'the model stopped for an unknown reason (something_new)' }],
])('an answer that stops with %s', async (stop_reason, stop) => {
  await using workspace = await openTestWorkspace('none')
  const { upstream } = scripted(() => ({ stop_reason, content: [says('so far')] }))
  expect((await play({ runner: builtin, workspace, upstream })).output).toEqual({ stop, finalMessage: 'so far' })
})

test('a call that was cut off is not run', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream } = scripted(() => ({ stop_reason: 'max_tokens', content: [calls('bash', { command: 'touch cut' })] }))
  const { events } = await play({ runner: builtin, workspace, upstream })
  expect(events.map(({ kind }) => kind)).toEqual(['request', 'response'])
})

test('a paused turn is sent back and goes on', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream, requests } = scripted((_, n) =>
    n === 0 ? { stop_reason: 'pause_turn', content: [says('wait')] } : { content: [says('end')] },
  )
  const { output } = await play({ runner: builtin, workspace, upstream })
  expect(output).toEqual({ stop: { kind: 'finished' }, finalMessage: 'end' })
  expect(requests[1]?.body.messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
})

test.each([
  ['turns', { turns: 3, tokens: 1000 }, { kind: 'turn-limit', turns: 3 }],
  ['tokens', { turns: 20, tokens: 250 }, { kind: 'budget', what: 'tokens' }],
])('a bound of the trial: %s', async (_, { turns, tokens }, stop) => {
  await using workspace = await openTestWorkspace('none')
  const { upstream, requests } = scripted(() => ({ content: [calls('bash', { command: 'echo on' })] }))
  const { output } = await play({
    runner: builtin,
    workspace,
    upstream,
    limits: { turns, minutes: 1, usd: null },
    ...(tokens && { tokens }),
  })
  expect(output.stop).toEqual(stop)
  expect(requests).toHaveLength(3)
})

test('only the tools that the agent names are offered', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream, requests } = scripted((_, n) => ({
    content: n === 0 ? [calls('write', { file_path: 'a', content: 'a' })] : [says('ok')],
  }))
  await play({ runner: builtin, workspace, upstream, agent: { ...agent, tools: ['Read', 'MultiEdit'] } })
  expect(requests[0]?.body.tools?.map((tool) => Object(tool).name)).toEqual(['read', 'edit', 'ask_user'])
  expect(requests[1]?.body.messages.at(-1)?.content).toMatchObject([{ is_error: true }])
  await expect(play({ runner: builtin, workspace, upstream, agent: { ...agent, tools: ['WebFetch'] } })).rejects.toThrow(/WebFetch/)
})

test('the model fails: the runner ends, the gateway tells why', async () => {
  await using workspace = await openTestWorkspace('none')
  const upstream: Upstream = { name: 'api', live: false, send: async () => ({ kind: 'retry', cause: 'overloaded', message: 'Overloaded' }) }
  const { output, failure } = await play({ runner: builtin, workspace, upstream })
  expect(output).toMatchObject({ stop: { kind: 'failed', message: expect.stringMatching(/Overloaded/) }, finalMessage: '' })
  expect(failure).toBe('overloaded')
})

test.each([
  ['timed-out', { kind: 'timed-out', ms: 60_000 }],
  ['interrupted', { kind: 'failed', message: 'interrupted' }],
])('the signal aborts with %s, in a tool and in a request', async (reason, stop) => {
  for (const hangs of ['tool', 'request'] as const) {
    await using workspace = await openTestWorkspace('copy+bwrap')
    const { upstream } = scripted(() => ({ content: [calls('bash', { command: 'sleep 50' })] }))
    const clock = new AbortController()
    const stuck: Upstream = {
      ...upstream,
      send: (_, signal) =>
        new Promise((end) => signal.addEventListener('abort', () => end({ kind: 'retry', cause: 'timeout', message: '' }))),
    }
    setTimeout(() => clock.abort(reason), 700)
    const began = performance.now()
    const { output } = await play({ runner: builtin, workspace, upstream: hangs === 'tool' ? upstream : stuck, signal: clock.signal })
    expect(output.stop).toEqual(stop)
    expect(performance.now() - began).toBeLessThan(5000)
  }
})
