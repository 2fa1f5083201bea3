import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunEvent } from '../../src/results/run.ts'
import type { GradedTrial, Trial } from '../../src/results/trial.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'

let project: ToyProject
beforeAll(async () => {
  project = await openToyProject()
})
afterAll(() => project[Symbol.asyncDispose]())

const ARGS = ['run', '--trials', '2', '--concurrency', '1', '--json', '--seed', 'same']

const newestRun = async () => {
  const names = (await readdir(join(project.root, 'results'))).toSorted()
  return join(project.root, 'results', names.at(-1) ?? '')
}

const trialsOf = async (folder: string) => {
  const text = await readFile(join(folder, 'trials.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Trial)
}

/** What of a trial must not depend on how often the run was cut short. */
const lasting = (trials: readonly Trial[]) =>
  trials
    .map((trial) => {
      const { task, k, attempt, cell, passed, gates, checks, findings, stop, usage } = trial as GradedTrial
      return { task, k, attempt, cell, passed, gates, checks, findings, stop, usage }
    })
    .toSorted((a, b) => a.k - b.k)

/** Starts a run and kills it without warning as soon as `when` sees the event it waits for. */
async function killWhen(args: readonly string[], when: (event: RunEvent) => boolean): Promise<void> {
  const started = project.start(args)
  let rest = ''
  started.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    if (lines.some((line) => line.startsWith('{') && when(JSON.parse(line) as RunEvent))) {
      started.kill('SIGKILL')
    }
  })
  expect((await started).signal).toBe('SIGKILL')
}

let undisturbed: ReturnType<typeof lasting>
beforeAll(async () => {
  expect((await project.assay(ARGS)).code).toBe(0)
  undisturbed = lasting(await trialsOf(await newestRun()))
  expect(undisturbed).toHaveLength(2)
})

it.each<[string, (event: RunEvent) => boolean]>([
  ['before the first trial', (event) => event.kind === 'run-started'],
  ['as the agent begins', (event) => event.kind === 'phase' && event.phase === 'agent'],
  ['while the agent works', (event) => event.kind === 'turn' && event.turns >= 1],
  ['while the suites run', (event) => event.kind === 'phase' && event.phase === 'suites'],
  ['while it is graded', (event) => event.kind === 'phase' && event.phase === 'grade'],
  ['between two trials', (event) => event.kind === 'trial-ended'],
  ['in the second trial', (event) => event.kind === 'phase' && event.k === 2 && event.phase === 'suites'],
])('killed %s, a run ends with the same trials when it is resumed', async (_name, when) => {
  await killWhen(ARGS, when)
  const folder = await newestRun()
  const { code, err } = await project.assay(['resume', 'last', '--json'])
  expect(code, err).toBe(0)
  expect(lasting(await trialsOf(folder))).toEqual(undisturbed)
  expect(await project.assay(['resume', 'last', '--json'])).toMatchObject({ code: 0 })
  expect(await trialsOf(folder)).toHaveLength(2)
})

it('grades a finished agent without asking the model again', async () => {
  await killWhen(ARGS, (event) => event.kind === 'phase' && event.phase === 'suites')
  const folder = join(await newestRun(), 'trials/toy-shop/shipping/1/1')
  const sealed = await readFile(join(folder, 'agent.json'), 'utf8')
  const transcript = await readFile(join(folder, 'transcript.jsonl'), 'utf8')
  const { out } = await project.assay(['resume', 'last', '--json'])
  const turns = out.split('\n').filter((line) => line.includes('"kind":"turn"') && line.includes('"k":1'))
  expect(turns).toEqual([])
  expect(await readFile(join(folder, 'agent.json'), 'utf8')).toBe(sealed)
  expect(await readFile(join(folder, 'transcript.jsonl'), 'utf8')).toBe(transcript)
})

it('keeps what an interrupted agent had done beside the new attempt, and counts what it used', async () => {
  await killWhen(ARGS, (event) => event.kind === 'turn' && event.turns >= 2)
  const folder = await newestRun()
  expect((await project.assay(['resume', 'last', '--json'])).code).toBe(0)
  expect((await readdir(join(folder, 'trials/toy-shop/shipping/1'))).toSorted()).toEqual(['1', '1~interrupted-1'])
  const { out } = await project.assay(['report', 'last', '--json'])
  const { totals } = JSON.parse(out) as { totals: { usage: { requests: number }; unfinished: number } }
  expect(totals.unfinished).toBe(1)
  expect(totals.usage.requests).toBeGreaterThan(undisturbed.reduce((sum, { usage }) => sum + usage.requests, 0))
})

it('ends at Ctrl-C with the command that goes on, and goes on', async () => {
  const started = project.start(ARGS)
  started.stdout?.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('"kind":"turn"')) {
      started.kill('SIGINT')
    }
  })
  const { exitCode, stderr } = await started
  const folder = await newestRun()
  expect(exitCode).toBe(130)
  expect(stderr).toContain(`npm run assay -- resume ${folder.split('/').at(-1)}`)
  expect((await project.assay(['resume', 'last', '--json'])).code).toBe(0)
  expect(lasting(await trialsOf(folder))).toEqual(undisturbed)
})

it('does not go on with other tasks than it was begun with', async () => {
  await using other = await openToyProject()
  expect((await other.assay(['run'])).code).toBe(0)
  await other.write('tasks/toy-shop/shipping/tests/backend/tests/test_more.py', 'def test_more():\n    assert True\n')
  expect(await other.assay(['resume', 'last'])).toMatchObject({
    code: 2,
    err: 'toy-shop/shipping or its fixture changed since the run began.\nA run is of one set of tasks: start a new one with npm run eval.',
  })
})
