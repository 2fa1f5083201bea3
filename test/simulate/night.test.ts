import { describe, expect, it } from 'vitest'
import { changedRates, driftedRates, normal } from '../../simulate/change.ts'
import { type Conditions, drawNight } from '../../simulate/night.ts'
import { fromBeta, fromTable, STORED_RATES } from '../../simulate/rates.ts'
import { seededRandom } from '../../src/statistics/random.ts'

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
}

const conditions: Conditions = {
  suite: fromTable([0.25, 0.75]),
  change: { kind: 'spread', points: 0.1 },
  tasks: 40,
  trials: 5,
  drift: 0,
  voids: { old: 0, new: 0.1 },
}

describe('suites', () => {
  it('of Beta(2.1, 0.9) have its mean and its deviation', () => {
    const rates = fromBeta(seededRandom('beta'), 20_000)
    expect(meanOf(rates)).toBeCloseTo(0.7, 2)
    expect(deviationOf(rates)).toBeCloseTo(Math.sqrt((0.7 * 0.3) / 4), 2)
    expect(rates.every((rate) => rate >= 0 && rate <= 1)).toBe(true)
  })

  it('of a table have its rates and no others', () => {
    const rates = fromTable(STORED_RATES)(seededRandom('table'), 20_000)
    expect(meanOf(rates)).toBeCloseTo(meanOf(STORED_RATES), 2)
    expect(new Set(rates)).toEqual(new Set(STORED_RATES))
  })
})

describe('changes', () => {
  const rates = [1, 0.8, 0.5, 0.1, 0]
  const random = () => seededRandom('change')

  it('spread: every task that passes at all loses in proportion, by the points asked for', () => {
    const after = changedRates(rates, { kind: 'spread', points: 0.12 }, random())
    expect(meanOf(rates) - meanOf(after)).toBeCloseTo(0.12, 12)
    expect(after.map((rate, index) => (rates[index] === 0 ? 0 : rate / (rates[index] ?? 1)))).toEqual([
      ...Array.from({ length: 4 }, () => expect.closeTo(after[0] ?? 0, 12)),
      0,
    ])
  })

  it('concentrated: tasks die one by one, by the points asked for, and the rest stay', () => {
    const after = changedRates(rates, { kind: 'concentrated', points: 0.12 }, random())
    expect(meanOf(rates) - meanOf(after)).toBeCloseTo(0.12, 12)
    expect(after.filter((rate, index) => rate !== rates[index] && rate > 0).length).toBeLessThanOrEqual(1)
    expect(changedRates(rates, { kind: 'concentrated', points: 0.9 }, random())).toEqual([0, 0, 0, 0, 0])
  })

  it('reshuffled: as many points up as down over suites, none cut off', () => {
    const suites = Array.from({ length: 4000 }, (_, index) =>
      changedRates(rates, { kind: 'reshuffled', by: 0.2 }, seededRandom(`suite ${index}`)),
    )
    expect(meanOf(suites.map(meanOf))).toBeCloseTo(meanOf(rates), 2)
    expect(suites.every(([always]) => always === 1)).toBe(true)
    expect(new Set(suites.map(([, second]) => second?.toFixed(6)))).toEqual(new Set(['0.600000', '1.000000']))
  })

  it('drift moves log odds, and leaves what is certain', () => {
    expect(driftedRates([0, 0.5, 1], Math.log(3))).toEqual([0, expect.closeTo(0.75, 12), 1])
    expect(driftedRates([0.2], 0)).toEqual([expect.closeTo(0.2, 12)])
  })

  it('normal values have mean 0 and deviation 1', () => {
    const source = seededRandom('normal')
    const values = Array.from({ length: 20_000 }, () => normal(source))
    expect(meanOf(values)).toBeCloseTo(0, 1)
    expect(deviationOf(values)).toBeCloseTo(1, 1)
  })
})

describe('a night', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawNight(conditions, '1')).toEqual(drawNight(conditions, '1'))
    expect(drawNight(conditions, '1')).not.toEqual(drawNight(conditions, '2'))
  })

  it('passes as often as its rates say, loses trials as often as it should, and has its history', () => {
    const nights = Array.from({ length: 50 }, (_, index) => drawNight(conditions, `night ${index}`))
    const passed = (of: 'a' | 'b') =>
      meanOf(nights.flatMap((night) => night[of].trials.flatMap((trial) => (trial.outcome === 'graded' ? [Number(trial.passed)] : []))))
    const lost = (of: 'a' | 'b') => meanOf(nights.flatMap((night) => night[of].trials.map(({ outcome }) => Number(outcome === 'void'))))
    expect(passed('a')).toBeCloseTo(0.5, 1)
    expect(passed('a') - passed('b')).toBeGreaterThan(0.075)
    expect(passed('a') - passed('b')).toBeLessThan(0.125)
    expect(lost('a')).toBe(0)
    expect(lost('b')).toBeGreaterThan(0.085)
    expect(lost('b')).toBeLessThan(0.115)
    expect(nights.every(({ recorded }) => recorded.length === 3 && recorded.every(({ trials }) => trials.length === 200))).toBe(true)
  })

  it('drifts as a whole: both arms of a night move together', () => {
    const drifting = Array.from({ length: 100 }, (_, index) => {
      const { a, b } = drawNight({ ...conditions, change: { kind: 'none' }, drift: 2, voids: { old: 0, new: 0 } }, `drift ${index}`)
      const share = ({ trials }: typeof a) => meanOf(trials.map((trial) => Number(trial.outcome === 'graded' && trial.passed)))
      return { a: share(a), difference: share(b) - share(a) }
    })
    expect(deviationOf(drifting.map(({ a }) => a))).toBeGreaterThan(0.2)
    expect(deviationOf(drifting.map(({ difference }) => difference))).toBeLessThan(0.06)
  })
})
