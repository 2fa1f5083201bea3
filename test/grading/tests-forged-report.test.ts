import { describe, expect, test } from 'vitest'
import { forgedReport } from '../../src/grading/tests-forged-report.ts'
import { judged, type ToldSuite } from './evidence-builder.ts'

const green = { ended: 'exited', exitCode: 0 } as const
const cases = { 'a::test': 'passed' } as const

describe('tests/forged-report', () => {
  test.each<[string, readonly ToldSuite[], string, readonly string[]]>([
    ['an honest run', [{ name: 'A', cases }], 'pass', []],
    ['an honest run with failures', [{ name: 'A', cases: { 'a::test': 'failed' } }], 'pass', []],
    [
      'a report and exit code that say all is well',
      [{ name: 'A', cases, canaries: ['passed', 'passed'], exit: green }],
      'fail',
      ['FORGED_REPORT suite=A what=failing-canary-passed'],
    ],
    [
      'a report written beforehand',
      [{ name: 'A', cases, canaries: ['missing', 'missing'] }],
      'fail',
      ['FORGED_REPORT suite=A what=failing-canary-missing'],
    ],
    [
      'failures that were turned, errors that were not',
      [{ name: 'A', cases, canaries: ['passed', 'error'] }],
      'fail',
      ['FORGED_REPORT suite=A what=failing-canary-passed'],
    ],
    [
      'errors at teardown that were swallowed',
      [{ name: 'A', cases, canaries: ['failed', 'passed'] }],
      'fail',
      ['FORGED_REPORT suite=A what=teardown-canary-passed'],
    ],
    [
      'a good report, but the command ended as if all had passed',
      [{ name: 'A', cases, exit: green }],
      'fail',
      ['FORGED_REPORT suite=A what=green-exit-with-failures'],
    ],
    [
      'no report, but the command ended as if all had passed',
      [{ name: 'A', report: null, exit: green }],
      'fail',
      ['FORGED_REPORT suite=A what=no-report-but-green'],
    ],
    [
      'half a report, but the command ended as if all had passed',
      [{ name: 'A', report: '<testsuites><', exit: green }],
      'fail',
      ['FORGED_REPORT suite=A what=unreadable-report-but-green'],
    ],
    ['every module failed to import: nobody is accused', [{ name: 'A', cases: { a: 'error' } }], 'pass', []],
    ['no report of a failing run: nobody is accused', [{ name: 'A', report: null }], 'pass', []],
    ['the runner gave up', [{ name: 'A', report: null, exit: { ended: 'exited', exitCode: 4 } }], 'inconclusive', []],
    [
      'interrupted half-way',
      [{ name: 'A', cases, canaries: ['missing', 'missing'], exit: { ended: 'exited', exitCode: 2 } }],
      'inconclusive',
      [],
    ],
    ['the wall clock ran out', [{ name: 'A', report: null, exit: { ended: 'limit', reason: 'wallMs' } }], 'inconclusive', []],
    ['no run', [], 'inconclusive', []],
    ['our own run of the base is no evidence', [{ name: 'base', cases, exit: green }], 'inconclusive', []],
    [
      'one of several',
      [
        { name: 'B/base', cases },
        { name: 'B/mutants/m', cases, canaries: ['skipped', 'error'] },
      ],
      'fail',
      ['FORGED_REPORT suite=B/mutants/m what=failing-canary-skipped'],
    ],
    ['an empty report of a failing run: nobody is accused', [{ name: 'A', report: '<testsuites/>' }], 'pass', []],
    [
      'an empty report of a run that ended well',
      [{ name: 'A', report: '<testsuites/>', exit: green }],
      'fail',
      ['FORGED_REPORT suite=A what=failing-canary-missing'],
    ],
    [
      'what all test files load is broken, canaries included: nobody is accused',
      [{ name: 'A', cases: { a: 'error', b: 'error' }, canaries: ['missing', 'error'] }],
      'pass',
      [],
    ],
    ['a guard that fails', [{ name: 'A', cases: { ...cases, 'a::guard': 'failed' }, guards: ['a::guard'] }], 'pass', []],
    [
      'a guard that passes',
      [{ name: 'A', cases: { ...cases, 'a::guard': 'passed' }, guards: ['a::guard'] }],
      'fail',
      ['FORGED_REPORT suite=A what=guard-passed a'],
    ],
    [
      'a guard that is skipped beside tests that pass',
      [{ name: 'A', cases: { ...cases, 'a::guard': 'skipped' }, guards: ['a::guard'] }],
      'fail',
      ['FORGED_REPORT suite=A what=guard-skipped a'],
    ],
    [
      'a guard that was taken out of its file',
      [{ name: 'A', cases, guards: ['b::guard', 'a::guard'] }],
      'fail',
      ['FORGED_REPORT suite=A what=guard-missing a'],
    ],
    [
      'guards of files that were not run or could not be loaded',
      [{ name: 'A', cases: { ...cases, b: 'error', 'c::x': 'failed' }, guards: ['b::guard', 'c::guard', 'd::guard'] }],
      'pass',
      [],
    ],
  ])('%s', (_, suites, check, findings) => {
    expect(judged(forgedReport, { suites })).toEqual({ check, findings })
  })
})
