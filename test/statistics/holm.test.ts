import { expect, test } from 'vitest'
import { holm } from '../../src/statistics/holm.ts'

test.each([
  { p: [0.001, 0.01, 0.02, 0.2], adjusted: [0.004, 0.03, 0.04, 0.2] },
  { p: [0.01, 0.02, 0.03, 0.04, 0.05], adjusted: [0.05, 0.08, 0.09, 0.09, 0.09] },
  { p: [0.2, 0.001, 0.02, 0.01], adjusted: [0.2, 0.004, 0.04, 0.03] },
  { p: [0.6, 0.5], adjusted: [1, 1] },
  { p: [0.3], adjusted: [0.3] },
  { p: [], adjusted: [] },
])('Holm of $p is $adjusted', ({ p, adjusted }) => {
  expect(holm(p)).toEqual(adjusted.map((value) => expect.closeTo(value, 12)))
})
