import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TranscriptLine } from '../../src/evidence/transcript.ts'
import { type ScriptedTurn, startScriptedApi } from '../../src/gateway/scripted-api.ts'
import type { ModelRequest } from '../../src/gateway/upstream.ts'
import type { GradedTrial } from '../../src/results/trial.ts'
import type { Receipt } from '../../src/task/task.ts'
import { addAskingTasks, FLOOR, REFUSE } from '../asking-tasks.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'

let project: ToyProject
beforeAll(async () => {
  project = await openToyProject({ proven: false })
  await addAskingTasks(project)
  const { code, out, err } = await project.assay(['check', '--times', '1'])
  expect(code, out + err).toBe(0)
})
afterAll(() => project[Symbol.asyncDispose]())

interface Ended {
  readonly trial: GradedTrial
  readonly transcript: readonly TranscriptLine[]
}

async function lastRun(): Promise<readonly Ended[]> {
  const names = (await readdir(join(project.root, 'results'))).toSorted()
  const folder = join(project.root, 'results', names.at(-1) ?? '')
  const lines = (await readFile(join(folder, 'trials.jsonl'), 'utf8')).trimEnd().split('\n')
  return await Promise.all(
    lines.map(async (line) => {
      const trial = JSON.parse(line) as GradedTrial
      const text = await readFile(join(folder, 'trials', trial.task, `${trial.k}/1/transcript.jsonl`), 'utf8')
      return {
        trial,
        transcript: text
          .trimEnd()
          .split('\n')
          .map((one) => JSON.parse(one) as TranscriptLine),
      }
    }),
  )
}

const answersIn = ({ transcript }: Ended) => transcript.flatMap((line) => (line.kind === 'answer' ? [line] : []))

it('proves each reading, the twin and the contradiction', async () => {
  const receiptOf = async (task: string) =>
    JSON.parse(await readFile(join(project.root, `tasks/toy-shop/${task}/expected.json`), 'utf8')) as Receipt
  expect(await receiptOf('coupon')).toMatchObject({
    failToPass: [],
    readings: {
      floor: {
        failToPass: [
          'backend.tests.test_coupon::test_coupon_takes_ten_off',
          'backend.tests.test_small_orders::test_small_orders_cost_nothing',
        ],
      },
      refuse: {
        failToPass: [
          'backend.tests.test_coupon::test_coupon_takes_ten_off',
          'backend.tests.test_small_orders::test_small_orders_are_refused',
          'backend.tests.test_small_orders::test_ten_is_enough',
        ],
      },
    },
  })
  expect(await receiptOf('gift')).toMatchObject({ contradicting: ['backend.tests.test_gift::test_gift'], failToPass: [] })
  expect(await receiptOf('coupon-settled')).not.toHaveProperty('readings')
})

it.each([
  ['readings/refuse/solution.patch', 'readings/floor/solution.patch', 'readings/floor: solution of refuse: must not pass, but does'],
  ['ask.md', 'Shall I begin?\n', 'readings/floor: solution: must pass, but clarified is fail'],
])('tells a pair that is not fair: %s', async (file, content, message) => {
  const at = `tasks/toy-shop/coupon/${file}`
  const before = await readFile(join(project.root, at), 'utf8')
  const other = content.endsWith('.patch') ? await readFile(join(project.root, 'tasks/toy-shop/coupon', content), 'utf8') : content
  await project.write(at, other)
  const { code, out } = await project.assay(['check', '--times', '1', 'toy-shop/coupon'])
  await project.write(at, before)
  expect(code).toBe(1)
  expect(out).toContain(message)
})

it('the reference asks, is answered, and passes in both readings; the twin and the impossible task pass beside it', async () => {
  const { code, out, err } = await project.assay(['run', '--trials', '2', 'toy-shop/coupon*', 'toy-shop/gift'])
  expect(code, out + err).toBe(0)
  const ended = await lastRun()
  expect(ended.filter(({ trial }) => trial.passed)).toHaveLength(6)
  const given = ended
    .filter(({ trial }) => trial.task === 'toy-shop/coupon')
    .flatMap((one) => answersIn(one).map(({ settles }) => settles?.reading))
  expect(given.toSorted()).toEqual(['floor', 'refuse'])
  expect(ended.find(({ trial }) => trial.task === 'toy-shop/gift')?.trial.stop).toEqual({
    kind: 'asked',
    questions: ['Which of the two is right?'],
  })
  const again = await project.assay(['grade', 'last'])
  expect(again.err).toContain('every verdict is the same')
})

