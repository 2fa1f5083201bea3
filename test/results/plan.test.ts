import { describe, expect, test } from 'vitest'
import { cellOf, trialIdOf } from '../../src/results/identity.ts'
import { countingTrials, pendingTrials, plannedTrials } from '../../src/results/plan.ts'
import { graded, plannedTask, sampleRun, voided } from './sample-run.ts'

const tasks = ['docket/a', 'docket/b', 'docket/c', 'docket/d', 'docket/e']
const named = (trials: ReturnType<typeof plannedTrials>) => trials.map(({ planned, k }) => `${planned.task}#${k}`)

test('every task is tried once before any is tried twice', () => {
  expect(named(plannedTrials(sampleRun(['docket/a', 'docket/b'], 2)))).toEqual(['docket/a#1', 'docket/b#1', 'docket/a#2', 'docket/b#2'])
})

describe('shards', () => {
  const shard = (i: number, n: number, order = tasks) => {
    const run = sampleRun(order, 3)
    return named(plannedTrials({ ...run, plan: { ...run.plan, shard: { i, n } } }))
  }

  test.each([1, 2, 3, 4, 7, 20])('%i shards together have each trial once, and differ in size by one at most', (n) => {
    const parts = Array.from({ length: n }, (_, index) => shard(index + 1, n))
    expect(parts.flat().toSorted()).toEqual(named(plannedTrials(sampleRun(tasks, 3))).toSorted())
    const sizes = parts.map((part) => part.length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })

  test('do not depend on the order in which tasks were listed', () => {
    expect(shard(2, 3, tasks.toReversed()).toSorted()).toEqual(shard(2, 3).toSorted())
  })
})

describe('what is left to do', () => {
  const run = sampleRun(['docket/a', 'docket/b'], 1)
  const left = (...trials: Parameters<typeof pendingTrials>[1]) =>
    pendingTrials(run, trials).map(({ planned, k, attempt }) => `${planned.task}#${k} attempt ${attempt}`)
  const b = graded(run, 'docket/b', 1)

  test.each([
    ['nothing done', [], ['docket/a#1 attempt 1', 'docket/b#1 attempt 1']],
    ['a graded trial is done, passed or not', [b, graded(run, 'docket/a', 1, { passed: false })], []],
    ['a void is tried again', [b, voided(run, 'docket/a', 1)], ['docket/a#1 attempt 2']],
    ['a second void too', [b, voided(run, 'docket/a', 1), voided(run, 'docket/a', 1, { attempt: 2 })], ['docket/a#1 attempt 3']],
    ['after three it is given up', [b, ...[1, 2, 3].map((attempt) => voided(run, 'docket/a', 1, { attempt }))], []],
    ['graded after a void', [b, voided(run, 'docket/a', 1), graded(run, 'docket/a', 1, { attempt: 2 })], []],
  ])('%s', (_, trials, expected) => {
    expect(left(...trials)).toEqual(expected)
  })

  test('the last attempt of an id counts, whatever the order of the lines', () => {
    const first = voided(run, 'docket/a', 1)
    const second = graded(run, 'docket/a', 1, { attempt: 2 })
    expect(countingTrials([first, b, second])).toEqual([second, b])
    expect(countingTrials([second, first])).toEqual([second])
  })
})

test('ids and cells tell apart what differs, and only that', () => {
  const parts = { taskDigest: 't', fixtureDigest: 'f', environmentDigest: 'e', promptDigest: 'p', runner: 'builtin', model: 'm' }
  const others = Object.keys(parts).map((key) => cellOf({ ...parts, [key]: 'other' }))
  const shifted = cellOf({ ...parts, taskDigest: 'tf', fixtureDigest: '' })
  expect(new Set([cellOf(parts), shifted, ...others]).size).toBe(8)
  expect(cellOf(parts)).toBe(cellOf({ ...parts }))
  expect(trialIdOf('r', 'c1', 1)).not.toBe(trialIdOf('r', 'c', 11))
  expect(plannedTask('docket/a').cell).toMatch(/^[0-9a-f]{64}$/)
})
