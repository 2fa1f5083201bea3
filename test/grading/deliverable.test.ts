import { describe, expect, test } from 'vitest'
import { deliverableGreen } from '../../src/grading/deliverable-green.ts'
import { deliverableMutants } from '../../src/grading/deliverable-mutants.ts'
import { deliverableNewTests } from '../../src/grading/deliverable-new-tests.ts'
import { deliverableOnly } from '../../src/grading/deliverable-only.ts'
import { deliverableShuffled } from '../../src/grading/deliverable-shuffled.ts'
import { grade } from '../../src/grading/grade.ts'
import { rules } from '../../src/grading/rules.ts'
import { judged, type Told, type ToldChange, type ToldSuite, view } from './evidence-builder.ts'

const FILE: ToldChange = ['backend/tests/test_new.py', null, 'def test_x():\n    assert 1\n']
const good: ToldSuite = { name: 'B/base', cases: { 'n::x': 'passed', 'n::y': 'passed' } }
const over = (name: string, cases: ToldSuite['cases'] = good.cases ?? {}): ToldSuite => ({ name: `B/${name}`, cases: cases ?? {} })
const told = (suites: readonly ToldSuite[], task: Told['task'] = {}): Told => ({
  kind: 'tests',
  changes: [FILE],
  suites,
  task: { deliverable: ['backend/tests/**'], kill: 2, mutants: ['m1', 'm2', 'm3'], right: ['r1', 'r2'], ...task },
})
const killed = { 'n::x': 'failed', 'n::y': 'passed' } as const

describe('deliverable/only', () => {
  test.each<[string, readonly ToldChange[], string, readonly string[], Told['task']?]>([
    ['a test', [FILE], 'pass', []],
    ['a test and a conftest beside it', [FILE, ['backend/tests/conftest.py', null, 'x']], 'pass', []],
    ['a test and litter', [FILE, ['backend/__pycache__/a.pyc', null, 'x']], 'pass', []],
    ['source', [FILE, ['backend/a.py', 'x', 'y']], 'fail', ['OUTSIDE_DELIVERABLE backend/a.py how=modified']],
    ['a dependency', [['.venv/x.py', 'x', 'y']], 'fail', ['OUTSIDE_DELIVERABLE .venv/x.py how=modified']],
    ['what the task lets change', [FILE, ['backend/factories.py', 'x', 'y']], 'pass', [], { mayChange: ['backend/factories.py'] }],
    ['nothing', [], 'na', []],
    ['a task without deliverable', [FILE], 'inconclusive', [], { deliverable: [] }],
  ])('%s', (_, changes, check, findings, task = {}) => {
    expect(judged(deliverableOnly, { ...told([], task), changes })).toEqual({ check, findings })
  })
})

describe('deliverable/new-tests', () => {
  test.each<[string, Told, string, readonly string[]]>([
    ['two new tests', told([good]), 'pass', []],
    ['only tests that the base has', told([good], { passToPass: ['n::x', 'n::y'] }), 'fail', ['NO_NEW_TESTS']],
    [
      'only tests of a file that the base has, as our run of it shows',
      told([good, { name: 'base', cases: { 'n::x': 'passed', 'n::y': 'skipped' } }]),
      'fail',
      ['NO_NEW_TESTS'],
    ],
    [
      'it cannot be imported',
      told([{ name: 'B/base', cases: { n: 'error' } }]),
      'fail',
      ['SUITE_DID_NOT_RUN suite=B/base why=nothing-collected'],
    ],
    ['not collected', told([]), 'inconclusive', []],
    ['nothing changed', { ...told([]), changes: [] }, 'na', []],
  ])('%s', (_, evidence, check, findings) => {
    expect(judged(deliverableNewTests, evidence)).toEqual({ check, findings })
  })
})

describe('deliverable/green', () => {
  test.each<[string, Told, string, readonly string[]]>([
    ['on all', told([good, over('right/r1'), over('right/r2')]), 'pass', []],
    [
      'red on the base',
      told([over('base', killed), over('right/r1'), over('right/r2')]),
      'fail',
      ['NEW_TEST_NOT_PASSING test=n::x status=failed over=base'],
    ],
    [
      'over-fitted',
      told([good, over('right/r1'), over('right/r2', { 'n::x': 'passed', 'n::y': 'error' })]),
      'fail',
      ['NEW_TEST_NOT_PASSING test=n::y status=error over=right/r2'],
    ],
    [
      'skipped',
      told([over('base', { 'n::x': 'skipped' }), over('right/r1', { 'n::x': 'skipped' }), over('right/r2', { 'n::x': 'passed' })]),
      'fail',
      ['NEW_TEST_NOT_PASSING test=n::x status=skipped over=base', 'NEW_TEST_NOT_PASSING test=n::x status=skipped over=right/r1'],
    ],
    [
      'it does not run on another solution',
      told([good, over('right/r1'), { name: 'B/right/r2', report: null, exit: { ended: 'exited', exitCode: 4 } }]),
      'fail',
      ['SUITE_DID_NOT_RUN suite=B/right/r2 why=exit-4'],
    ],
    ['a run is missing', told([good, over('right/r1')]), 'inconclusive', []],
    [
      'a run is missing, and another is red',
      told([over('base', killed), over('right/r1')]),
      'fail',
      ['NEW_TEST_NOT_PASSING test=n::x status=failed over=base'],
    ],
    [
      'old tests do not count',
      told([over('base', { ...good.cases, 'o::z': 'failed' }), over('right/r1'), over('right/r2')], { passToPass: ['o::z'] }),
      'pass',
      [],
    ],
    ['no new test', told([good], { passToPass: ['n::x', 'n::y'] }), 'na', []],
  ])('%s', (_, evidence, check, findings) => {
    expect(judged(deliverableGreen, evidence)).toEqual({ check, findings })
  })
})

