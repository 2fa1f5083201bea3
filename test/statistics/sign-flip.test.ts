import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/statistics/random.ts'
import { signFlipTest } from '../../src/statistics/sign-flip.ts'

const never = seededRandom('exact tests draw nothing')

describe('the sign-flip test', () => {
  test.each([
    { differences: [0.2, 0.1, 0.4, -0.1, 0.3], p: 3 / 16 },
    { differences: [1, 1, 1, 1, 1, 1], p: 1 / 32 },
    { differences: [0.33, 0, -0.33, 0.67, 0.33, 0.33, 0, 0.67], p: 5 / 32 },
    { differences: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, -0.8], p: 25 / 128 },
    { differences: pairs('110110111011', '010100101010'), p: 1 / 8 },
    { differences: [1, 1, 1, 1, 1], p: 2 / 32 },
    { differences: [0, 0, 0], p: 1 },
    { differences: [], p: 1 },
  ])('$differences: p = $p', ({ differences, p }) => {
    const result = signFlipTest(differences, never)
    expect(result.p).toBeCloseTo(p, 12)
    expect(result.exact).toBe(true)
  })

  test('one side is half of two, and the other side is the rest and the ties', () => {
    const { less, greater, p } = signFlipTest([1, 1, 1, 1, 1, 1], never)
    expect({ less, greater, p }).toEqual({ less: 1, greater: 1 / 64, p: 1 / 32 })
    expect(signFlipTest([-1, -1, -1, -1, -1, -1], never)).toMatchObject({ mean: -1, less: 1 / 64, greater: 1 })
  })

  test('equal sums that floats tell apart are one sum', () => {
    // 0.1 + 0.2 > 0.3 in floats: without a tolerance the pattern (+ + -) would beat (0, 0, 0) on one side only.
    expect(signFlipTest([0.1, 0.2, -0.3], never)).toMatchObject({ p: 1 })
    expect(signFlipTest([Math.SQRT2 * 0.1, Math.SQRT2 * 0.2, -Math.SQRT2 * 0.3], never)).toMatchObject({ p: 1, exact: true })
  })

  test('convolution, enumeration and drawing agree', () => {
    const rates = [0.2, 0.4, -0.2, 0.6, 0.2, 0, 0.8, -0.4, 0.2, 0.2]
    const byConvolution = signFlipTest(rates, never)
    const byEnumeration = signFlipTest(
      rates.map((rate) => rate * Math.SQRT2),
      never,
    )
    expect(byEnumeration.p).toBeCloseTo(byConvolution.p, 12)
    expect(byEnumeration.less).toBeCloseTo(byConvolution.less, 12)
    const irrational = Array.from({ length: 24 }, (_, index) => Math.sin(index + 1) + 0.2)
    const drawn = signFlipTest(irrational, seededRandom('drawn'))
    expect(drawn.exact).toBe(false)
    expect(drawn.p).toBeGreaterThan(0)
    const rounded = signFlipTest(
      irrational.map((value) => Math.round(value * 50) / 50),
      never,
    )
    expect(rounded.exact).toBe(true)
    expect(Math.abs(drawn.p - rounded.p)).toBeLessThan(0.02)
    expect(Math.abs(drawn.greater - rounded.greater)).toBeLessThan(0.02)
  })

  test('a drawn p is (b + 1) / (m + 1): never 0, and the same for the same seed', () => {
    const far = Array.from({ length: 40 }, (_, index) => Math.sqrt(index + 2))
    const p = signFlipTest(far, seededRandom('far')).p
    expect(p).toBe(1 / 20_001)
    const close = Array.from({ length: 24 }, (_, index) => Math.sin(index + 1) + 0.2)
    expect(signFlipTest(close, seededRandom('same'))).toEqual(signFlipTest(close, seededRandom('same')))
  })

  test('is exact for rates at any number of tasks', () => {
    const tasks = Array.from({ length: 200 }, (_, index) => [0.2, -0.2, 0.4, 0, 0.6][index % 5] ?? 0)
    expect(signFlipTest(tasks, never)).toMatchObject({ exact: true })
  })

  test('errs in at most alpha of all sign patterns, at every alpha', () => {
    const sizes = [0.2, 0.4, 0.4, 0.6, 0.8, 1, 0, 0.2, 0.2, 1]
    const outcomes = Array.from({ length: 2 ** sizes.length }, (_, pattern) =>
      signFlipTest(
        sizes.map((size, index) => ((pattern >> index) % 2 === 1 ? size : -size)),
        never,
      ),
    )
    for (const alpha of [0.01, 0.05, 0.1, 0.3]) {
      for (const side of ['p', 'less', 'greater'] as const) {
        const errors = outcomes.filter((outcome) => outcome[side] <= alpha).length / outcomes.length
        expect(errors, `${side} at ${alpha}`).toBeLessThanOrEqual(alpha)
        // Not so far below that it would never find anything.
        expect(errors, `${side} at ${alpha}`).toBeGreaterThan(alpha / 3)
      }
    }
  })
})

function pairs(a: string, b: string): readonly number[] {
  return [...a].map((outcome, index) => Number(outcome) - Number(b[index]))
}
