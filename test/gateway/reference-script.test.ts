import { expect, test } from 'vitest'
import type { Entry } from '../../src/evidence/change.ts'
import { type ReferencePlan, referenceScript } from '../../src/gateway/reference-script.ts'
import { referenceUpstream } from '../../src/gateway/reference-upstream.ts'
import type { ModelRequest } from '../../src/gateway/upstream.ts'

function file(size = 10, executable = false): Entry {
  return { type: 'file', digest: 'd', size, executable }
}

const bytes = (text: string) => Buffer.from(text)
const text = (content: string, executable = false) => ({ content: bytes(content), executable })

const plan: ReferencePlan = {
  kind: 'feature',
  ask: null,
  decline: null,
  layers: [
    { name: 'models', globs: ['app/*/models.py'] },
    { name: 'services', globs: ['app/*/services.py'] },
    { name: 'tests', globs: ['app/**/test_*.py'] },
  ],
  testCommand: './dev test',
  change: {
    base: new Map([
      ['CLAUDE.md', file()],
      ['app/a/models.py', file()],
      ['app/b/models.py', file(0)],
      ['app/c/models.py', file(10_000_000)],
      ['app/d/models.py', file()],
      ['app/a/services.py', file()],
      ['app/a/services.pyc', file()],
      ['app/old.py', file()],
    ]),
    before: new Map([
      ['app/a/services.py', bytes('one\ntwo\nthree\nfour\nfive\n')],
      ['app/old.py', bytes('old\n')],
    ]),
    files: new Map([
      ['README.md', text('new\n')],
      ['app/a/services.py', text('one\ntwo\n3\nfour\nfive\n')],
      ['app/a/tests/test_a.py', text('def test(): pass\n')],
      ['app/a/models.py', text('class A: pass\n')],
      ['app/old.py', null],
    ]),
  },
}

/** One line a turn: what is said, then the calls. */
function spell(script: ReturnType<typeof referenceScript>): string {
  return script
    .map(({ text: said, calls }) => [said, ...calls.map(({ name, input }) => `  ${name} ${JSON.stringify(input)}`)].join('\n'))
    .join('\n')
}

test('a solution is made in layer order, after a sibling of each layer was read', () => {
  expect(spell(referenceScript(plan))).toMatchInlineSnapshot(`
    "I read the project first.
      read {"file_path":"CLAUDE.md"}
    I look at how the layers that I touch are written.
      read {"file_path":"app/d/models.py"}
    I remove what goes.
      bash {"command":"rm -f -- 'app/old.py' && { rmdir -p -- 'app' 2>/dev/null || true; }"}
    I write: models.
      write {"file_path":"app/a/models.py","content":"class A: pass\\n"}
    I write: services.
      edit {"file_path":"app/a/services.py","old_string":"three\\n","new_string":"3\\n"}
    I write: tests.
      write {"file_path":"app/a/tests/test_a.py","content":"def test(): pass\\n"}
    I write: the rest.
      write {"file_path":"README.md","content":"new\\n"}
    I run the tests.
      bash {"command":"./dev test","timeout_ms":600000}
    I changed:
    - README.md
    - app/a/models.py
    - app/a/services.py
    - app/a/tests/test_a.py
    - app/old.py

    I ran \`./dev test\` afterwards; its output is above."
  `)
})

test.each(['bugfix', 'plan', 'tests'] as const)('%s is played as a feature', (kind) => {
  expect(referenceScript({ ...plan, kind })).toEqual(referenceScript(plan))
})

test('what is declined changes nothing', () => {
  expect(spell(referenceScript({ ...plan, kind: 'impossible', decline: 'It cannot be done: see test_x.\n' }))).toMatchInlineSnapshot(`
    "I read the project first.
      read {"file_path":"CLAUDE.md"}
    It cannot be done: see test_x."
  `)
})

test('what is unclear is asked first, and made once answered', () => {
  const ask = 'Before I begin:\n\n- Which status?\n- Who may?\n'
  const asked = referenceScript({ ...plan, kind: 'clarify', ask })
  expect(asked[1]?.calls).toEqual([{ name: 'ask_user', input: { questions: [{ text: 'Which status?' }, { text: 'Who may?' }] } }])
  expect(asked.slice(2)).toEqual(referenceScript(plan).slice(1))
  const only = referenceScript({ ...plan, kind: 'clarify', ask: 'One\nlong question?\n', change: { ...plan.change, files: new Map() } })
  expect(only).toHaveLength(2)
  expect(only[1]?.calls[0]?.input).toEqual({ questions: [{ text: 'One\nlong question?' }] })
})

test('a project without CLAUDE.md is not asked for it', () => {
  const base = new Map([...plan.change.base].filter(([path]) => path !== 'CLAUDE.md'))
  expect(spell(referenceScript({ ...plan, change: { ...plan.change, base } }))).not.toMatch(/CLAUDE/)
})

function request(messages: readonly string[], more: object = {}): ModelRequest {
  const body = { model: 'claude-sonnet-5-5', system: 'x'.repeat(400), messages: messages.map((role) => ({ role, content: '' })), ...more }
  return { body, path: '/v1/messages', beta: undefined, version: undefined, thread: 't1', position: 0 }
}

test('the turn is told by the assistant turns of the request alone', async () => {
  const upstream = referenceUpstream([
    { text: '', calls: [{ name: 'read', input: { file_path: 'a' } }] },
    { text: 'Done.', calls: [] },
  ])
  const signal = new AbortController().signal
  const second = await upstream.send(request(['user', 'assistant', 'user']), signal)
  expect(second).toMatchObject({
    kind: 'answer',
    message: { model: 'assay-reference', stop_reason: 'end_turn', content: [{ type: 'text', text: 'Done.' }] },
  })
  const first = await upstream.send(request(['user']), signal)
  expect(first).toMatchObject({
    kind: 'answer',
    message: {
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', id: 'toolu_reference_0_0', name: 'read', input: { file_path: 'a' } }],
    },
  })
  expect(first.kind === 'answer' && first.message.usage).toMatchObject({ input_tokens: 110, output_tokens: 22 })
  expect(await upstream.send(request(['user']), signal)).toEqual(first)
})

test.each([
  ['beyond its end', request(['user', 'assistant', 'user', 'assistant', 'user'])],
  ['for a summary', request(['user'], { compaction: { type: 'summarize' } })],
])('a request %s is refused', async (_, asked) => {
  const upstream = referenceUpstream([{ text: 'Done.', calls: [] }])
  expect(await upstream.send(asked, new AbortController().signal)).toMatchObject({ kind: 'refused', cause: 'bad-request', status: 400 })
})
