import { expect, test } from 'vitest'
import type { CaseStatus } from '../../src/evidence/suite.ts'
import { receiptOf } from '../../src/grading/receipt.ts'
import { pytest } from '../../src/stack/pytest.ts'
import { view } from './evidence-builder.ts'

type Rounds = readonly Readonly<Record<string, CaseStatus>>[]

function proven(untouched: Rounds, solution: Rounds) {
  const judged = (rounds: Rounds) =>
    rounds.map((cases) => {
      const seen = view({ suites: [{ name: 'A', cases }] })
      return { suites: seen.evidence.suites, view: seen }
    })
  return receiptOf('feature', pytest, { untouched: judged(untouched), solution: judged(solution) })
}

test('fail-to-pass and pass-to-pass are what happened in every round', () => {
  const untouched = { 'a::old': 'passed', 'a::new': 'failed' } as const
  const solution = { 'a::old': 'passed', 'a::new': 'passed', 'a::more': 'passed' } as const
  expect(proven([untouched, untouched], [solution, solution])).toEqual({
    failToPass: ['a::more', 'a::new'],
    passToPass: ['a::old'],
    problems: [],
  })
})

test.each<[string, Rounds, Rounds, readonly string[]]>([
  [
    'flips with the solution',
    [{ 'a::x': 'failed' }, { 'a::x': 'failed' }],
    [{ 'a::x': 'passed' }, { 'a::x': 'failed' }],
    ['a::x: its result changes between repeats', 'no test fails on the untouched repository and passes with the solution'],
  ],
  [
    'flips on the untouched repository',
    [
      { 'a::x': 'passed', 'a::new': 'failed' },
      { 'a::x': 'error', 'a::new': 'failed' },
    ],
    [
      { 'a::x': 'passed', 'a::new': 'passed' },
      { 'a::x': 'passed', 'a::new': 'passed' },
    ],
    ['a::x: its result changes between repeats'],
  ],
  ['is not collected each time', [{ 'a::x': 'failed' }, {}], [{ 'a::x': 'passed' }, { 'a::x': 'passed' }], []],
  [
    'is lost in one round with the solution',
    [{ 'a::x': 'failed' }, { 'a::x': 'failed' }],
    [{ 'a::x': 'passed' }, {}],
    ['a::x: its result changes between repeats', 'no test fails on the untouched repository and passes with the solution'],
  ],
])('a test that %s', (_, untouched, solution, problems) => expect(proven(untouched, solution).problems).toEqual(problems))
