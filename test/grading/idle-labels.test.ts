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
