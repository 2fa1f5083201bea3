import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TranscriptLine } from '../../src/evidence/transcript.ts'
import { type ScriptedTurn, startScriptedApi } from '../../src/gateway/scripted-api.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'

const KEY = 'sk-ant-real-and-secret'

const call = (id: string, name: string, input: unknown) => ({ type: 'tool_use', id, name, input })

const turns: readonly ScriptedTurn[] = [
  {
    content: [{ type: 'text', text: 'I look.' }, call('c1', 'read', { file_path: 'backend/shop.py' })],
    stop_reason: 'tool_use',
    usage: { input_tokens: 1000, output_tokens: 100, cache_creation_input_tokens: 400 },
  },
  {
    content: [
      call('c2', 'edit', {
        file_path: 'backend/shop.py',
        old_string: 'def discount(amount):',
        new_string: 'def shipping(amount):\n    return 0 if amount >= 50 else 5\n\n\ndef discount(amount):',
      }),
      call('c3', 'bash', { command: './run-tests; echo "exit $?"; env | sort; ls /; cat /proc/self/environ' }),
    ],
    stop_reason: 'tool_use',
    usage: { input_tokens: 200, output_tokens: 50, cache_read_input_tokens: 1400 },
  },
  {
    content: [{ type: 'text', text: 'Shipping is built; the tests pass.' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 100, output_tokens: 20, cache_read_input_tokens: 1600 },
  },
]

it('says what a live run may cost before it is run: from the reference solutions, or from earlier trials alike', async () => {
  await using api = await startScriptedApi({
    script: (request) => turns[request.body.messages.filter(({ role }) => role === 'assistant').length] ?? (turns[2] as ScriptedTurn),
  })
  await using project = await openToyProject()
  const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: api.url }
  const plan = async (...more: string[]) => (await project.assay(['run', '--trials', '2', '--dry-run', ...more], env)).err
  expect(await plan()).toContain('The expected cost is not known: no stored run has every one of these tasks with this model.\n')

  await project.assay(['run', '--runner', 'nop'])
  expect(await project.assay(['costs', 'last'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('taken from the reference solutions'),
  })
  await project.assay(['run', '--upstream', 'reference'])
  const costs = await project.assay(['costs', 'last'])
  expect(costs, costs.err).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^toy-shop\/shipping: \d+ requests, [\d,]+ tokens in, [\d,]+ out$/),
  })
  const [, usd] =
    /To play the reference solutions alone would take (\d\.\d\d) USD/.exec(await plan('--price', 'claude-sonnet-5-5=200,1000')) ?? []
  expect(Number(usd)).toBeGreaterThan(0.5)
  expect((await project.assay(['check', '--times', '1'])).code).toBe(0)
  expect(await plan()).toContain('To play the reference solutions alone would take')

  await project.assay(['run', '--trials', '1'], env)
  expect(await plan()).toContain('Expected cost 0.01 USD, as earlier trials of these tasks cost.')
}, 180_000)

async function lastRunFolder(project: ToyProject): Promise<string> {
  const names = (await readdir(join(project.root, 'results'))).toSorted()
  return join(project.root, 'results', names.at(-1) ?? '')
}

it('lets a live model edit files through real tool calls, and accounts for all of it', async () => {
  await using api = await startScriptedApi({
    script: (request) => turns[request.body.messages.filter(({ role }) => role === 'assistant').length] ?? (turns[2] as ScriptedTurn),
  })
  await using project = await openToyProject()
  const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: api.url }
  const { code, err } = await project.assay(['run', '--trials', '1'], env)
  expect(code, err).toBe(0)
  expect(err).toContain('1 task, 1 trial: toy-coder')
  expect(err).toContain('At most 1.00 USD by the limits of the tasks; no trial starts after 5 USD.')

  const run = await lastRunFolder(project)
  const [line] = (await readFile(join(run, 'trials.jsonl'), 'utf8')).trim().split('\n')
  const trial = JSON.parse(line ?? '') as { passed: boolean; usage: { usd: number }; models: string[]; stop: unknown }
  expect(trial).toMatchObject({
    passed: true,
    models: ['claude-sonnet-5-5'],
    stop: { kind: 'finished' },
    usage: { input: 1300, output: 170, cacheRead: 3000, cacheWrite: 400, requests: 3 },
  })
  expect(trial.usage.usd).toBeCloseTo((1300 * 2 + 400 * 2.5 + 3000 * 0.2 + 170 * 10) / 1_000_000, 12)

  const folder = join(run, 'trials/toy-shop/shipping/1/1')
  const transcript = (await readFile(join(folder, 'transcript.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as TranscriptLine)
  expect(transcript.map(({ kind, trust }) => `${kind} ${trust}`)).toEqual([
    'snapshot observed',
    'snapshot observed',
    'request observed',
    'response observed',
    'tool-call observed',
    'tool-result observed',
    'snapshot observed',
    'request observed',
    'response observed',
    'tool-call observed',
    'tool-result observed',
    'tool-call observed',
    'tool-result observed',
    'snapshot observed',
    'request observed',
    'response observed',
    'snapshot observed',
    'end observed',
  ])
  const snapshots = transcript.filter((one) => one.kind === 'snapshot').map((one) => one.changed)
  expect(snapshots).toEqual([[], [], [], ['backend/shop.py'], ['backend/shop.py']])

  expect(api.received.map(({ headers }) => headers.authorization ?? headers['x-api-key'])).toEqual(api.received.map(() => `Bearer ${KEY}`))
  for (const file of ['transcript.jsonl', 'objects.pack', 'evidence.json', 'agent.json', 'changes.patch']) {
    expect(await readFile(join(folder, file), 'latin1')).not.toContain(KEY)
  }
  for (const file of ['run.json', 'report.md', 'agent.md', 'trials.jsonl']) {
    expect(await readFile(join(run, file), 'latin1')).not.toContain(KEY)
  }
})

it('makes a trial void when the model cannot be reached, tries it three times in all, and never counts it', async () => {
  await using api = await startScriptedApi({ script: () => ({ fault: { kind: 'status', status: 401 } }) as ScriptedTurn })
  await using project = await openToyProject()
  const { code, out } = await project.assay(['run', '--trials', '1'], { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: api.url })
  expect(code).toBe(0)
  expect(out).toContain('no rate: nothing was graded')
  const lines = (await readFile(join(await lastRunFolder(project), 'trials.jsonl'), 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject(
    [1, 2, 3].map((attempt) => ({ outcome: 'void', phase: 'model', cause: 'unauthorised', attempt })),
  )
})

it('starts no trial after the budget is spent, and says what was not run', async () => {
  const dear: ScriptedTurn = { content: [{ type: 'text', text: 'Done.' }], usage: { input_tokens: 100_000, output_tokens: 1000 } }
  await using api = await startScriptedApi({ script: () => dear })
  await using project = await openToyProject()
  const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: api.url }
  const { code, err, out } = await project.assay(['run', '--trials', '5', '--concurrency', '1', '--budget-usd', '0.3'], env)
  expect(code).toBe(0)
  expect(err).toContain('The budget is used up: 3 trials were not run.')
  expect(out).toContain('3 not run')
})