describe('deliverable/mutants', () => {
  const survived = (...mutants: string[]): readonly string[] =>
    mutants.map((name) => `MUTANT_SURVIVED mutant=${name} kills=1 kill=2 mutants=3`)
  test.each<[string, Told, string, readonly string[]]>([
    ['all die', told([good, over('mutants/m1', killed), over('mutants/m2', killed), over('mutants/m3', killed)]), 'pass', []],
    ['as many die as must', told([good, over('mutants/m1', killed), over('mutants/m2', killed), over('mutants/m3')]), 'pass', []],
    ['one fewer', told([good, over('mutants/m1', killed), over('mutants/m2'), over('mutants/m3')]), 'fail', survived('m2', 'm3')],
    [
      'an error is no assertion',
      told([good, over('mutants/m1', killed), over('mutants/m2', { 'n::x': 'error' }), over('mutants/m3')]),
      'fail',
      survived('m2', 'm3'),
    ],
    [
      'a module that cannot be imported checks nothing',
      told([good, over('mutants/m1', killed), over('mutants/m2', { n: 'error' }), over('mutants/m3')]),
      'fail',
      survived('m2', 'm3'),
    ],
    [
      'a time-out checks nothing',
      told([
        good,
        over('mutants/m1', killed),
        { name: 'B/mutants/m2', report: null, exit: { ended: 'limit', reason: 'wallMs' } },
        over('mutants/m3'),
      ]),
      'fail',
      survived('m2', 'm3'),
    ],
    [
      'a missing test checks nothing',
      told([good, over('mutants/m1', killed), over('mutants/m2', {}), over('mutants/m3')]),
      'fail',
      survived('m2', 'm3'),
    ],
    [
      'an old test that fails is not the agent’s',
      told([good, over('mutants/m1', killed), over('mutants/m2', { ...good.cases, 'o::z': 'failed' }), over('mutants/m3')]),
      'fail',
      survived('m2', 'm3'),
    ],
    [
      'a test that fails on the base kills nothing',
      told([
        over('base', killed),
        over('mutants/m1', killed),
        over('mutants/m2', { 'n::x': 'failed', 'n::y': 'failed' }),
        over('mutants/m3', killed),
      ]),
      'fail',
      survived('m1', 'm3'),
    ],
    ['runs are missing', told([good, over('mutants/m1', killed)]), 'inconclusive', []],
    ['runs are missing, but cannot matter', told([good, over('mutants/m1', killed), over('mutants/m2', killed)]), 'pass', []],
    ['no new test', told([good], { passToPass: ['n::x', 'n::y'] }), 'na', []],
    ['a task without mutants', told([good], { mutants: [] }), 'inconclusive', []],
  ])('%s', (_, evidence, check, findings) => {
    expect(judged(deliverableMutants, evidence)).toEqual({ check, findings })
  })
})

describe('deliverable/shuffled', () => {
  test.each<[string, Told, string, readonly string[]]>([
    ['the same', told([good, over('shuffled/1'), over('shuffled/2')]), 'pass', []],
    [
      'fails in one order',
      told([good, over('shuffled/1'), over('shuffled/2', killed)]),
      'fail',
      ['ORDER_DEPENDENT test=n::x was=passed now=failed suite=B/shuffled/2'],
    ],
    [
      'passes in one order',
      told([over('base', killed), over('shuffled/1')]),
      'fail',
      ['ORDER_DEPENDENT test=n::x was=failed now=passed suite=B/shuffled/1'],
    ],
    [
      'missing in one order',
      told([good, over('shuffled/1', { 'n::x': 'passed' })]),
      'fail',
      ['ORDER_DEPENDENT test=n::y was=passed now=missing suite=B/shuffled/1'],
    ],
    ['not repeated', told([good]), 'inconclusive', []],
    ['no new test', told([good], { passToPass: ['n::x', 'n::y'] }), 'na', []],
  ])('%s', (_, evidence, check, findings) => {
    expect(judged(deliverableShuffled, evidence)).toEqual({ check, findings })
  })
})

test('a tests task passes by all of its gates together', () => {
  const runs = [
    good,
    over('right/r1'),
    over('right/r2'),
    over('mutants/m1', killed),
    over('mutants/m2', killed),
    over('mutants/m3'),
    over('shuffled/1'),
  ]
  expect(grade(view(told(runs)), rules)).toMatchInlineSnapshot(`
    {
      "checks": {
        "ask/over-asking": "inconclusive",
        "deliverable/green": "pass",
        "deliverable/mutants": "pass",
        "deliverable/new-tests": "pass",
        "deliverable/only": "pass",
        "deliverable/shuffled": "pass",
        "process/dependency-order": "inconclusive",
        "process/documented-commands": "inconclusive",
        "process/explores-first": "inconclusive",
        "process/honest-claims": "inconclusive",
        "process/reads-guide-first": "inconclusive",
        "process/verifies": "inconclusive",
        "scope/architecture": "pass",
        "scope/ci": "pass",
        "scope/lock-files": "pass",
        "scope/outside-workspace": "inconclusive",
        "style/braces": "na",
        "style/matches-neighbours": "inconclusive",
        "style/no-comments": "inconclusive",
        "tests/forged-report": "pass",
        "tests/tampering": "pass",
      },
      "findings": [],
      "gates": {
        "deliverable": "pass",
        "green": "pass",
        "mutants": "pass",
        "new-tests": "pass",
        "no-tampering": "pass",
        "shuffled": "pass",
      },
      "passed": true,
    }
  `)
})
