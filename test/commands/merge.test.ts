import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { plannedTrials } from '../../src/results/plan.ts'
import type { Run } from '../../src/results/run.ts'
import type { Trial } from '../../src/results/trial.ts'
import { arm, tasks } from '../comparison/sample-arms.ts'
import { RUN_ID } from '../results/sample-run.ts'
import { openStoredProject, type StoredProject } from './stored-project.ts'

const whole = arm('a', { ...tasks(4, 'PFP'), 'shop/w': 'wPw' })

async function shards(
  project: StoredProject,
  n: number,
  change: (i: number, run: Run) => Partial<Run> = () => ({}),
): Promise<readonly string[]> {
  const folders: string[] = []
  for (let i = 1; i <= n; i += 1) {
    const run: Run = { ...whole.run, plan: { ...whole.run.plan, shard: { i, n } } }
    const mine = new Set(plannedTrials(run).map(({ planned, k }) => `${planned.task} ${k}`))
    const trials = whole.trials.filter(({ task, k }) => mine.has(`${task} ${k}`))
    // Shards end in their own order.
    await project.store({ ...whole, run: { ...run, ...change(i, run) }, trials: trials.toReversed() }, 'An agent.\n', `shard-${i}`)
    for (const { task, k, attempt } of trials) {
      const folder = join(project.root, `shard-${i}`, RUN_ID, 'trials', task, String(k), String(attempt))
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'evidence.json'), `${task} ${k} ${attempt}`)
    }
    folders.push(`shard-${i}/${RUN_ID}`)
  }
  return folders
}

it.each([1, 2, 3, 5])('gives the bytes of the undivided run back from %d shards, given in any order', async (n) => {
  await using project = await openStoredProject()
  const folders = await shards(project, n)
  const { code, err } = await project.assay('merge', ...folders.toReversed())
  expect({ code, err }).toEqual({ code: 0, err: `${n} ${n === 1 ? 'part' : 'parts'} merged into results/${RUN_ID}.\n` })
  await project.store(whole, 'An agent.\n', 'undivided')
  const read = (folder: string, file: string) => readFile(join(project.root, folder, RUN_ID, file), 'utf8')
  expect(await read('results', 'run.json')).toBe(await read('undivided', 'run.json'))
  expect(await read('results', 'trials.jsonl')).toBe(await read('undivided', 'trials.jsonl'))
  expect(await read('results', 'agent.md')).toBe('An agent.\n')
  expect(await read('results', 'trials/shop/w/1/2/evidence.json')).toBe('shop/w 1 2')
  expect(await read('results', 'report.md')).toContain('Assay: backend-coder on builtin')
})

it('shows what a missing shard was to run', async () => {
  await using project = await openStoredProject()
  const [first] = await shards(project, 3)
  const { code, out } = await project.assay('merge', first ?? '')
  expect(code).toBe(0)
  expect(out).toMatch(/Not run +10 trials/)
})

it.each([
  [
    'the rung',
    (i: number) => (i === 2 ? { rung: 'none' as const } : {}),
    `has another rung of the sandbox than shard-1/${RUN_ID}: none, not overlay+bwrap`,
  ],
  [
    'the version',
    (i: number, { versions }: Run) => (i === 2 ? { versions: { ...versions, assay: '9.0.0' } } : {}),
    'has another version of Assay',
  ],
])('refuses mixed inputs by name: %s', async (_name, change, message) => {
  await using project = await openStoredProject()
  const folders = await shards(project, 2, change)
  const { code, err } = await project.assay('merge', ...folders)
  expect(code).toBe(2)
  expect(err).toContain(`shard-2/${RUN_ID} ${message}`)
  await expect(readFile(join(project.root, 'results', RUN_ID, 'run.json'))).rejects.toThrow('ENOENT')
})

it('refuses two results for one attempt, by the names of both', async () => {
  await using project = await openStoredProject()
  const [one, two] = await shards(project, 2)
  const file = join(project.root, one ?? '', 'trials.jsonl')
  const [line = ''] = (await readFile(file, 'utf8')).split('\n')
  const trial = JSON.parse(line) as Trial
  await writeFile(join(project.root, two ?? '', 'trials.jsonl'), `${JSON.stringify({ ...trial, models: ['other'] })}\n`)
  const { code, err } = await project.assay('merge', one ?? '', two ?? '')
  expect({ code, err }).toEqual({
    code: 2,
    err: `attempt ${trial.attempt} of ${trial.task} #${trial.k} has one result in ${one} and another in ${two}\n`,
  })
})

it('writes over nothing', async () => {
  await using project = await openStoredProject()
  const folders = await shards(project, 2)
  await project.assay('merge', ...folders)
  const again = await project.assay('merge', ...folders)
  expect(again).toMatchObject({ code: 2, err: `results/${RUN_ID} exists already; merge into another folder with --out DIR.\n` })
  expect((await project.assay('merge', ...folders, '--out', 'other')).code).toBe(0)
})

it('names the nearest run where there is none of that name', async () => {
  await using project = await openStoredProject()
  await project.store(whole)
  expect(await project.assay('merge', 'shard-9')).toMatchObject({ code: 2, err: expect.stringContaining(`the nearest is ${RUN_ID}`) })
})
