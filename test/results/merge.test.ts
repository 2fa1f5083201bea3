import { describe, expect, test } from 'vitest'
import { mergeRuns } from '../../src/results/merge.ts'
import { pendingTrials, plannedTrials } from '../../src/results/plan.ts'
import type { Run } from '../../src/results/run.ts'
import { graded, sampleRun, voided } from './sample-run.ts'

const whole = sampleRun(['docket/a', 'docket/b', 'docket/c'], 2)
const shardOf = (i: number, change: Partial<Run> = {}): Run => ({
  ...whole,
  ...change,
  plan: { ...whole.plan, ...change.plan, shard: { i, n: 2 } },
})
const partOf = (run: Run) => ({ run, trials: plannedTrials(run).map(({ planned, k }) => graded(run, planned.task, k)) })

test('shards together are the whole run', () => {
  const merged = mergeRuns([partOf(shardOf(1)), partOf(shardOf(2))])
  expect(merged.kind === 'merged' && { run: merged.run, left: pendingTrials(merged.run, merged.trials) }).toEqual({
    run: { ...whole, plan: { ...whole.plan, concurrency: 4, budgetUsd: 10 } },
    left: [],
  })
})

test('a shard given twice counts once', () => {
  const part = partOf(shardOf(1))
  const merged = mergeRuns([part, part])
  expect(merged.kind === 'merged' && merged.trials).toEqual(part.trials)
})

test('voids of one part stay beside the other part’s trials', () => {
  const first = { run: shardOf(1), trials: [voided(whole, 'docket/a', 1)] }
  const merged = mergeRuns([first, { run: shardOf(2), trials: [graded(whole, 'docket/a', 1, { attempt: 2 })] }])
  expect(merged.kind === 'merged' && merged.trials.map((trial) => trial.outcome)).toEqual(['void', 'graded'])
})

test('what may differ between machines is a warning', () => {
  const other = shardOf(2, { host: { ...whole.host, cpus: 64 }, limitsBy: 'rlimit', warnings: ['Low on memory.'] })
  const merged = mergeRuns([partOf(shardOf(1)), partOf(other)])
  expect(merged.kind === 'merged' && merged.run.warnings).toEqual([
    'Low on memory.',
    'The merged shards ran with different hosts.',
    'The merged shards ran with different means of holding commands to their limits.',
  ])
})

describe('what decides a verdict may not differ', () => {
  test.each<[Partial<Run>, string]>([
    [{ run: '01KAQ3S8ZR4W6T9X2B5C7D8E9G' }, 'the runs differ in run id (shards of one run are started with the same one)'],
    [{ rung: 'none' }, 'the runs differ in rung of the sandbox'],
    [{ versions: { ...whole.versions, assay: '0.2.0' } }, 'the runs differ in version of Assay'],
    [{ variant: { ...whole.variant, digest: 'other' } }, 'the runs differ in variant (agent, runner, upstream, model, settings)'],
    [{ plan: { ...whole.plan, trials: 3 } }, 'the runs differ in number of trials a task'],
    [{ plan: { ...whole.plan, tasks: whole.plan.tasks.slice(1) } }, 'the runs differ in planned tasks'],
  ])('%#', (change, problem) => {
    expect(mergeRuns([partOf(shardOf(1)), { run: shardOf(2, change), trials: [] }])).toEqual({ kind: 'bad', problems: [problem] })
  })

  test('two results for one attempt', () => {
    const first = { run: shardOf(1), trials: [graded(whole, 'docket/a', 1)] }
    const second = { run: shardOf(2), trials: [graded(whole, 'docket/a', 1, { passed: false })] }
    expect(mergeRuns([first, second])).toEqual({ kind: 'bad', problems: ['attempt 1 of docket/a #1 has two different results'] })
  })

  test('nothing to merge', () => {
    expect(mergeRuns([])).toEqual({ kind: 'bad', problems: ['there is no run to merge'] })
  })
})