it('an agent that does nothing passes neither', async () => {
  await project.assay(['run', '--runner', 'nop', 'toy-shop/coupon*', 'toy-shop/gift'])
  expect(
    (await lastRun())
      .map(({ trial: { task, passed, gates } }) => [task, passed, gates.clarified ?? gates.declined ?? gates.unasked])
      .toSorted(),
  ).toEqual([
    ['toy-shop/coupon', false, 'fail'],
    ['toy-shop/coupon-settled', false, 'pass'],
    ['toy-shop/gift', false, 'fail'],
  ])
})

const said = (text: string): ScriptedTurn => ({ content: [{ type: 'text', text }] })
const edit = (lines: readonly string[]): ScriptedTurn => ({
  content: [
    {
      type: 'tool_use',
      id: 'edit',
      name: 'bash',
      input: { command: `cat >> backend/shop.py <<'END'\n\n\ndef coupon(amount):\n${lines.map((line) => `    ${line}\n`).join('')}END\n` },
    },
  ],
})
const asks = (text: string): ScriptedTurn => ({
  content: [{ type: 'tool_use', id: 'ask', name: 'ask_user', input: { questions: [{ text }] } }],
})
const both = (...turns: readonly ScriptedTurn[]): ScriptedTurn => ({
  content: turns.flatMap((turn) => ('content' in turn ? turn.content : [])),
})
const RIGHT = 'I read the shop. Does an order below 10 cost nothing with a coupon, or is the coupon refused?'

/** Does what the user's last words say, as an agent would that asks first. */
const asTold = ({ messages }: ModelRequest['body']) => edit(JSON.stringify(messages.at(-1)).includes('costs nothing') ? FLOOR : REFUSE)

const agents: Readonly<Record<string, readonly ((body: ModelRequest['body']) => ScriptedTurn)[]>> = {
  asks: [() => said(RIGHT), asTold, () => said('Done.')],
  'asks-pointing': [() => said('Orders below 10 could cost nothing, or the coupon is refused. Which one?'), asTold, () => said('Done.')],
  'asks-unclearly': [
    () => said('Orders below 10 could cost nothing, or the coupon is refused. Is that right?'),
    () => said(RIGHT),
    asTold,
    () => said('Done.'),
  ],
  'asks-about-naming': [() => said('What is the module called?'), () => edit(FLOOR), () => said('Done.')],
  'asks-late-in-one-turn': [() => both(edit(FLOOR), asks(RIGHT)), () => said('Done.')],
  'asks-behind-work': [() => edit(FLOOR), () => said(RIGHT)],
}

it.each([
  ['asks', true, 'pass', 1],
  ['asks-pointing', true, 'pass', 1],
  ['asks-unclearly', true, 'pass', 2],
  ['asks-about-naming', false, 'fail', 1],
  ['asks-late-in-one-turn', false, 'fail', 1],
  ['asks-behind-work', false, 'fail', 0],
])('a live agent that %s', async (model, passes, clarified, questions) => {
  const turns = agents[model] ?? []
  await using api = await startScriptedApi({ script: ({ body }, index) => turns[index]?.(body) ?? said('Done.') })
  const env = { ANTHROPIC_API_KEY: 'sk-ant-x', ANTHROPIC_BASE_URL: api.url }
  const { err } = await project.assay(['run', '--trials', '2', 'toy-shop/coupon'], env)
  const ended = await lastRun()
  expect(
    ended.map(({ trial }) => trial.passed),
    err,
  ).toEqual([passes, passes])
  expect(ended.map(({ trial }) => trial.gates.clarified)).toEqual([clarified, clarified])
  expect(ended.map(({ trial }) => trial.asking)).toMatchObject([{ questions }, { questions }])
  if (!passes) {
    // By luck the floor that was built is the one that was drawn: it counts for nothing.
    expect(ended.map(({ trial }) => trial.gates['fail-to-pass']).toSorted()).toEqual(['fail', 'pass'])
  }
})

it('asking in the twin is a failure, although the work is done', async () => {
  await using api = await startScriptedApi({ script: (_, index) => [asks(RIGHT), edit(FLOOR)][index] ?? said('Done.') })
  await project.assay(['run', '--trials', '1', 'toy-shop/coupon-settled'], { ANTHROPIC_API_KEY: 'sk-ant-x', ANTHROPIC_BASE_URL: api.url })
  const [ended] = await lastRun()
  expect(ended?.trial).toMatchObject({
    passed: false,
    gates: { 'fail-to-pass': 'pass', unasked: 'fail' },
    asking: { role: 'twin', questions: 1 },
    stop: { kind: 'finished' },
  })
})

it('a program that asks is judged by what it asked, and cannot pass', async () => {
  await project.assay(['run', '--runner', 'command', '--command', `echo '${RIGHT}'`, 'toy-shop/coupon'])
  const [ended] = await lastRun()
  expect(ended?.trial).toMatchObject({ passed: false, gates: { clarified: 'pass', 'fail-to-pass': 'fail' }, stop: { kind: 'asked' } })
})
