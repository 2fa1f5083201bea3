import { expect, test } from 'vitest'
import { errors } from '../../src/grading/api-errors.ts'
import { statusCodes } from '../../src/grading/api-status-codes.ts'
import { idempotentTask } from '../../src/grading/data-idempotent-task.ts'
import { queryCount } from '../../src/grading/data-query-count.ts'
import { transaction } from '../../src/grading/data-transaction.ts'
import type { Rule } from '../../src/grading/rule.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type Told, type ToldChange, type ToldSuite } from './evidence-builder.ts'

const syntax = await loadSyntax()
const TWO: ToldChange = ['backend/a/services.py', null, 'def f(a):\n    A.objects.create(a=a)\n    B.objects.create(a=a)\n']

const told = (suites: readonly ToldSuite[], more: Partial<Told> = {}): Told => ({
  changes: [['backend/a.py', null, 'a = 1\n']],
  task: { failToPass: ['m::test_one', 'm::test_two[a]'], measures: { 'data/transaction': ['test_one', 'test_two*'] } },
  suites,
  ...more,
})

test.each<[Rule, string]>([
  [queryCount, 'QUERIES_GROW'],
  [transaction, 'NOT_ATOMIC'],
  [idempotentTask, 'NOT_IDEMPOTENT'],
  [statusCodes, 'WRONG_STATUS'],
  [errors, 'WRONG_ERROR'],
])('$id: the labelled tests decide', (rule, code) => {
  const task = { failToPass: ['m::test_one', 'm::test_two'], measures: { [rule.id]: ['test_one'] } }
  const run = (one: 'passed' | 'failed') =>
    judged(rule, told([{ name: 'A', cases: { 'm::test_one': one, 'm::test_two': 'failed' } }], { task }), syntax)
  expect(run('passed')).toEqual({ check: 'pass', findings: [] })
  expect(run('failed')).toEqual({ check: 'fail', findings: [`${code} test=m::test_one status=failed`] })
})

test('a bad outcome comes with its diagnosis, a good one without', () => {
  const run = (one: 'passed' | 'failed') =>
    judged(transaction, told([{ name: 'A', cases: { 'm::test_one': one, 'm::test_two[a]': 'passed' } }], { changes: [TWO] }), syntax)
  expect(run('failed').findings).toEqual([
    'NOT_ATOMIC test=m::test_one status=failed',
    'WRITES_APART backend/a/services.py:1 function=f writes=2',
  ])
  expect(run('passed')).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, Told, string]>([
  ['nothing changed', told([{ name: 'A', cases: {} }], { changes: [] }), 'na'],
  ['the suite did not run', told([{ name: 'A', report: null }]), 'inconclusive'],
  ['the run is missing', told([]), 'inconclusive'],
  ['a labelled test is missing', told([{ name: 'A', cases: { 'm::test_one': 'passed' } }]), 'inconclusive'],
  [
    'a labelled test could not be set up',
    told([{ name: 'A', cases: { 'm::test_one': 'passed', 'm::test_two[a]': 'error' } }]),
    'inconclusive',
  ],
  ['a labelled test is skipped', told([{ name: 'A', cases: { 'm::test_one': 'skipped', 'm::test_two[a]': 'passed' } }]), 'inconclusive'],
  [
    'the label names no test',
    told([{ name: 'A', cases: { 'm::test_one': 'passed' } }], { task: { measures: { 'data/transaction': ['test_on'] } } }),
    'inconclusive',
  ],
  ['all of them pass', told([{ name: 'A', cases: { 'm::test_one': 'passed', 'm::test_two[a]': 'passed' } }]), 'pass'],
  ['no label, and nothing to diagnose', told([], { task: {} }), 'na'],
])('%s', (_, trial, check) => expect(judged(transaction, trial, syntax)).toEqual({ check, findings: [] }))
