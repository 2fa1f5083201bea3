import { describe, expect, test } from 'vitest'
import { clopperPearsonInterval, upperBound, wilsonInterval } from '../../src/statistics/interval.ts'

describe('the Wilson interval', () => {
  test.each([
    [0, 10, 0, 0.277533],
    [1, 10, 0.017876, 0.40415],
    [5, 10, 0.236593, 0.763407],
    [9, 10, 0.59585, 0.982124],
    [10, 10, 0.722467, 1],
    [0, 30, 0, 0.113513],
    [27, 30, 0.743789, 0.9654],
    [7, 20, 0.181192, 0.567146],
  ])('%i of %i has the reference values to six places', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials)
    expect(interval.low).toBeCloseTo(low, 6)
    expect(interval.high).toBeCloseTo(high, 6)
  })

  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i has the values that Newcombe published in 1998', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  test('the ends are exact, and nothing known is everything possible', () => {
    expect(Object.is(wilsonInterval(0, 7).low, 0)).toBe(true)
    expect(wilsonInterval(7, 7).high).toBe(1)
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })

  test.each([
    [-1, 3],
    [4, 3],
    [0.5, 3],
    [0, Number.NaN],
  ])('%d of %d is no count', (successes, trials) => {
    expect(() => wilsonInterval(successes, trials)).toThrow(RangeError)
  })
})

describe('the Clopper-Pearson interval', () => {
  test.each([
    [0, 10, 0, 0.3084971078187607],
    [1, 10, 0.0025285785444617848, 0.4450161170281954],
    [5, 10, 0.18708602844739855, 0.8129139715526015],
    [9, 10, 0.5549838829718047, 0.9974714214555382],
    [10, 10, 0.6915028921812392, 1],
    [0, 30, 0, 0.11570330822202778],
    [27, 30, 0.7347115495257919, 0.9788828629702774],
    [7, 20, 0.15390920478454118, 0.5921885345328282],
  ])('%i of %i has the reference values to nine places', (successes, trials, low, high) => {
    const interval = clopperPearsonInterval(successes, trials)
    expect(interval.low).toBeCloseTo(low, 9)
    expect(interval.high).toBeCloseTo(high, 9)
  })

  test.each([
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
  ])('%i of %i has the values that Newcombe published in 1998', (successes, trials, low, high) => {
    const interval = clopperPearsonInterval(successes, trials)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  test('nothing known is everything possible, and what is no count is refused', () => {
    expect(clopperPearsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
    expect(() => clopperPearsonInterval(4, 3)).toThrow(RangeError)
  })
})

test('the one-sided bound: none of 59 is at most 5 %, none of 299 at most 1 %', () => {
  // Where nothing was seen it solves (1 - p)^n = 0.05.
  for (const [trials, most] of [
    [59, 0.05],
    [299, 0.01],
  ] as const) {
    expect(upperBound(0, trials)).toBeCloseTo(1 - 0.05 ** (1 / trials), 9)
    expect(upperBound(0, trials)).toBeLessThan(most)
    expect(upperBound(0, trials - 1)).toBeGreaterThan(most)
  }
  expect(upperBound(3, 3)).toBe(1)
  expect(upperBound(0, 0)).toBe(1)
})
