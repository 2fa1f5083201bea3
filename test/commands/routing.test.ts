import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ScriptedTurn, startScriptedApi } from '../../src/gateway/scripted-api.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'

const KEY = 'sk-ant-real-and-secret'

const CASES = `architect: Designs backends.
cases:
  - { id: field, label: backend-coder, request: Add a field., why: Settled. }
  - { id: fix, label: backend-coder, request: Fix the bug., why: Settled. }
  - { id: idea, label: backend-architect, request: "Build something | <b>like</b> subscriptions.", why: Open. }
  - { id: button, label: neither, request: Colour the button., why: Frontend. }
`

let project: ToyProject
beforeAll(async () => {
  project = await openToyProject({ proven: false })
  await project.write('tasks/routing/cases.yaml', CASES)
})
afterAll(() => project[Symbol.asyncDispose]())

const call = (name: string): ScriptedTurn => ({ content: [{ type: 'tool_use', id: 'a', name, input: { prompt: 'Go.' } }] })
/** Hands all that is to be built to the coder, the open idea too. */
const eager = (said: string): ScriptedTurn =>
  said.includes('button') ? { content: [{ type: 'text', text: 'That is frontend work.' }] } : call('toy-coder')

it('measures whom a model hands requests to', async () => {
  await using api = await startScriptedApi({ script: ({ body }) => eager(JSON.stringify(body.messages)) })
  const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: api.url }
  const { code, out, err } = await project.assay(['routing'], env)
  expect(code, err).toBe(0)
  expect(err).toContain('4 cases, one request each, model claude-sonnet-5-5: at most about 0.03 USD; nothing is sent after 5 USD.')
  expect(out).toMatchInlineSnapshot(`
    "toy-coder: routing by its description, model claude-sonnet-5-5, answered by claude-sonnet-5-5

      SHOULD GO TO       backend-coder  backend-architect  neither  RECALL
      backend-coder                  2                  0        0  2 of 2, 100 % (95 % interval 34 to 100 %)
      backend-architect              1                  0        0  0 of 1, 0 % (95 % interval 0 to 79 %)
      neither                        0                  0        1  1 of 1, 100 % (95 % interval 21 to 100 %)

      CHOSEN             PRECISION
      backend-coder      2 of 3, 67 % (95 % interval 21 to 94 %)
      backend-architect  none
      neither            1 of 1, 100 % (95 % interval 21 to 100 %)

    ✗ idea: backend-architect, not backend-coder
        Build something | <b>like</b> subscriptions.
        Open.

    Routed rightly: 3 of 4, 75 % (95 % interval 30 to 95 %)
    Cost: <$0.01 (4 requests, 400 tokens in, 80 out)"
  `)
  expect(api.received).toHaveLength(4)
  expect(JSON.stringify(api.received[0]?.body.tools)).toContain('Builds shops.')

  const data = JSON.parse((await project.assay(['routing', '--json'], env)).out) as unknown
  expect(data).toMatchObject({
    confusion: {
      labels: ['backend-coder', 'backend-architect', 'neither'],
      matrix: [
        [2, 0, 0],
        [1, 0, 0],
        [0, 0, 1],
      ],
    },
    misrouted: [{ id: 'idea', right: 'backend-architect', chosen: 'backend-coder' }],
    usage: { requests: 4 },
  })
  const markdown = (await project.assay(['routing', '--markdown'], env)).out
  expect(markdown).toContain('| `backend-architect` | 1 | 0 | 0 | 0 of 1, 0 % (95 % interval 0 to 79 %) |')
  expect(markdown).toContain('\\<b\\>like')
  expect(out + markdown + err).not.toContain(KEY)
})

it('asks nobody without a key, with a broken file, or for an agent that is not there', async () => {
  expect(await project.assay(['routing'])).toMatchObject({ code: 2, err: expect.stringContaining('ANTHROPIC_API_KEY') })
  const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }
  expect(await project.assay(['routing', '--agent', 'agents/nobody.md'], env)).toMatchObject({ code: 2 })
  await project.write('tasks/routing/cases.yaml', CASES.replace('label: neither', 'label: nobody').replace('id: fix', 'id: field'))
  const { code, err } = await project.assay(['routing'], env)
  await project.write('tasks/routing/cases.yaml', CASES)
  expect({ code, err }).toEqual({
    code: 2,
    err: 'tasks/routing/cases.yaml:6: `cases[3].label`: expected one of backend-coder, backend-architect, neither, got "nobody"',
  })
})

it('counts what the service did not answer neither for nor against the description', async () => {
  const refused: ScriptedTurn = { fault: { kind: 'status', status: 401 } }
  await using api = await startScriptedApi({
    script: ({ body }) => {
      const said = JSON.stringify(body.messages)
      return said.includes('subscriptions') ? refused : eager(said)
    },
  })
  const { out, err, code } = await project.assay(['routing'], { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: api.url })
  expect(code, err).toBe(0)
  expect(out).toContain('Not answered: 1 case, unauthorised')
  await using dead = await startScriptedApi({ script: () => refused })
  const none = await project.assay(['routing'], { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: dead.url })
  expect(none).toMatchObject({ code: 3, err: expect.stringContaining('no case was answered') })
})
