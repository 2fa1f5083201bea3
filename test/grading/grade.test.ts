import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src/evidence/digest.ts'
import type { Check } from '../../src/grading/check.ts'
import { grade } from '../../src/grading/grade.ts'
import type { Rule } from '../../src/grading/rule.ts'
import { rules, rulesDigest } from '../../src/grading/rules.ts'
import { scopeFrontend } from '../../src/grading/scope-frontend.ts'
import type { TaskKind } from '../../src/task/task.ts'
import { type Told, view } from './evidence-builder.ts'

const done: Told = {
  task: { failToPass: ['a::new'], passToPass: ['a::old'] },
  changes: [['backend/a.py', 'x', 'y']],
  snapshots: [[]],
  suites: [{ name: 'A', cases: { 'a::new': 'passed', 'a::old': 'passed' } }],
}

describe('grade', () => {
  test('good work passes', () => {
    expect(grade(view(done), rules)).toMatchInlineSnapshot(`
      {
        "checks": {
          "api/errors": "inconclusive",
          "api/status-codes": "inconclusive",
          "ask/over-asking": "inconclusive",
          "ask/twin": "na",
          "data/idempotent-task": "inconclusive",
          "data/migrations": "na",
          "data/no-raw-sql": "inconclusive",
          "data/query-count": "inconclusive",
          "data/transaction": "inconclusive",
          "process/dependency-order": "inconclusive",
          "process/documented-commands": "inconclusive",
          "process/explores-first": "inconclusive",
          "process/honest-claims": "inconclusive",
          "process/reads-guide-first": "inconclusive",
          "process/verifies": "inconclusive",
          "scope/architecture": "pass",
          "scope/ci": "pass",
          "scope/frontend": "pass",
          "scope/lock-files": "pass",
          "scope/outside": "pass",
          "scope/outside-workspace": "inconclusive",
          "scope/transient": "na",
          "style/braces": "na",
          "style/cognitive-complexity": "inconclusive",
          "style/early-return": "inconclusive",
          "style/matches-neighbours": "inconclusive",
          "style/no-comments": "inconclusive",
          "style/reuses-helpers": "inconclusive",
          "tests/fail-to-pass": "pass",
          "tests/forged-report": "pass",
          "tests/pass-to-pass": "pass",
          "tests/tampering": "pass",
        },
        "findings": [],
        "gates": {
          "fail-to-pass": "pass",
          "no-tampering": "pass",
          "pass-to-pass": "pass",
          "scope": "pass",
        },
        "passed": true,
      }
    `)
  })

  test('an agent that does nothing passes nowhere', () => {
    const kinds: readonly TaskKind[] = ['feature', 'bugfix', 'plan', 'tests', 'clarify', 'impossible']
    const idle = { ...done, changes: [], suites: [{ name: 'A', cases: { 'a::old': 'passed' } as const }] }
    expect(kinds.map((kind) => grade(view({ ...idle, kind }), rules).passed)).toEqual(kinds.map(() => false))
    // Even where its hidden tests would pass without any work: the scope gate has nothing to judge.
    const verdict = grade(view({ ...done, changes: [] }), rules)
    expect([verdict.passed, verdict.gates.scope, verdict.gates['fail-to-pass']]).toEqual([false, 'na', 'pass'])
  })

  test('a required gate that no rule answers for is inconclusive and no pass', () => {
    expect(grade(view({ ...done, kind: 'clarify' }), rules)).toMatchObject({ passed: false, gates: { clarified: 'inconclusive' } })
    expect(grade(view({ ...done, kind: 'impossible' }), rules)).toMatchObject({ passed: false, gates: { declined: 'inconclusive' } })
  })

  test('one bad rule of a gate fails it, and findings of severity warn decide nothing', () => {
    const outside: Told = { ...done, changes: [['frontend/a.ts', 'x', 'y']], snapshots: [[['infra/a', null, 'x']]] }
    const verdict = grade(view(outside), rules)
    expect(verdict.passed).toBe(false)
    expect(verdict.gates).toMatchObject({ scope: 'fail', 'fail-to-pass': 'pass' })
    expect(verdict.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['scope/frontend', 'fail'],
      ['scope/transient', 'warn'],
    ])
  })

  test('severities are configured by the task: off is not asked, warn does not decide', () => {
    const told: Told = { ...done, changes: [['frontend/a.ts', 'x', 'y']] }
    const softened = grade(
      view({ ...told, task: { ...done.task, severities: { 'scope/frontend': 'warn', 'scope/transient': 'off' } } }),
      rules,
    )
    expect(softened.gates.scope).toBe('pass')
    expect(softened.findings.map(({ severity }) => severity)).toEqual(['warn'])
    expect(softened.checks).not.toHaveProperty('scope/transient')
  })

  test.each<[Check, Check, Check]>([
    ['pass', 'pass', 'pass'],
    ['pass', 'na', 'pass'],
    ['na', 'na', 'na'],
    ['pass', 'inconclusive', 'inconclusive'],
    ['na', 'inconclusive', 'inconclusive'],
    ['fail', 'inconclusive', 'fail'],
    ['fail', 'pass', 'fail'],
  ])('a gate of two rules that answer %s and %s is %s', (one, other, gate) => {
    const answering = (check: Check, id: string): Rule => ({ ...scopeFrontend, id, judge: () => ({ check, observations: [] }) })
    expect(grade(view(done), [answering(one, 'a'), answering(other, 'b')]).gates.scope).toBe(gate)
  })

  test('a gate whose rules are all off stays open', () => {
    const severities = { 'tests/fail-to-pass': 'off' } as const
    expect(grade(view({ ...done, task: { ...done.task, severities } }), rules)).toMatchObject({
      passed: false,
      gates: { 'fail-to-pass': 'inconclusive' },
    })
  })

  test('the same evidence gives the same bytes, whatever the order of its changes', () => {
    const changes = ['frontend/b.ts', 'frontend/a.ts', 'x.txt'].map((path) => [path, 'x', 'y'] as const)
    const [one, other] = [changes, changes.toReversed()].map((list) => grade(view({ ...done, changes: list }), rules))
    expect(JSON.stringify(one)).toBe(JSON.stringify(other))
    expect(JSON.stringify(grade(view({ ...done, changes }), rules))).toBe(JSON.stringify(one))
  })

  test('a stack that this version does not know cannot be read', () => {
    expect(() => grade(view({ ...done, fixture: { stack: 'ant' } }), rules)).toThrow('No stack is named "ant".')
  })
})

