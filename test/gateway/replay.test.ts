import { describe, expect, it } from 'vitest'
import type { TranscriptLine } from '../../src/evidence/transcript.ts'
import { replayUpstream } from '../../src/gateway/replay-upstream.ts'
import type { ScriptedTurn } from '../../src/gateway/scripted-api.ts'
import { assistant, type Body, bodyOf, type Door, openApiDoor, openDoor, post, text, user } from './door.ts'

const system = 'You are a coder.'
const tools = [{ name: 'bash', input_schema: { type: 'object' } }]
const call = (id: string, command: string) => ({ type: 'tool_use', id, name: 'bash', input: { command } })
const result = (id: string, output: string) => user([{ type: 'tool_result', tool_use_id: id, content: output }])

const turns: readonly ScriptedTurn[] = [{ content: [call('toolu_1', 'ls')] }, { content: [call('toolu_2', 'cat a.py')] }, text('Done.')]
const script = ({ body }: { body: Body }, index: number): ScriptedTurn =>
  JSON.stringify(body.messages[0]).includes('sub')
    ? text(`Sub answer to ${JSON.stringify(body.messages[0]?.content)}.`)
    : (turns[index] ?? text('?'))

/** A small agent: asks, runs what it is told to (`outputs`), lets sub-agents work after its first turn. */
async function work(door: Door, outputs: readonly string[], subs: readonly string[] = [], extra: Partial<Body> = {}) {
  const said: unknown[] = []
  let messages: Body['messages'] = [user('go')]
  for (const output of [...outputs, '']) {
    const response = await post(door, bodyOf(messages, { system, tools, ...extra }))
    const answer = (await response.json()) as { content?: { id: string }[]; error?: { message: string } }
    said.push(answer.content ?? answer.error?.message)
    if (answer.content === undefined || output === '') {
      break
    }
    if (said.length === 1) {
      for (const sub of subs) {
        const one = (await (await post(door, bodyOf([user(`sub ${sub}`)], { system: 'You help.', tools }))).json()) as { content?: unknown }
        said.push(one.content)
      }
    }
    messages = [...messages, assistant(answer.content), result(answer.content[0]?.id ?? '', output)]
  }
  return said
}

async function recorded(
  subs: readonly string[] = [],
): Promise<{ readonly lines: readonly TranscriptLine[]; readonly said: readonly unknown[] }> {
  await using door = await openApiDoor(script)
  const said = await work(door, ['a.py', 'print(1)'], subs)
  return { lines: JSON.parse(JSON.stringify(door.lines())), said }
}

it('gives the same answers again, and no drift', async () => {
  const { lines, said } = await recorded()
  const upstream = replayUpstream(lines, { strict: true })
  await using door = await openDoor(upstream)
  expect(await work(door, ['a.py', 'print(1)'])).toEqual(said)
  expect([upstream.drift(), door.session.failure(), door.session.threads()]).toEqual([[], null, 0])
  const withoutCost = (line: TranscriptLine) => (line.kind === 'response' ? { ...line, usage: null } : line)
  expect(door.lines().map(withoutCost)).toEqual(lines.map(withoutCost))
})

it('finds sub-agents by what they were asked, in whatever order they come', async () => {
  const { lines, said } = await recorded(['one', 'two'])
  const upstream = replayUpstream(lines, { strict: true })
  await using door = await openDoor(upstream)
  const again = await work(door, ['a.py', 'print(1)'], ['two', 'one'])
  expect(again).toEqual([said[0], said[2], said[1], ...said.slice(3)])
  expect(upstream.drift()).toEqual([])
})

describe('a tool that answers otherwise', () => {
  it('is drift', async () => {
    const { lines, said } = await recorded()
    const upstream = replayUpstream(lines, { strict: false })
    await using door = await openDoor(upstream)
    expect(await work(door, ['a.py', 'print(2)'])).toEqual(said)
    expect(upstream.drift()).toEqual([{ thread: 't1', position: 2, call: 'toolu_2', recorded: 'print(1)', replayed: 'print(2)' }])
  })

  it('is an end where drift is forbidden', async () => {
    const { lines, said } = await recorded()
    await using door = await openDoor(replayUpstream(lines, { strict: true }))
    const again = await work(door, ['b.py', 'print(1)'])
    expect(again[0]).toEqual(said[0])
    expect(again[1]).toMatchInlineSnapshot(`"Request 2 of thread t1 is not the recorded one: 1 of its messages or tool results differ."`)
    expect(door.session.failure()).toMatchObject({ phase: 'model', cause: 'replay-miss', attempts: 1 })
  })
})

