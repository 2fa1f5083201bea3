import { expect, it } from 'vitest'
import { trendOf } from '../../src/report/trend.ts'
import { graded, sampleRun, voided } from '../results/sample-run.ts'

const TASK = 'django-docket/created-at'
const run = sampleRun([TASK], 2)
const stored = (change: Partial<typeof run>, passed: readonly boolean[]) => {
  const made = { ...run, ...change }
  return { run: made, trials: passed.map((one, at) => graded(made, TASK, at + 1, { passed: one })) }
}

it('shows runs that differ in nothing but the prompt, oldest first, each with its interval', () => {
  const prompt = { ...run.variant, agent: { ...run.variant.agent, promptDigest: 'd'.repeat(64) } }
  const trend = trendOf(run, [
    stored({}, [true, true]),
    stored({ run: 'OLDER', createdAt: '2026-11-01T00:00:00.000Z', variant: prompt }, [true, false]),
  ])
  expect(trend.points.map(({ run: id, prompt: digits, rate }) => [id, digits, rate.count, rate.of])).toEqual([
    ['OLDER', 'dddddddddddd', 1, 2],
    [run.run, 'aaaaaaaaaaaa', 2, 2],
  ])
  expect(trend.points[0]?.rate.interval.low).toBeCloseTo(0.0945, 3)
})

it.each([
  ['another model', { variant: { ...run.variant, model: 'other' } }],
  ['another runner', { variant: { ...run.variant, runner: 'command' } }],
  ['another upstream', { variant: { ...run.variant, upstream: 'reference' as const } }],
  ['another sandbox', { rung: 'none' as const }],
  ['other tasks', { plan: { ...run.plan, tasks: [] } }],
  ['a task that has changed', { plan: { ...run.plan, tasks: run.plan.tasks.map((task) => ({ ...task, taskDigest: '2' })) } }],
  ['a shard', { plan: { ...run.plan, shard: { i: 1, n: 2 } } }],
])('leaves out %s, and counts it', (_name, change) => {
  expect(trendOf(run, [stored({}, [true]), stored(change, [true])])).toMatchObject({ points: [{ run: run.run }], leftOut: 1 })
})

it('has no point for a run of which nothing was graded', () => {
  expect(trendOf(run, [{ run, trials: [voided(run, TASK, 1)] }])).toEqual({ points: [], leftOut: 1 })
})
