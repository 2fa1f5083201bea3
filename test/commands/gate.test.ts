import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GateReport } from '../../src/comparison/gate.ts'
import { arm, type Letters, tasks } from '../comparison/sample-arms.ts'
import { openStoredProject, type StoredProject } from './stored-project.ts'

/** The id of the n-th run of a test. */
const runId = (n: number) => `01KAQ3S8ZR4W6T9X2B5C7D8E${String(n).padStart(2, '0')}`

/** A project with a baseline of `runs` runs that passed every trial, and a run whose trials came out as told. */
async function withRun(runs: number, letters: Readonly<Record<string, Letters>>, recorded: Letters = 'PPP'): Promise<StoredProject> {
  const project = await openStoredProject()
  const all = Object.fromEntries(Object.keys(letters).map((task) => [task, recorded]))
  for (let n = 1; n <= runs; n += 1) {
    await project.store(arm('a', all, { run: runId(n) }))
  }
  if (runs > 0) {
    const names = Array.from({ length: runs }, (_, index) => runId(index + 1))
    expect((await project.assay('baseline', ...names)).code).toBe(0)
  }
  await project.store(arm('b', letters, { run: runId(90) }))
  return project
}

describe('exit codes of gate --stored-baseline', () => {
  it.each([
    ['nothing changed', 3, tasks(12, 'PPP'), 'PASS', 0, 0],
    ['nothing changed, too few tasks to say so', 3, tasks(2, 'PPP'), 'INCONCLUSIVE', 0, 3],
    ['the mean fell', 3, tasks(12, 'PFF'), 'FAIL', 1, 1],
    ['one trial of one task failed', 3, { ...tasks(12, 'PPP'), 'shop/t01': 'PPF' }, 'PASS', 0, 0],
    ['one task died', 6, { ...tasks(12, 'PPP'), 'shop/t01': 'FFF' }, 'FAIL', 1, 1],
    ['too few recorded runs', 2, tasks(12, 'FFF'), 'INCONCLUSIVE', 0, 3],
    ['too many voids', 3, { ...tasks(12, 'PPP'), 'shop/t01': 'VVV' }, 'INVALID', 3, 3],
  ] as const)('%s', async (_name, runs, letters, word, usual, strict) => {
    await using project = await withRun(runs, letters)
    const loose = await project.assay('gate', runId(90), '--stored-baseline')
    expect({ code: loose.code, told: new RegExp(`^${word}  `, 'm').test(loose.out), err: loose.err }).toEqual({
      code: usual,
      told: true,
      err: '',
    })
    expect((await project.assay('gate', runId(90), '--stored-baseline', '--strict')).code).toBe(strict)
    const json = JSON.parse((await project.assay('gate', runId(90), '--stored-baseline', '--json')).out) as {
      ending: { code: number }
      report: GateReport
    }
    expect(json).toMatchObject({ ending: { code: usual, word }, report: { outcome: word.toLowerCase(), against: 'stored' } })
  })

  it('says what stored counts assume, and which task blocks', async () => {
    await using project = await withRun(6, { ...tasks(4, 'PPP'), 'shop/t01': 'FFF' })
    const { out } = await project.assay('gate', runId(90), '--stored-baseline')
    expect(out).toMatchInlineSnapshot(`
      "FAIL  It got worse on this suite: -25 points on average, 95 % interval -39 to -11; p < 0.001 for a
            difference, p < 0.001 for a drop, held against 0.04. A task that always passed before does not
            any more: shop/t01.

      Against  the baseline's recorded counts: this assumes that neither model nor machine has drifted
               since they were recorded
      Mean     -25 points (95 % interval -39 to -11; p < 0.001 for a drop, held against 0.04); drops up to
               10 points pass
      Tasks    4 can block alone, 0 flaky (in the mean, where chance is accounted for, and never alone), 0
               with fewer than 3 recorded runs (inform only)

        TASK          STANDING  RUNS  BASELINE, ALL  NOW  RUN     DIFF      P
      ✗ shop/t01      blocking     6  18 of 18       -    0 of 3  -100  0.003  blocks
        shop/t02      blocking     6  18 of 18       -    3 of 3     0  1.000
        shop/t03      blocking     6  18 of 18       -    3 of 3     0  1.000
        shop/t04      blocking     6  18 of 18       -    3 of 3     0  1.000
        P: one-sided against all trials of the baseline's revision; for tasks that can block, adjusted by
        Holm and held against 0.01.
      "
    `)
  })

  it('never moves the baseline', async () => {
    await using project = await withRun(3, tasks(12, 'PPP'))
    const file = join(project.root, 'results/baseline.json')
    const before = await readFile(file, 'utf8')
    await project.assay('gate', runId(90), '--stored-baseline')
    expect(await readFile(file, 'utf8')).toBe(before)
  })
})