it('tells another first message as drift, too', async () => {
  const { lines } = await recorded()
  const upstream = replayUpstream(lines, { strict: false })
  await using door = await openDoor(upstream)
  await post(door, bodyOf([user('go on')], { system, tools }))
  expect(upstream.drift()).toEqual([{ thread: 't1', position: 0, call: null, recorded: 'go', replayed: 'go on' }])
})

describe('a request that was never recorded', () => {
  it.each<[string, Partial<Body>, string]>([
    ['another model', { model: 'claude-opus-4-5' }, 'it was for claude-haiku-4-5, not claude-opus-4-5'],
    ['another system prompt', { system: 'You are lazy.' }, 'the system prompt is another'],
    ['other tools', { tools: [] }, 'the tools are others'],
    ['another history', { messages: [user('go'), assistant('Done.'), user('sure?')] }, "the model's own turns are others"],
  ])('%s', async (_name, extra, why) => {
    const { lines } = await recorded()
    await using door = await openDoor(replayUpstream(lines, { strict: false }))
    const response = await post(door, bodyOf([user('go')], { system, tools, ...extra }))
    expect(await response.text()).toContain(`The recorded trial has no answer for request 1 of thread t1: ${why}.`)
    expect(door.session.failure()?.cause).toBe('replay-miss')
  })

  it('a second agent where there was one', async () => {
    const { lines } = await recorded()
    await using door = await openDoor(replayUpstream(lines, { strict: false }))
    await post(door, bodyOf([user('go')], { system, tools }))
    const response = await post(door, bodyOf([user('go on')], { system, tools }))
    expect(await response.text()).toContain('request 1 of thread t2: nothing was recorded there.')
  })

  it('one more turn than there was', async () => {
    const { lines } = await recorded()
    await using door = await openDoor(replayUpstream(lines, { strict: false }))
    const said = await work(door, ['a.py', 'print(1)', 'more'])
    expect(said.at(-1)).toMatchInlineSnapshot(`"The recorded trial has no answer for request 4 of thread t1: nothing was recorded there."`)
  })
})

it('takes the answer that the client went on with where one was lost', async () => {
  let count = 0
  const lines = await (async () => {
    await using door = await openApiDoor((_, index) => text(index === 0 ? 'First.' : `Answer ${++count}.`))
    const second = bodyOf([user('go'), assistant([{ type: 'text', text: 'First.' }]), user('on')])
    await post(door, bodyOf([user('go')]))
    await post(door, second)
    await post(door, second)
    return door.lines()
  })()
  await using door = await openDoor(replayUpstream(lines, { strict: true }))
  await post(door, bodyOf([user('go')]))
  const again = await post(door, bodyOf([user('go'), assistant([{ type: 'text', text: 'First.' }]), user('on')]))
  expect(await again.text()).toContain('Answer 2.')
})

it.each([
  ['another kind', { kind: 'video', seq: 9, at: 9, thread: 't1', trust: 'observed' }],
  ['a newer schema', { schema: 2, kind: 'end', seq: 9, at: 9, thread: 't1', trust: 'observed', stop: 'finished', message: '' }],
  ['no line at all', null],
])('refuses a transcript with a line of %s, and says so', async (_name, line) => {
  const { lines } = await recorded()
  const upstream = replayUpstream([...lines, line as TranscriptLine], { strict: false })
  expect(upstream.problem()).toMatch(
    /^Line 7 of the transcript \(.*\) is not one that this version of Assay reads: it may come from a newer one\.$/,
  )
  await using door = await openDoor(upstream)
  expect((await post(door, bodyOf([user('go')], { system, tools }))).status).toBe(400)
  expect(door.session.failure()).toMatchObject({ cause: 'replay-miss', message: upstream.problem() })
})
