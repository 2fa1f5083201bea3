import { describe, expect, test } from 'vitest'
import { minimumDetectableEffect, type Plan, powerOf, smallestPValue } from '../../src/statistics/power.ts'
import { ILLUSTRATIVE, variancesOfPair, variancesOfRun } from '../../src/statistics/variance.ts'

const plan: Plan = { question: 'new-tasks', tasks: 30, trials: 5, variances: ILLUSTRATIVE, side: 'two-sided' }

describe('the minimum detectable effect on new tasks', () => {
  test.each([
    [20, [0.418, 0.295, 0.264, 0.238, 0.224]],
    [30, [0.341, 0.241, 0.216, 0.194, 0.183]],
    [50, [0.264, 0.187, 0.167, 0.151, 0.142]],
    [100, [0.187, 0.132, 0.118, 0.106, 0.1]],
    [198, [0.133, 0.094, 0.084, 0.076, 0.071]],
  ])('%i tasks with 1, 3, 5, 10, 20 trials', (tasks, effects) => {
    for (const [index, trials] of [1, 3, 5, 10, 20].entries()) {
      expect(minimumDetectableEffect({ ...plan, tasks, trials })).toBeCloseTo(effects[index] ?? Number.NaN, 3)
    }
  })

  test('is what the plan finds with the power asked for', () => {
    const effect = minimumDetectableEffect(plan, 0.8) ?? Number.NaN
    expect(powerOf(plan, effect)).toBeCloseTo(0.8, 9)
    expect(powerOf(plan, -effect)).toBeCloseTo(0.8, 9)
    expect(powerOf(plan, minimumDetectableEffect(plan, 0.95) ?? Number.NaN)).toBeCloseTo(0.95, 9)
    expect(powerOf(plan, 0)).toBeCloseTo(0.025, 9)
  })

  test('there is none below six tasks on two sides, below five on one', () => {
    const detectable = (tasks: number, side: Plan['side']) => minimumDetectableEffect({ ...plan, tasks, side, trials: 1000 }) !== null
    expect([5, 6].map((tasks) => detectable(tasks, 'two-sided'))).toEqual([false, true])
    expect([4, 5].map((tasks) => detectable(tasks, 'less'))).toEqual([false, true])
    expect(powerOf({ ...plan, tasks: 5 }, 1)).toBe(0)
  })

  test('there is none above 100 points', () => {
    const wild = { ...ILLUSTRATIVE, betweenTasks: { value: 1, source: 'measured' } } as const
    expect(minimumDetectableEffect({ ...plan, tasks: 6, variances: wild })).toBeNull()
  })
})

describe('the minimum detectable effect on the same tasks', () => {
  test('leaves out what tasks differ by', () => {
    const gate: Plan = { ...plan, question: 'same-tasks' }
    const expected = (1.959963984540054 + 0.8416212335729143) * Math.sqrt((1 / 6 / 5 + 1 / 6 / 5) / 30)
    expect(minimumDetectableEffect(gate)).toBeCloseTo(expected, 9)
    expect(minimumDetectableEffect({ ...gate, side: 'less' })).toBeCloseTo(
      (expected * (1.6448536269514722 + 0.8416212335729143)) / 2.801585218112968,
      9,
    )
  })

  test.each([
    { tasks: 4, trials: 1, side: 'less', p: 1 / 16 },
    { tasks: 1, trials: 3, side: 'less', p: 1 / 20 },
    { tasks: 1, trials: 3, side: 'two-sided', p: 1 / 10 },
    { tasks: 2, trials: 5, side: 'greater', p: 1 / 252 ** 2 },
    { tasks: 0, trials: 5, side: 'two-sided', p: 1 },
  ] as const)('$tasks tasks of $trials trials can reach p = $p ($side)', ({ p, ...rest }) => {
    expect(smallestPValue({ ...rest, question: 'same-tasks' })).toBeCloseTo(p, 12)
  })
})

describe('variances of a suite', () => {
  test('of one run: within tasks measured, between them an example', () => {
    // Sample variances 1/4 × 4/3 = 1/3, 3/16 × 4/3 = 1/4, 0.
    const variances = variancesOfRun([[1, 0, 1, 0], [1, 1, 1, 0], [1, 1, 1, 1], [1]])
    expect(variances.withinA).toEqual({ value: expect.closeTo(7 / 36, 12), source: 'measured' })
    expect(variances.withinB).toEqual(variances.withinA)
    expect(variances.betweenTasks).toEqual(ILLUSTRATIVE.betweenTasks)
  })

  test('of two runs: what trials put into the differences is taken off', () => {
    const variances = variancesOfPair([
      { a: [1, 1, 1, 0], b: [0, 0, 0, 1] },
      { a: [0, 0, 0, 1], b: [1, 1, 1, 0] },
      { a: [1, 0, 1, 0], b: [1, 0, 1, 0] },
    ])
    const within = (1 / 4 + 1 / 4 + 1 / 3) / 3
    expect(variances.withinA.value).toBeCloseTo(within, 12)
    expect(variances.betweenTasks).toEqual({ value: expect.closeTo(0.25 - within / 2, 12), source: 'measured' })
  })

  test('never below 0', () => {
    const same = { a: [1, 0, 1], b: [0, 1, 1] }
    expect(variancesOfPair([same, same]).betweenTasks).toEqual({ value: 0, source: 'measured' })
  })

  test('one trial a task, or trials that all agree, measure nothing', () => {
    expect(variancesOfRun([[1], [0]])).toEqual(ILLUSTRATIVE)
    expect(
      variancesOfRun([
        [1, 1],
        [0, 0],
      ]),
    ).toEqual(ILLUSTRATIVE)
    expect(variancesOfRun([])).toEqual(ILLUSTRATIVE)
    expect(
      variancesOfPair([
        { a: [1, 1], b: [1, 0] },
        { a: [1, 1], b: [0, 0] },
      ]),
    ).toMatchObject({ withinA: { source: 'illustrative' }, withinB: { source: 'measured' }, betweenTasks: { source: 'illustrative' } })
  })
})