describe('mistakes', () => {
  it('tells that there is no baseline, and how to have one', async () => {
    await using project = await withRun(0, tasks(2, 'P'))
    const { code, err } = await project.assay('gate', runId(90))
    expect(code).toBe(2)
    expect(err).toMatch(/^There is no baseline yet \(.*results\/baseline\.json\)\. Admit a run: npm run assay -- baseline RUN\n$/)
  })

  it('refuses a run that the baseline says nothing about', async () => {
    await using project = await withRun(3, tasks(2, 'PPP'))
    await project.store(arm('b', tasks(2, 'PPP'), { run: runId(91), rung: 'none' }))
    expect(await project.assay('gate', runId(91), '--stored-baseline')).toMatchObject({
      code: 2,
      err: 'The rung of the sandbox was overlay+bwrap and is now none.\nThe baseline says nothing about such a run. Admit one that is like it: npm run assay -- baseline RUN\n',
    })
  })

  it('tells every mistake of the file, with its line', async () => {
    await using project = await withRun(3, tasks(2, 'PPP'))
    const file = join(project.root, 'results/baseline.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"harness"', '"harnes"').replace('"graded": 3', '"graded": "three"'))
    const { code, err } = await project.assay('gate', runId(90))
    expect(code).toBe(2)
    expect(err).toContain('baseline.json:3: unknown key `harnes`; did you mean `harness`?')
    expect(err).toContain('expected a number, got "three"')
  })

  it('needs a key where both revisions are to be run live', async () => {
    await using project = await withRun(3, tasks(2, 'PPP'))
    const { code, err } = await project.assay('gate', runId(90))
    expect({ code, err }).toEqual({
      code: 2,
      err: 'The gate runs both revisions now, and needs ANTHROPIC_API_KEY in the environment. Without a key: --stored-baseline\n',
    })
  })

  it('names the nearest run', async () => {
    await using project = await withRun(1, tasks(2, 'PPP'))
    expect(await project.assay('gate', `${runId(90)}X`, '--stored-baseline')).toMatchObject({
      code: 2,
      err: expect.stringContaining('the nearest is'),
    })
  })
})

describe('baseline', () => {
  it('tells what is recorded, and where', async () => {
    await using project = await openStoredProject()
    await project.store(arm('a', { 'shop/x': 'PPF', 'shop/y': 'PPP' }, { run: runId(1) }))
    await project.store(arm('b', { 'shop/x': 'PPP' }, { run: runId(2) }))
    await project.assay('baseline', runId(1))
    expect((await project.assay('baseline', runId(1), runId(2))).out).toMatchInlineSnapshot(`
      "Run 01KAQ3S8ZR4W6T9X2B5C7D8E01 is in the baseline already; nothing was changed.
      The baseline's prompt was aaaaaaaaaaaa and is now 999999999999.
      The baseline is backend-coder (agents/backend-coder.md, prompt 999999999999).
      shop/x: 2 recorded runs, passed 5 of 6
      shop/y: 1 recorded run, passed 3 of 3
      Written to results/baseline.json: commit it.
      "
    `)
    const file = JSON.parse(await readFile(join(project.root, 'results/baseline.json'), 'utf8')) as object
    expect(file).toMatchObject({ schema: 1, harness: '0.1.0', agentText: 'An agent of 9999.\n' })
  })

  it.each([
    ['an invalid run', arm('a', { ...tasks(9, 'P'), 'shop/x': 'V' }), 3, 'is invalid'],
    ['an unfinished run', arm('a', { 'shop/x': 'P-', 'shop/y': 'PP' }), 2, 'is not finished'],
  ] as const)('refuses %s, and writes nothing', async (_name, stored, code, message) => {
    await using project = await openStoredProject()
    await project.store(stored)
    const ended = await project.assay('baseline', stored.run.run)
    expect(ended.code).toBe(code)
    expect(ended.err).toContain(message)
    expect(ended.err).toContain('The baseline was not changed.')
    await expect(readFile(join(project.root, 'results/baseline.json'))).rejects.toThrow('ENOENT')
  })

  it('refuses a run whose agent is not there as it was', async () => {
    await using project = await openStoredProject()
    const id = await project.store(arm('a', tasks(2, 'P')))
    await writeFile(join(project.root, 'results', id, 'agent.md'), 'Another.\n')
    expect(await project.assay('baseline', id)).toMatchObject({ code: 2, err: expect.stringContaining('could not run it again') })
  })
})
