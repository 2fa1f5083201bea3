import { describe, expect, test } from 'vitest'
import { eBoundary, eProcess, isFutile } from '../../src/statistics/e-process.ts'
import { mcnemarTest } from '../../src/statistics/mcnemar.ts'

describe('the e-process of pairs that disagree', () => {
  test.each([
    [5, 0, 16 / 3, 12],
    [8, 0, 28.4444, 4],
    [10, 1, 15.5152, 4],
    [15, 3, 16.9082, 4],
    [5, 5, 0.369408, 6],
    [0, 0, 1, 12],
  ])('E(%i, %i) = %d', (wins, losses, value, digits) => {
    expect(eProcess(wins, losses)).toBeCloseTo(value, digits)
    expect(eProcess(losses, wins)).toBeCloseTo(eProcess(wins, losses), 9)
  })

  test('the boundary of 20', () => {
    expect([0, 1, 2, 3, 4, 5].map((losses) => eBoundary(losses, 0.05))).toEqual([8, 11, 14, 16, 18, 20])
  })

  test('is worth 1 on average under the null, after any number of pairs', () => {
    for (const n of [1, 7, 30]) {
      let expected = 0
      for (let wins = 0; wins <= n; wins += 1) {
        expected += choose(n, wins) * 0.5 ** n * eProcess(wins, n - wins)
      }
      expect(expected).toBeCloseTo(1, 9)
    }
  })

  test.each([
    [20, 0.0153],
    [50, 0.0233],
    [100, 0.0276],
    [200, 0.0309],
  ])('looked at after each of %i pairs it stops falsely with probability %d', (pairs, probability) => {
    expect(stops(pairs, 0.5, (wins, losses) => eProcess(wins, losses) >= 20)).toBeCloseTo(probability, 4)
  })

  test.each([
    [20, 0.107],
    [50, 0.171],
    [100, 0.227],
    [200, 0.284],
  ])('a test of fixed size looked at after each of %i pairs stops falsely with probability %d', (pairs, probability) => {
    expect(stops(pairs, 0.5, (wins, losses) => mcnemarTest(wins, losses).exact < 0.05)).toBeCloseTo(probability, 3)
  })

  test.each([
    [10, 0.1],
    [20, 0.32],
    [40, 0.69],
    [80, 0.96],
  ])('with three wins to a loss it has stopped by %i pairs with probability %d', (pairs, probability) => {
    expect(stops(pairs, 0.75, (wins, losses) => eProcess(wins, losses) >= 20)).toBeCloseTo(probability, 2)
  })

  test.each([
    { wins: 0, losses: 0, remaining: 7, futile: true },
    { wins: 0, losses: 0, remaining: 8, futile: false },
    { wins: 3, losses: 3, remaining: 12, futile: true },
    { wins: 3, losses: 3, remaining: 13, futile: false },
    { wins: 0, losses: 4, remaining: 4, futile: false },
  ])('$wins to $losses with $remaining left: futile is $futile', ({ wins, losses, remaining, futile }) => {
    expect(isFutile(wins, losses, remaining, 0.05)).toBe(futile)
  })
})

/** The probability that a walk of pairs has met `stop` within so many pairs: exact, by the number of wins and losses. */
function stops(pairs: number, winning: number, stop: (wins: number, losses: number) => boolean): number {
  let alive = new Map([[0, 1]])
  let stopped = 0
  for (let n = 1; n <= pairs; n += 1) {
    const next = new Map<number, number>()
    for (const [wins, probability] of alive) {
      for (const [reached, share] of [
        [wins + 1, winning],
        [wins, 1 - winning],
      ] as const) {
        next.set(reached, (next.get(reached) ?? 0) + probability * share)
      }
    }
    for (const [wins, probability] of next) {
      if (stop(wins, n - wins)) {
        stopped += probability
        next.delete(wins)
      }
    }
    alive = next
  }
  return stopped
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let index = 1; index <= k; index += 1) {
    ways *= (n - k + index) / index
  }
  return ways
}
