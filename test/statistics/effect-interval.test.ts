import { describe, expect, test } from 'vitest'
import { armPermutationTest, type TaskArms } from '../../src/statistics/arm-permutation.ts'
import { signFlipInterval, withinTaskInterval } from '../../src/statistics/effect-interval.ts'
import { seededRandom } from '../../src/statistics/random.ts'
import { signFlipTest } from '../../src/statistics/sign-flip.ts'

const never = seededRandom('exact intervals draw nothing')

describe('the interval of the effect on new tasks', () => {
  test('of six differences is from the least to the greatest: 2/64 on each side', () => {
    expect(signFlipInterval([0.2, 0.4, 0.6, 0.4, 0.8, 1], never)).toEqual({ low: 0.2, high: 1 })
  })

  test('of five or fewer is everything, since no shift can be rejected', () => {
    expect(signFlipInterval([1, 1, 1, 1, 1], never)).toEqual({ low: -1, high: 1 })
    expect(signFlipInterval([], never)).toEqual({ low: -1, high: 1 })
    expect(signFlipInterval([0.1], never, { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY })).toEqual({
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    })
  })

  test('of no difference in 32 tasks is what 32 tasks cannot exclude, not 0 to 0', () => {
    const share = 1 - 0.05 ** (1 / 32)
    expect(signFlipInterval(new Array(32).fill(0), never)).toEqual({ low: -share, high: share })
  })

  test('ends where the test begins to reject the shift', () => {
    const differences = [0.2, 0.4, -0.2, 0.6, 0.2, 0, 0.8, -0.4, 0.2, 0.2, 0.6, -0.6]
    const { low, high } = signFlipInterval(differences, never)
    const p = (shift: number) =>
      signFlipTest(
        differences.map((difference) => difference - shift),
        never,
      ).p
    expect(p(low)).toBeGreaterThan(0.05)
    expect(p(low - 0.001)).toBeLessThanOrEqual(0.05)
    expect(p(high)).toBeGreaterThan(0.05)
    expect(p(high + 0.001)).toBeLessThanOrEqual(0.05)
  })

  test('leaves 0 out exactly if the test rejects: every sign of ten differences', () => {
    const sizes = [0.2, 0.4, 0.4, 0.6, 0.8, 1, 0, 0.2, 0.2, 1]
    const seen = { rejected: 0, kept: 0 }
    for (let pattern = 0; pattern < 2 ** sizes.length; pattern += 1) {
      const differences = sizes.map((size, index) => ((pattern >> index) % 2 === 1 ? size : -size))
      const { low, high } = signFlipInterval(differences, never)
      const rejected = signFlipTest(differences, never).p <= 0.05
      expect(low > 0 || high < 0, `${differences}`).toBe(rejected)
      seen[rejected ? 'rejected' : 'kept'] += 1
    }
    expect(Math.min(seen.rejected, seen.kept)).toBeGreaterThan(20)
  })

  test('by size and sum, one by one and drawn, it is the same interval', () => {
    const rates = [0.2, 0.4, -0.2, 0.6, 0.2, 0, 0.8, -0.4, 0.2, 0.2]
    const bySum = signFlipInterval(rates, never)
    const scaled = signFlipInterval(
      rates.map((rate) => rate * Math.SQRT1_2),
      never,
    )
    expect(scaled.low).toBeCloseTo(bySum.low * Math.SQRT1_2, 12)
    expect(scaled.high).toBeCloseTo(bySum.high * Math.SQRT1_2, 12)
    const many = Array.from({ length: 24 }, (_, index) => Math.sin(index + 1) / 2 + 0.2)
    const drawn = signFlipInterval(many, seededRandom('drawn'))
    const rounded = signFlipInterval(
      many.map((value) => Math.round(value * 50) / 50),
      never,
    )
    expect(Math.abs(drawn.low - rounded.low)).toBeLessThan(0.02)
    expect(Math.abs(drawn.high - rounded.high)).toBeLessThan(0.02)
    expect(signFlipInterval(many, seededRandom('drawn'))).toEqual(drawn)
  })

  test('covers the centre of a symmetric population at least 19 times in 20', () => {
    const random = seededRandom('coverage')
    const values = [-0.4, -0.2, -0.2, 0, 0, 0, 0.2, 0.2, 0.4]
    let covered = 0
    for (let night = 0; night < 2000; night += 1) {
      const differences = Array.from({ length: 12 }, () => (values[random.below(values.length)] ?? 0) + 0.2)
      const { low, high } = signFlipInterval(differences, never)
      covered += low <= 0.2 && 0.2 <= high ? 1 : 0
    }
    // Three standard errors of 2000 nights are 1.5 points.
    expect(covered / 2000).toBeGreaterThan(0.935)
    expect(covered / 2000).toBeLessThan(0.995)
  })
})

