import { describe, expect, test } from 'vitest'
import { failToPass } from '../../src/grading/tests-fail-to-pass.ts'
import { passToPass } from '../../src/grading/tests-pass-to-pass.ts'
import { judged, type Told } from './evidence-builder.ts'

const task = { failToPass: ['a::new'], passToPass: ['a::old'] }
const run = (told: NonNullable<Told['suites']>[number]): Told => ({ task, suites: [told] })

describe('tests/fail-to-pass and tests/pass-to-pass', () => {
  test.each<[string, Told, string, readonly string[], string, readonly string[]]>([
    ['all pass', run({ name: 'A', cases: { 'a::new': 'passed', 'a::old': 'passed' } }), 'pass', [], 'pass', []],
    [
      'a hidden test fails',
      run({ name: 'A', cases: { 'a::new': 'failed', 'a::old': 'passed' } }),
      'fail',
      ['TEST_NOT_PASSING test=a::new status=failed'],
      'pass',
      [],
    ],
    [
      'a teardown errors',
      run({ name: 'A', cases: { 'a::new': 'error', 'a::old': 'passed' } }),
      'fail',
      ['TEST_NOT_PASSING test=a::new status=error'],
      'pass',
      [],
    ],
    [
      'skipped is not passed',
      run({ name: 'A', cases: { 'a::new': 'skipped', 'a::old': 'xfailed' } }),
      'fail',
      ['TEST_NOT_PASSING test=a::new status=skipped'],
      'fail',
      ['TEST_BROKEN test=a::old status=xfailed'],
    ],
    ['a test is missing', run({ name: 'A', cases: { 'a::old': 'passed' } }), 'fail', ['TEST_MISSING test=a::new'], 'pass', []],
    [
      'no report',
      run({ name: 'A', report: null, exit: { ended: 'exited', exitCode: 4 } }),
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=exit-4'],
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=exit-4'],
    ],
    [
      'a report that was cut off',
      run({ name: 'A', report: '<testsuites><testsuite><testcase classname="a" na' }),
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=unreadable-report'],
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=unreadable-report'],
    ],
    [
      'nothing but a module that cannot be imported',
      run({ name: 'A', cases: { a: 'error' } }),
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=nothing-collected'],
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=nothing-collected'],
    ],
    [
      'the wall clock ran out',
      run({ name: 'A', report: null, exit: { ended: 'limit', reason: 'wallMs' } }),
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=limit-wallMs'],
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=limit-wallMs'],
    ],
    // A report that says all is well beside an exit code that says the runner gave up is no verdict.
    [
      'all pass, but the exit code is of a broken run',
      run({ name: 'A', cases: { 'a::new': 'passed', 'a::old': 'passed' }, exit: { ended: 'exited', exitCode: 3 } }),
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=exit-3'],
      'fail',
      ['SUITE_DID_NOT_RUN suite=A why=exit-3'],
    ],
    ['A was not collected', { task }, 'inconclusive', [], 'inconclusive', []],
    ['nothing is expected', { suites: [{ name: 'A', cases: { 'a::new': 'passed' } }] }, 'inconclusive', [], 'inconclusive', []],
  ])('%s', (_, told, f2p, f2pFindings, p2p, p2pFindings) => {
    expect(judged(failToPass, told)).toEqual({ check: f2p, findings: f2pFindings })
    expect(judged(passToPass, told)).toEqual({ check: p2p, findings: p2pFindings })
  })
})
