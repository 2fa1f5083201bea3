import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ComparisonRecord } from '../../src/comparison/comparison-record.ts'
import { comparisonRecordSchema } from '../../src/comparison/schema.ts'
import type { Trial } from '../../src/results/trial.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'
import { agentThat, COMMAND, writeAgents } from './two-agents.ts'

let project: ToyProject
beforeAll(async () => {
  project = await openToyProject()
  await writeAgents(project)
})
afterAll(() => project[Symbol.asyncDispose]())

const GOOD_AND_BAD = ['compare', '--agents', 'agents/good.md', 'agents/bad.md', ...COMMAND]

async function newestFolder(): Promise<string> {
  const names = (await readdir(join(project.root, 'results'))).filter((name) => /^[0-9A-Z]{26}$/.test(name)).toSorted()
  return join(project.root, 'results', names.at(-1) ?? '')
}

async function newestComparison(): Promise<{ readonly folder: string; readonly record: ComparisonRecord }> {
  const folder = await newestFolder()
  return { folder, record: JSON.parse(await readFile(join(folder, 'comparison.json'), 'utf8')) as ComparisonRecord }
}

async function trialsOf(folder: string, run: string): Promise<readonly Trial[]> {
  const text = await readFile(join(folder, run, 'trials.jsonl'), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Trial]))
}

it('plans before anything runs', async () => {
  const { code, out } = await project.assay([...GOOD_AND_BAD, '--trials', '3', '--plan'])
  expect(code).toBe(0)
  expect(out.replaceAll(/prompt [0-9a-f]{12}/g, 'prompt …')).toMatchInlineSnapshot(`
    "A is agents/good.md (prompt …), B is agents/bad.md (prompt …), on command.
    1 task × 3 trials × 2 arms = 6 trials, interleaved in random blocks.
    No live model: nothing is spent.
    Smallest effects that four of five such comparisons find: 83 points for "did it get worse on this suite?", none at all for "would it be better on new tasks?" (variances from published values: these tasks have not been measured yet).
    With so few tasks no result can tell about new tasks: even if all went one way, p would be 1.00."
  `)
  await expect(readdir(join(project.root, 'results'))).rejects.toThrow('ENOENT')
})

it('runs a good and a bad program now: worse, exit 1', async () => {
  const { code, out } = await project.assay([...GOOD_AND_BAD, '--trials', '3', '--gate'])
  expect(code).toBe(1)
  expect(out).toMatch(/^FAIL {2}It got worse on this suite: -100 points/m)
  expect(out).toMatch(/^Collapsed +toy-shop\/shipping$/m)
  expect(out).toContain('  -An agent that works.\n  +An agent that idles.')
  const { folder, record } = await newestComparison()
  expect(comparisonRecordSchema.safeParse(record).error).toBeUndefined()
  expect(record).toMatchObject({
    schema: 1,
    sequential: false,
    result: { order: 'interleaved', a: { passed: 3, counted: 3 }, b: { passed: 0 } },
  })
  const again = await project.assay(['compare', record.comparison, '--gate', '--json'])
  expect(again.code).toBe(1)
  expect((JSON.parse(again.out) as { comparison: unknown }).comparison).toEqual(record.result)
  expect((await readdir(folder)).toSorted()).toEqual([record.runs.a, record.runs.b, 'comparison.json'].toSorted())
  expect((await project.assay(['report', record.runs.b])).out).toContain('0 of 3')
})

it('stops when it is decided, and says what that saved', async () => {
  const { code, out } = await project.assay([...GOOD_AND_BAD, '--trials', '12', '--sequential', '--gate', '--concurrency', '1'])
  expect(code).toBe(1)
  expect(out.replaceAll(/\n +/g, ' ')).toContain(
    'FAIL  On these tasks B passes less often; of the pairs of trials that disagree, B alone passed 0 and A alone 8: evidence 28.4, 20 needed. Stopped when decided: 8 of the planned trials were not run.',
  )
  const { record } = await newestComparison()
  expect(record).toMatchObject({ sequential: true, result: { sequential: { state: 'decided', losses: 8, saved: 8 } } })
}, 180_000)