test('rules have ids of their own, and a digest that moves with them', () => {
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length)
  expect(rulesDigest('feature')).toMatch(/^[0-9a-f]{64}$/)
  expect(canonicalJson(rules.map(({ id, gate }) => [id, gate]))).toMatchInlineSnapshot(
    `"[["tests/fail-to-pass","fail-to-pass"],["tests/pass-to-pass","pass-to-pass"],["scope/frontend","scope"],["scope/outside","scope"],["scope/transient",null],["scope/outside-workspace",null],["scope/lock-files",null],["scope/ci",null],["scope/architecture",null],["tests/tampering","no-tampering"],["tests/forged-report","no-tampering"],["deliverable/only","deliverable"],["deliverable/new-tests","new-tests"],["deliverable/green","green"],["deliverable/mutants","mutants"],["deliverable/shuffled","shuffled"],["style/no-comments",null],["style/braces",null],["style/early-return",null],["style/cognitive-complexity",null],["style/reuses-helpers",null],["style/matches-neighbours",null],["data/no-raw-sql",null],["data/migrations",null],["data/query-count",null],["data/transaction",null],["data/idempotent-task",null],["api/status-codes",null],["api/errors",null],["process/reads-guide-first",null],["process/explores-first",null],["process/documented-commands",null],["process/dependency-order",null],["process/verifies",null],["process/honest-claims",null],["ask/over-asking",null],["ask/clarified","clarified"],["ask/twin","unasked"],["ask/declined","declined"]]"`,
  )
})