describe('the interval of the effect on the same tasks', () => {
  const interval = (tasks: readonly TaskArms[]) => withinTaskInterval(tasks, armPermutationTest(tasks, never, { side: 'two-sided' }).p)

  test('of one big task is near that of two independent rates: 48 of 80 and 56 of 70', () => {
    // Newcombe (1998), method 10: 0.0524 to 0.3339.
    const { low, high } = interval([{ a: counted(48, 80), b: counted(56, 70) }])
    expect(low).toBeCloseTo(0.0524, 1)
    expect(high).toBeCloseTo(0.3339, 1)
    const variance = ((104 / 150) * (46 / 150) * 150 * 150) / (149 * 80 * 70)
    expect(high).toBeCloseTo(0.2 + 1.959963984540054 * Math.sqrt(variance + (1.959963984540054 / 75) ** 2), 12)
  })

  test('narrows with tasks as with the root of their number, once there are some', () => {
    const pair = [
      { a: [1, 1, 0], b: [1, 0, 0] },
      { a: [1, 0, 0], b: [1, 1, 0] },
    ]
    const width = (pairs: number) => withinTaskInterval(Array.from({ length: pairs }, () => pair).flat(), 1).high
    expect(width(800) / width(200)).toBeCloseTo(0.5, 2)
  })

  test('trials that all agree are not certain: 3.84 of their number', () => {
    const agreed = new Array(32).fill({ a: [1, 1, 1, 1, 1], b: [1, 1, 1, 1, 1] })
    const { low, high } = interval(agreed)
    expect(high).toBeCloseTo(3.841458820694124 / 160, 12)
    expect(low).toBe(-high)
    expect(interval([{ a: [1, 1, 1], b: [1, 1, 1] }])).toEqual({ low: -1, high: 1 })
  })

  test('goes no further than 100 points', () => {
    expect(interval([{ a: [1, 1, 1, 1, 1], b: [0, 0, 0, 0, 0] }])).toMatchObject({ low: -1 })
  })

  test('agrees with the test about 0: every outcome of three tasks of three trials', () => {
    const seen = { rejected: 0, kept: 0 }
    for (let pattern = 0; pattern < 4 ** 6; pattern += 1) {
      const count = (place: number) => counted(Math.floor(pattern / 4 ** place) % 4, 3)
      const tasks = [0, 1, 2].map((task) => ({ a: count(2 * task), b: count(2 * task + 1) }))
      const { p, effect } = armPermutationTest(tasks, never, { side: 'two-sided' })
      const { low, high } = withinTaskInterval(tasks, p)
      const outside = p <= 0.05
      seen[outside ? 'rejected' : 'kept'] += 1
      expect(outside ? low >= 0 || high <= 0 : low <= 0 && high >= 0, JSON.stringify(tasks)).toBe(true)
      expect(low).toBeLessThanOrEqual(effect)
      expect(high).toBeGreaterThanOrEqual(effect)
    }
    expect(Math.min(seen.rejected, seen.kept)).toBeGreaterThan(100)
  })

  test.each([
    { trials: 1, rates: 'between 0.3 and 0.7', draw: (uniform: number) => 0.3 + 0.4 * uniform },
    { trials: 3, rates: 'between 0.3 and 0.7', draw: (uniform: number) => 0.3 + 0.4 * uniform },
    { trials: 3, rates: 'near 1', draw: (uniform: number) => 1 - 0.2 * uniform ** 2 },
    { trials: 5, rates: 'any', draw: (uniform: number) => uniform },
  ])('covers the true effect at least 19 times in 20: 16 tasks, $trials trials, rates $rates', ({ trials, draw }) => {
    const random = seededRandom(`coverage within ${trials}`)
    const rates = Array.from({ length: 16 }, () => draw(random.uniform()))
    const after = rates.map((rate, task) => rate * (task % 2 === 0 ? 0.6 : 1))
    const truth = after.reduce((sum, rate, task) => sum + rate - (rates[task] ?? 0), 0) / 16
    const trialsOf = (rate: number) => Array.from({ length: trials }, () => (random.uniform() < rate ? 1 : 0))
    let covered = 0
    for (let night = 0; night < 2000; night += 1) {
      const { low, high } = interval(rates.map((rate, task) => ({ a: trialsOf(rate), b: trialsOf(after[task] ?? 0) })))
      covered += low <= truth && truth <= high ? 1 : 0
    }
    expect(covered / 2000).toBeGreaterThan(0.94)
    expect(covered / 2000).toBeLessThan(0.999)
  })

  test('nothing known is everything possible; a task without trials is refused', () => {
    expect(withinTaskInterval([], 1)).toEqual({ low: -1, high: 1 })
    expect(() => withinTaskInterval([{ a: [], b: [1] }], 1)).toThrow(RangeError)
  })
})

function counted(passed: number, trials: number): readonly number[] {
  return Array.from({ length: trials }, (_, index) => (index < passed ? 1 : 0))
}
