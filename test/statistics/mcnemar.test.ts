import { describe, expect, test } from 'vitest'
import { mcnemarTest } from '../../src/statistics/mcnemar.ts'

describe('the McNemar test', () => {
  test.each([
    [5, 0, 0.0625, 0.03125],
    [6, 0, 0.03125, 0.015625],
    [9, 1, 0.021484375, 0.01171875],
    [8, 2, 0.109375, 0.0654296875],
    [0, 0, 1, 1],
    [7, 7, 1, 1],
  ])('%i against %i: exact %d, mid-p %d', (b, c, exact, midP) => {
    expect(mcnemarTest(b, c).exact).toBeCloseTo(exact, 12)
    expect(mcnemarTest(b, c).midP).toBeCloseTo(midP, 12)
    expect(mcnemarTest(c, b)).toEqual(mcnemarTest(b, c))
  })

  test.each([
    [10, 2, 0.038574, 0.022461],
    [15, 5, 0.041389, 0.026604],
    [12, 5, 0.143463, 0.096252],
  ])('%i against %i: exact %d, mid-p %d, to six places', (b, c, exact, midP) => {
    expect(mcnemarTest(b, c).exact).toBeCloseTo(exact, 6)
    expect(mcnemarTest(b, c).midP).toBeCloseTo(midP, 6)
  })

  test('does not overflow', () => {
    expect(mcnemarTest(2600, 2400).exact).toBeCloseTo(0.0049, 3)
    expect(mcnemarTest(3000, 0).exact).toBe(0)
  })

  test.each([
    { n: 30, power: 0.2354 },
    { n: 50, power: 0.4775 },
    { n: 100, power: 0.8367 },
  ])('$n pairs of which 20 % and 5 % disagree are told apart with probability $power', ({ n, power }) => {
    expect(rejects(n, 0.2, 0.05)).toBeCloseTo(power, 4)
  })

  test.each([
    [0.2, 0.05, 92],
    [0.15, 0.05, 168],
    [0.3, 0.1, 84],
    [0.25, 0.05, 61],
  ])('%d against %d takes %i pairs to be told in four of five', (p10, p01, pairs) => {
    expect(rejects(pairs, p10, p01)).toBeGreaterThanOrEqual(0.8)
    expect(rejects(pairs - 1, p10, p01)).toBeLessThan(0.8)
  })

  test('the exact test never errs above its level, and is conservative: 0.025 at 50 pairs', () => {
    expect(rejects(50, 0.125, 0.125)).toBeCloseTo(0.025, 3)
    for (const share of [0.02, 0.1, 0.3, 0.45]) {
      expect(rejects(40, share, share)).toBeLessThanOrEqual(0.05)
    }
  })

  test.each([
    [-1, 2],
    [0.5, 1],
  ])('%d against %d is no count', (b, c) => {
    expect(() => mcnemarTest(b, c)).toThrow(RangeError)
  })
})

/** The probability that the exact test rejects at 0.05, over all outcomes of `n` pairs. */
function rejects(n: number, p10: number, p01: number): number {
  const logFactorials = [0]
  for (let value = 1; value <= n; value += 1) {
    logFactorials.push((logFactorials[value - 1] ?? 0) + Math.log(value))
  }
  const log = (value: number) => logFactorials[value] ?? 0
  let sum = 0
  for (let b = 0; b <= n; b += 1) {
    for (let c = 0; b + c <= n; c += 1) {
      if (mcnemarTest(b, c).exact <= 0.05) {
        const ways = log(n) - log(b) - log(c) - log(n - b - c)
        sum += Math.exp(ways + b * Math.log(p10) + c * Math.log(p01) + (n - b - c) * Math.log(1 - p10 - p01))
      }
    }
  }
  return sum
}
