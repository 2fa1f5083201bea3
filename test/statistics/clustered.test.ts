import { describe, expect, test } from 'vitest'
import { clusteredMean, pairedDifferences } from '../../src/statistics/clustered.ts'

describe('a mean over clusters', () => {
  const clusters = [
    [1, 1, 0, 1],
    [0, 0, 1],
    [1, 1, 1, 1, 1],
    [0, 0],
    [1, 0, 1, 0],
  ]

  test('has the population form CR0, and CR1 with t of four degrees of freedom', () => {
    const { mean, cr0, cr1, degreesOfFreedom, interval } = clusteredMean(clusters)
    expect(mean).toBeCloseTo(0.6111111111111112, 12)
    expect(cr0).toBeCloseTo(0.1413701542049233, 12)
    expect(cr1).toBeCloseTo(0.15805663739591813, 12)
    expect(degreesOfFreedom).toBe(4)
    expect(interval?.low).toBeCloseTo(0.17227553386919175, 7)
    expect(interval?.high).toBeCloseTo(1.0499466883530306, 7)
  })

  test('clusters of one are independent trials', () => {
    const values = clusters.flat()
    const { cr1 } = clusteredMean(values.map((value) => [value]))
    expect(cr1).toBeCloseTo(0.1182356, 7)
  })

  test('an empty cluster is none, one cluster has no interval, and nothing has no mean', () => {
    expect(clusteredMean([...clusters, []])).toEqual(clusteredMean(clusters))
    expect(clusteredMean([[1, 0, 1]])).toMatchObject({ cr1: null, interval: null })
    expect(() => clusteredMean([[]])).toThrow(RangeError)
  })
})

describe('paired differences', () => {
  test('twelve pairs', () => {
    const differences = [...'110110111011'].map((outcome, index) => Number(outcome) - Number('010100101010'[index]))
    const { mean, standardError } = pairedDifferences(differences)
    expect(mean).toBeCloseTo(1 / 3, 12)
    expect(standardError).toBeCloseTo(0.1421338109037403, 12)
  })

  test('thirty tasks', () => {
    const times = (n: number, value: number) => Array.from({ length: n }, () => value)
    const differences = [...times(14, 0), ...times(6, 1 / 3), ...times(3, 2 / 3), ...times(3, -1 / 3), ...times(2, 1), ...times(2, -2 / 3)]
    const { mean, interval } = pairedDifferences(differences)
    expect(mean).toBeCloseTo(0.12222222222222219, 12)
    expect(interval?.low).toBeCloseTo(-0.029282799754292835, 7)
    expect(interval?.high).toBeCloseTo(0.27372724419873723, 7)
  })

  test.each([
    [4, 2.776445],
    [9, 2.262157],
    [19, 2.093024],
    [29, 2.04523],
  ])('t of %i degrees of freedom is %d', (degreesOfFreedom, t) => {
    // Differences of mean 0 and standard error 1: the interval's end is t itself.
    const n = degreesOfFreedom + 1
    const spread = Array.from({ length: n }, (_, index) => index - (n - 1) / 2)
    const error = Math.sqrt(spread.reduce((sum, value) => sum + value ** 2, 0) / (n - 1) / n)
    expect(pairedDifferences(spread.map((value) => value / error)).interval?.high).toBeCloseTo(t, 6)
  })

  test('one difference has a mean and nothing more', () => {
    expect(pairedDifferences([0.4])).toEqual({ mean: 0.4, standardError: null, interval: null })
    expect(pairedDifferences([])).toEqual({ mean: 0, standardError: null, interval: null })
  })
})
