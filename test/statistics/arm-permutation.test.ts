import { describe, expect, test } from 'vitest'
import { armPermutationTest, type TaskArms } from '../../src/statistics/arm-permutation.ts'
import { fisherExactTest, hypergeometric } from '../../src/statistics/hypergeometric.ts'
import { seededRandom } from '../../src/statistics/random.ts'

const never = seededRandom('exact tests draw nothing')

function arms(...tasks: readonly string[]): readonly TaskArms[] {
  const outcomes = (text: string | undefined) => [...(text ?? '')].map(Number)
  return tasks.map((task) => ({ a: outcomes(task.split('>')[0]), b: outcomes(task.split('>')[1]) }))
}

describe('the permutation of trials between arms within tasks', () => {
  test.each([
    { tasks: ['111>000'], effect: -1, less: 1 / 20, greater: 1, twoSided: 2 / 20 },
    { tasks: ['111>000', '111>000'], effect: -1, less: 1 / 400, greater: 1, twoSided: 2 / 400 },
    { tasks: ['1>0', '1>0', '1>0', '1>0', '1>0'], effect: -1, less: 1 / 32, greater: 1, twoSided: 2 / 32 },
    { tasks: ['11>11', '00>00'], effect: 0, less: 1, greater: 1, twoSided: 1 },
    { tasks: ['10>01'], effect: 0, less: 5 / 6, greater: 5 / 6, twoSided: 1 },
    // Unequal arms: of the 10 ways to choose 2 of 5 trials, those with both failures, one, none: 1, 6, 3.
    { tasks: ['111>00'], effect: -1, less: 1 / 10, greater: 1, twoSided: 1 / 10 },
    { tasks: ['110>10'], effect: -1 / 6, less: 7 / 10, greater: 9 / 10, twoSided: 1 },
    { tasks: [], effect: 0, less: 1, greater: 1, twoSided: 1 },
  ])('$tasks', ({ tasks, effect, less, greater, twoSided }) => {
    const result = armPermutationTest(arms(...tasks), never, { side: 'less' })
    expect(result.effect).toBeCloseTo(effect, 12)
    expect(result.p).toBe(result.tails.less)
    expect(result.tails.less).toBeCloseTo(less, 12)
    expect(result.tails.greater).toBeCloseTo(greater, 12)
    expect(result.tails.twoSided).toBeCloseTo(twoSided, 12)
    expect(result.exact).toBe(true)
  })

  test('p is that of the side asked for', () => {
    const tasks = arms('111>000', '10>11')
    for (const [side, tail] of [
      ['less', 'less'],
      ['greater', 'greater'],
      ['two-sided', 'twoSided'],
    ] as const) {
      const result = armPermutationTest(tasks, never, { side })
      expect(result.p).toBe(result.tails[tail])
    }
  })

  test('convolution is what counting every assignment gives, arms unequal', () => {
    const tasks = arms('1101>001', '10>110', '0>1')
    const observed = statistic(tasks)
    const all = assignmentsOf(tasks).map(statistic)
    const share = (keep: (value: number) => boolean) => all.filter(keep).length / all.length
    expect(armPermutationTest(tasks, never, { side: 'less' }).tails).toEqual({
      less: expect.closeTo(
        share((value) => value <= observed + 1e-9),
        12,
      ),
      greater: expect.closeTo(
        share((value) => value >= observed - 1e-9),
        12,
      ),
      twoSided: expect.closeTo(
        share((value) => Math.abs(value) >= Math.abs(observed) - 1e-9),
        12,
      ),
    })
  })

  test('outcomes between 0 and 1 are drawn, and agree', () => {
    const tasks = arms('11101>10001', '11111>11011', '10101>00100', '0110>0010')
    const exact = armPermutationTest(tasks, never, { side: 'less' })
    const scaled = tasks.map(({ a, b }) => ({ a: a.map((outcome) => outcome / 2), b: b.map((outcome) => outcome / 2) }))
    const drawn = armPermutationTest(scaled, seededRandom('drawn'), { side: 'less' })
    expect(drawn.exact).toBe(false)
    expect(drawn.effect).toBeCloseTo(exact.effect / 2, 12)
    for (const tail of ['less', 'greater', 'twoSided'] as const) {
      expect(Math.abs(drawn.tails[tail] - exact.tails[tail])).toBeLessThan(0.015)
    }
  })

  test.each([
    { a: 1, b: 1, tasks: 6, rate: 0.5 },
    { a: 2, b: 2, tasks: 3, rate: 0.7 },
    { a: 3, b: 2, tasks: 2, rate: 0.4 },
    { a: 5, b: 5, tasks: 1, rate: 0.5 },
  ])('errs in at most alpha of nights with no change: $tasks tasks, $a and $b trials, rate $rate', ({ a, b, tasks, rate }) => {
    const errors = { less: 0, greater: 0, twoSided: 0 }
    const trials = tasks * (a + b)
    for (let pattern = 0; pattern < 2 ** trials; pattern += 1) {
      const bits = Array.from({ length: trials }, (_, index) => (pattern >> index) % 2)
      const passed = bits.reduce((sum, bit) => sum + bit, 0)
      const weight = rate ** passed * (1 - rate) ** (trials - passed)
      const night = Array.from({ length: tasks }, (_, task) => ({
        a: bits.slice(task * (a + b), task * (a + b) + a),
        b: bits.slice(task * (a + b) + a, (task + 1) * (a + b)),
      }))
      const { tails } = armPermutationTest(night, never, { side: 'less' })
      errors.less += tails.less <= 0.05 ? weight : 0
      errors.greater += tails.greater <= 0.05 ? weight : 0
      errors.twoSided += tails.twoSided <= 0.05 ? weight : 0
    }
    for (const [side, error] of Object.entries(errors)) {
      expect(error, side).toBeLessThanOrEqual(0.05)
    }
    expect(errors.less).toBeGreaterThan(0)
  })

  test('32 tasks of 5 trials, some lost, are exact', () => {
    const tasks = Array.from({ length: 32 }, (_, task) => ({
      a: [1, 0, 1, 1, task % 2].slice(task % 3),
      b: [1, 0, 0, 1, 1].slice(task % 2),
    }))
    expect(armPermutationTest(tasks, never, { side: 'two-sided' }).exact).toBe(true)
  })

  test('a task without trials in one arm is refused by its place', () => {
    expect(() => armPermutationTest(arms('1>1', '1>'), never, { side: 'less' })).toThrow('task 1 has no trial in one of the arms')
  })
})