it('goes on after Ctrl-C, and runs nothing twice', async () => {
  const started = project.start([...GOOD_AND_BAD, '--trials', '3', '--concurrency', '1'])
  started.stderr?.on('data', (chunk: Buffer) => {
    if (/#1 (passed|failed)/.test(chunk.toString())) {
      started.kill('SIGINT')
    }
  })
  const { exitCode, stderr } = await started
  expect(exitCode).toBe(130)
  const { folder, record } = await newestComparison()
  expect(record.result).toBeNull()
  expect(String(stderr)).toContain(`Go on with: npm run assay -- resume ${record.comparison}`)
  const before = [...(await trialsOf(folder, record.runs.a)), ...(await trialsOf(folder, record.runs.b))]
  expect(before.length).toBeGreaterThan(0)
  expect(before.length).toBeLessThan(6)
  const resumed = await project.assay(['resume', record.comparison])
  expect(resumed.code).toBe(0)
  expect(resumed.out).toMatch(/^CANNOT TELL {2}/m)
  for (const [run, passed] of [
    [record.runs.a, true],
    [record.runs.b, false],
  ] as const) {
    const trials = await trialsOf(folder, run)
    expect(
      trials
        .map((trial) => ({ k: trial.k, attempt: trial.attempt, passed: trial.outcome === 'graded' && trial.passed }))
        .toSorted((a, b) => a.k - b.k),
    ).toEqual([1, 2, 3].map((k) => ({ k, attempt: 1, passed })))
    expect(before.filter((trial) => trial.run === run)).toEqual(trials.slice(0, before.filter((trial) => trial.run === run).length))
  }
  expect((await newestComparison()).record.result).toMatchObject({ tasks: [{ change: 'collapsed' }] })
})

it('measures two revisions on the reference upstream, and says that this was the pipeline', async () => {
  const git = (...args: readonly string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: project.root, env: project.env, extendEnv: false })
  await git('init', '-q')
  await git('add', 'agents/backend-coder.md')
  await git('commit', '-qm', 'before')
  await project.write('agents/backend-coder.md', agentThat('works'))
  await git('commit', '-qam', 'after')
  const { code, out } = await project.assay(['compare', '--revisions', 'HEAD~1', 'HEAD', 'shipping'])
  expect(code).toBe(0)
  expect(out).toMatch(/^This measured the pipeline, not agents: no model read a prompt\.$/m)
  expect(out).toMatch(/git:HEAD~1:agents\/backend-coder\.md.*passed 1 of 1/s)
  const unknown = await project.assay(['compare', '--revisions', 'HEAD~9', 'HEAD'])
  expect(unknown).toMatchObject({
    code: 2,
    err: 'The agent git:HEAD~9:agents/backend-coder.md cannot be read: there is no revision `HEAD~9`',
  })
})

it('gates against the baseline’s revision, run again beside the run’s', async () => {
  const run = async (agent: string) => {
    await project.assay(['run', '--agent', `agents/${agent}.md`, ...COMMAND])
    return basename(await newestFolder())
  }
  const good = await run('good')
  expect((await project.assay(['baseline', good])).code).toBe(0)
  const bad = await run('bad')
  const gate = await project.assay(['gate', bad, '--min-runs', '1', '--trials', '4'])
  expect({ code: gate.code, told: gate.out.split('\n').find((line) => line.startsWith('FAIL')) }).toEqual({
    code: 1,
    told: expect.stringContaining('It got worse on this suite: -100 points'),
  })
  const { record } = await newestComparison()
  expect(record.result).toMatchObject({ a: { passed: 4 }, b: { passed: 0 } })
  // The comparison that it made is what it judges from then on: nothing runs twice.
  const again = await project.assay(['gate', record.comparison, '--min-runs', '1', '--strict'])
  expect(again).toMatchObject({ code: 1, out: gate.out, err: '' })
  expect((await newestComparison()).record.comparison).toBe(record.comparison)
}, 180_000)
