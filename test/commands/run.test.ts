import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../src/results/run.ts'
import type { Trial } from '../../src/results/trial.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'

let project: ToyProject
beforeAll(async () => {
  project = await openToyProject()
})
afterAll(() => project[Symbol.asyncDispose]())

const lastRun = async () => {
  const names = (await readdir(join(project.root, 'results'))).toSorted()
  const folder = join(project.root, 'results', names.at(-1) ?? '')
  const run = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Run
  const lines = (await readFile(join(folder, 'trials.jsonl'), 'utf8')).split('\n').filter((line) => line !== '')
  return { folder, run, trials: lines.map((line) => JSON.parse(line) as Trial) }
}

describe('a run of the reference', () => {
  it('passes, says first that it measured the pipeline, and leaves all of its evidence', async () => {
    const { code, out } = await project.assay(['run'])
    expect(code).toBe(0)
    expect(out.trim().split('\n')[0]).toBe(
      "This run measured the pipeline, not an agent: the model's part was played by the reference solution.",
    )
    const { folder, run, trials } = await lastRun()
    expect(trials).toMatchObject([
      {
        outcome: 'graded',
        passed: true,
        gates: { 'fail-to-pass': 'pass', 'pass-to-pass': 'pass', scope: 'pass', 'no-tampering': 'pass' },
        findings: [],
        stop: { kind: 'finished' },
        models: ['assay-reference'],
        usage: { requests: 4, usd: 0 },
      },
    ])
    expect(run).toMatchObject({ schema: 1, variant: { runner: 'builtin', upstream: 'reference' }, plan: { trials: 1 } })
    const kept = await readdir(join(folder, 'trials/toy-shop/shipping/1/1'))
    expect(kept.toSorted()).toEqual(['agent.json', 'changes.patch', 'evidence.json', 'objects.pack', 'reports', 'transcript.jsonl'])
    expect(await readFile(join(folder, 'trials/toy-shop/shipping/1/1/changes.patch'), 'utf8')).toContain('+def shipping(amount):')
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toContain('toy-shop/shipping')
  })

  it('exits 1 where a reference trial does not pass', async () => {
    await using broken = await openToyProject()
    const receipt = join(broken.root, 'tasks/toy-shop/shipping/expected.json')
    const proven = JSON.parse(await readFile(receipt, 'utf8')) as { failToPass: string[] }
    await broken.write(
      'tasks/toy-shop/shipping/expected.json',
      JSON.stringify({ ...proven, failToPass: [...proven.failToPass, 'x::gone'] }),
    )
    const { code, err } = await broken.assay(['run'])
    expect(code).toBe(1)
    expect(err).toContain('A reference trial did not pass')
  })
})

it('never passes an agent that does nothing', async () => {
  const { code } = await project.assay(['run', '--runner', 'nop'])
  expect(code).toBe(0)
  const { trials } = await lastRun()
  expect(trials).toMatchObject([{ outcome: 'graded', passed: false, gates: { 'fail-to-pass': 'fail', scope: 'na' } }])
  expect((await project.assay(['run', '--runner', 'nop', '--min-pass-rate', '0.5'])).code).toBe(1)
})

it('grades a program that fails by what it left', async () => {
  const add = 'printf "def shipping(a):\\n    return 0 if a >= 50 else 5\\n" >> backend/shop.py; exit 3'
  await project.assay(['run', '--runner', 'command', '--command', add])
  const { trials } = await lastRun()
  expect(trials).toMatchObject([{ outcome: 'graded', passed: true, stop: { kind: 'failed' } }])
})

it('plans without running', async () => {
  const before = await readdir(join(project.root, 'results'))
  const { code, out } = await project.assay(['run', '--trials', '2', '--dry-run'])
  expect({ code, out }).toEqual({ code: 0, out: 'toy-shop/shipping #1\ntoy-shop/shipping #2' })
  expect(await readdir(join(project.root, 'results'))).toEqual(before)
})

it('replays a recorded run to the same verdict', async () => {
  await project.assay(['run'])
  const recorded = await lastRun()
  const { code, err } = await project.assay(['run', '--upstream', `replay:${recorded.run.run}`])
  expect({ code, err: err.split('\n')[1] }).toMatchObject({ code: 0 })
  const replayed = await lastRun()
  expect(replayed.run.run).not.toBe(recorded.run.run)
  expect(replayed.trials).toMatchObject([{ outcome: 'graded', passed: true, models: ['assay-reference'] }])
})

it('judges stored evidence again, and finds the same', async () => {
  await project.assay(['run'])
  const { folder, trials } = await lastRun()
  const { code, err } = await project.assay(['grade', 'last'])
  expect({ code, err }).toEqual({ code: 0, err: '1 trial judged again; every verdict is the same (regraded.jsonl).' })
  const regraded = (await readFile(join(folder, 'regraded.jsonl'), 'utf8')).trimEnd()
  expect(regraded).toBe(JSON.stringify(trials[0]))
})
