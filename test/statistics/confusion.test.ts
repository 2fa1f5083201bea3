import { expect, test } from 'vitest'
import { confusionOf } from '../../src/statistics/confusion.ts'

const pair = (right: 'a' | 'b' | 'c', chosen: 'a' | 'b' | 'c') => ({ right, chosen })

test('counts what was taken for which, with precision by column and recall by row', () => {
  const pairs = [pair('a', 'a'), pair('a', 'a'), pair('a', 'b'), pair('b', 'b'), pair('b', 'a'), pair('b', 'b')]
  const confusion = confusionOf(['a', 'b', 'c'], pairs)
  expect(confusion.matrix).toEqual([
    [2, 1, 0],
    [1, 2, 0],
    [0, 0, 0],
  ])
  expect(confusion.accuracy).toMatchObject({ count: 4, of: 6 })
  expect(confusion.byLabel).toMatchObject([
    { label: 'a', precision: { count: 2, of: 3 }, recall: { count: 2, of: 3 } },
    { label: 'b', precision: { count: 2, of: 3 }, recall: { count: 2, of: 3 } },
    { label: 'c', precision: null, recall: null },
  ])
})

test('intervals are those of Wilson', () => {
  const confusion = confusionOf(['a', 'b'], [...Array.from({ length: 9 }, () => pair('a', 'a')), pair('a', 'b')])
  expect(confusion.byLabel[0]?.recall?.interval.low).toBeCloseTo(0.59585, 5)
  expect(confusion.byLabel[0]?.recall?.interval.high).toBeCloseTo(0.982124, 5)
  expect(confusion.byLabel[1]).toMatchObject({ precision: { count: 0, of: 1 }, recall: null })
})
