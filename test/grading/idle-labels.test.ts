import { expect, test } from 'vitest'
import { idleLabels } from '../../src/grading/receipt.ts'

const proven = { failToPass: ['a.b::test_list[1]', 'a.b::test_detail'], passToPass: ['a.c::test_old'] }

test.each<[string, Readonly<Record<string, readonly string[]>>, readonly string[]]>([
  ['none', {}, []],
  ['names and ids', { 'data/query-count': ['test_list[*]', 'a.b::test_detail'] }, []],
  ['a test that passed before', { 'api/errors': ['test_old'] }, []],
  [
    'a slip',
    { 'data/query-count': ['test_detial', 'test_list[*]'] },
    ['measures: data/query-count: no test is named test_detial; did you mean `test_detail`?'],
  ],
  ['nothing near', { 'api/errors': ['x*'], 'api/status-codes': ['test_detail'] }, ['measures: api/errors: no test is named x*']],
])('labels: %s', (_, measures, problems) => expect(idleLabels(measures, proven)).toEqual(problems))

test('the hidden test of one reading is enough for a label of a clarify task', () => {
  const readings = {
    one: { failToPass: ['tests.test_one::test_second_is_refused'], passToPass: [] },
    several: { failToPass: ['tests.test_several::test_second_is_added'], passToPass: ['tests.test_list::test_list_is_short'] },
  }
  const measures = { 'api/status-codes': ['test_second_is_refused', 'test_list_is_*'], 'api/errors': ['test_second_is_refusd'] }
  expect(idleLabels(measures, { failToPass: [], passToPass: [], readings })).toEqual([
    'measures: api/errors: no test is named test_second_is_refusd; did you mean `test_second_is_refused`?',
  ])
})
