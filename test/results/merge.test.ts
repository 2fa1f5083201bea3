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
const partOf = (run: Run) => ({
  name: `part-${run.plan.shard?.i}`,
  run,
  trials: plannedTrials(run).map(({ planned, k }) => graded(run, planned.task, k)),
})

test('shards together are the whole run', () => {
  const merged = mergeRuns([partOf(shardOf(1)), partOf(shardOf(2))])
  expect(merged.kind === 'merged' && { run: merged.run, left: pendingTrials(merged.run, merged.trials) }).toEqual({
    run: whole,
    left: [],
  })
})

test('a shard given twice counts once', () => {
  const part = partOf(shardOf(1))
  const merged = mergeRuns([part, part])
  expect(merged.kind === 'merged' && merged.trials).toEqual(part.trials.toSorted((a, b) => a.task.localeCompare(b.task) || a.k - b.k))
})

test('voids of one part stay beside the other part’s trials', () => {
  const first = { name: 'one', run: shardOf(1), trials: [voided(whole, 'docket/a', 1)] }
  const merged = mergeRuns([{ name: 'two', run: shardOf(2), trials: [graded(whole, 'docket/a', 1, { attempt: 2 })] }, first])
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
    [
      { run: '01KAQ3S8ZR4W6T9X2B5C7D8E9G' },
      'two has another run id (shards of one run are started with the same --run-id) than part-1: 01KAQ3S8ZR4W6T9X2B5C7D8E9G, not 01KAQ3S8ZR4W6T9X2B5C7D8E9F',
    ],
    [{ rung: 'none' }, 'two has another rung of the sandbox than part-1: none, not overlay+bwrap'],
    [{ versions: { ...whole.versions, assay: '0.2.0' } }, 'two has another version of Assay than part-1: 0.2.0, not 0.1.0'],
    [
      { variant: { ...whole.variant, model: 'm-2', digest: 'other' } },
      'two has another agent, runner, upstream, model or setting than part-1: backend-coder (prompt aaaaaaaaaaaa) on builtin, api, m-2, not backend-coder (prompt aaaaaaaaaaaa) on builtin, api, claude-sonnet-4-5',
    ],
    [{ plan: { ...whole.plan, trials: 3 } }, 'two has another number of trials a task than part-1: 3, not 2'],
    [{ plan: { ...whole.plan, seed: '8' } }, 'two has another seed than part-1: 8, not 7'],
    [{ plan: { ...whole.plan, tasks: whole.plan.tasks.slice(1) } }, 'two has another set of tasks, fixtures or environments than part-1'],
  ])('%#', (change, problem) => {
    expect(mergeRuns([partOf(shardOf(1)), { name: 'two', run: shardOf(2, change), trials: [] }])).toEqual({
      kind: 'bad',
      problems: [problem],
    })
  })

  test('shards of another division', () => {
    const third = { name: 'third', run: { ...whole, plan: { ...whole.plan, shard: { i: 3, n: 3 } } }, trials: [] }
    expect(mergeRuns([partOf(shardOf(1)), third])).toEqual({
      kind: 'bad',
      problems: ['third has another number of shards than part-1: 3, not 2'],
    })
  })

  test('two results for one attempt', () => {
    const first = { name: 'one', run: shardOf(1), trials: [graded(whole, 'docket/a', 1)] }
    const second = { name: 'two', run: shardOf(2), trials: [graded(whole, 'docket/a', 1, { passed: false })] }
    expect(mergeRuns([first, second])).toEqual({
      kind: 'bad',
      problems: ['attempt 1 of docket/a #1 has one result in one and another in two'],
    })
  })

  test('nothing to merge', () => {
    expect(mergeRuns([])).toEqual({ kind: 'bad', problems: ['there is no run to merge'] })
  })
})