describe('the hypergeometric distribution', () => {
  test('of 5 with 2 marked, 3 drawn', () => {
    const steps = hypergeometric(5, 2, 3)
    expect(steps.map(({ value }) => value)).toEqual([0, 1, 2])
    expect(steps.map(({ probability }) => probability)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.6, 12), expect.closeTo(0.3, 12)])
  })

  test('starts where the unmarked run out', () => {
    expect(hypergeometric(4, 3, 3).map(({ value }) => value)).toEqual([2, 3])
  })
})

describe("Fisher's exact test", () => {
  test.each([
    [1, 40, 9, 41, 0.014477005182744737],
    [0, 50, 4, 50, 0.11746329272102468],
    [3, 20, 3, 20, 1],
    [2, 30, 8, 28, 0.03838675490056996],
    [6, 10, 4, 10, 0.6562817986966593],
    [0, 5, 0, 0, 1],
  ])('%i of %i and %i of %i: p = %d', (happened, trials, others, otherTrials, p) => {
    expect(fisherExactTest({ happened, trials }, { happened: others, trials: otherTrials })).toBeCloseTo(p, 10)
  })

  test('refuses what is no count', () => {
    expect(() => fisherExactTest({ happened: 4, trials: 3 }, { happened: 0, trials: 3 })).toThrow(RangeError)
  })
})

function statistic(tasks: readonly TaskArms[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return mean(tasks.map(({ a, b }) => mean(b) - mean(a)))
}

function assignmentsOf(tasks: readonly TaskArms[]): readonly (readonly TaskArms[])[] {
  return tasks.reduce<readonly (readonly TaskArms[])[]>(
    (before, { a, b }) => before.flatMap((chosen) => choices([...a, ...b], a.length).map((task) => [...chosen, task])),
    [[]],
  )
}

function choices(trials: readonly number[], first: number): readonly TaskArms[] {
  return Array.from({ length: 2 ** trials.length }, (_, pattern) => ({
    a: trials.filter((_outcome, index) => (pattern >> index) % 2 === 1),
    b: trials.filter((_outcome, index) => (pattern >> index) % 2 === 0),
  })).filter(({ a }) => a.length === first)
}
