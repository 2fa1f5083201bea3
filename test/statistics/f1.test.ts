import { expect, test } from 'vitest'
import { f1Of } from '../../src/statistics/f1.ts'

test.each([
  // hits, answered, wanted, value: 2PR / (P + R) by hand
  [3, 4, 5, 2 / 3],
  [5, 5, 5, 1],
  [0, 3, 5, 0],
  [0, 0, 5, 0],
  [1, 100, 1, 2 / 101],
])('%d of %d answered and %d wanted', (hits, answered, wanted, value) => {
  const f1 = f1Of(hits, answered, wanted)
  expect(f1?.value).toBeCloseTo(value, 12)
  expect(f1?.interval.low).toBeLessThanOrEqual(value)
  expect(f1?.interval.high).toBeGreaterThanOrEqual(value)
})

test('bounds come from those of precision and recall', () => {
  // Wilson, published: 1/10 is .017876 to .404150, 5/10 is .236593 to .763407.
  const five = f1Of(5, 10, 10)
  expect(five?.interval.low).toBeCloseTo(0.236593, 5)
  expect(five?.interval.high).toBeCloseTo(0.763407, 5)
  expect(f1Of(0, 0, 0)).toBeNull()
  expect(f1Of(0, 0, 10)?.interval.high).toBeCloseTo((2 * 0.277533) / 1.277533, 5)
})
