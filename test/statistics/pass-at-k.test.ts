import { describe, expect, test } from 'vitest'
import { passAtK, passHatK } from '../../src/statistics/pass-at-k.ts'

describe('pass@k', () => {
  test.each([
    [10, 3, 5, 11 / 12],
    [5, 2, 2, 7 / 10],
    [20, 1, 10, 1 / 2],
    [200, 13, 100, 8670143107 / 8670841134],
    [3, 2, 2, 1],
    [4, 0, 4, 0],
  ])('of %i trials %i passed: pass@%i', (trials, passed, k, expected) => {
    expect(passAtK(trials, passed, k)).toBeCloseTo(expected, 12)
  })

  test('does not overflow', () => {
    expect(passAtK(5000, 2500, 1)).toBeCloseTo(0.5, 12)
    expect(passHatK(5000, 4999, 2500)).toBeCloseTo(0.5, 9)
  })
})

describe('pass^k', () => {
  test.each([
    [5, 2, 2, 1 / 10],
    [8, 6, 4, 3 / 14],
    [8, 3, 4, 0],
    [4, 4, 4, 1],
  ])('of %i trials %i passed: pass^%i', (trials, passed, k, expected) => {
    expect(passHatK(trials, passed, k)).toBeCloseTo(expected, 12)
  })
})

test('both are unbiased: over all outcomes of six trials with p = 1/3 they average to the true values', () => {
  let any = 0
  let all = 0
  for (let outcome = 0; outcome < 2 ** 6; outcome += 1) {
    const passed = [0, 1, 2, 3, 4, 5].filter((bit) => (outcome >> bit) % 2 === 1).length
    const weight = (1 / 3) ** passed * (2 / 3) ** (6 - passed)
    any += weight * passAtK(6, passed, 3)
    all += weight * passHatK(6, passed, 3)
  }
  expect(any).toBeCloseTo(19 / 27, 12)
  expect(all).toBeCloseTo(1 / 27, 12)
})

test.each([
  [3, 2, 4],
  [3, 4, 1],
  [3, 1, 0],
  [3, 1, 1.5],
])('%i trials, %i passed, k = %d cannot be estimated', (trials, passed, k) => {
  expect(() => passAtK(trials, passed, k)).toThrow(RangeError)
  expect(() => passHatK(trials, passed, k)).toThrow(RangeError)
})
