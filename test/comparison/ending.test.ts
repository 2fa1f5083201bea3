import { describe, expect, it } from 'vitest'
import type { Answer, Comparison, InvalidReason, Verdict } from '../../src/comparison/comparison.ts'
import { endComparison, endGate } from '../../src/comparison/ending.ts'
import type { GateOutcome, GateReport, GateTask } from '../../src/comparison/gate.ts'

const answer = (verdict: Verdict, low = -0.3): Answer => ({
  verdict,
  effect: -0.1,
  interval: { low, high: 0.1 },
  p: { worse: 0.2, different: 0.4 },
  alpha: 0.05,
  exact: true,
})

function comparison(gate: Verdict, compare: Verdict, low = -0.3): Comparison {
  const reasons: readonly InvalidReason[] = compare === 'invalid' ? [{ kind: 'nothing-counted' }] : []
  const parts = {
    sequential: null,
    verdict: compare,
    gate: answer(gate, low),
    compare: answer(compare),
    validity: { valid: reasons.length === 0, reasons, voids: [] },
  }
  return parts as unknown as Comparison
}

describe('compare: text and exit code', () => {
  it.each([
    ['better', 0, 'BETTER'],
    ['worse', 0, 'WORSE'],
    ['cannot tell', 0, 'CANNOT TELL'],
    ['invalid', 3, 'INVALID'],
  ] as const)('%s', (verdict, code, word) => {
    expect(endComparison(comparison(verdict, verdict), null)).toMatchObject({ code, word })
  })

  it.each([
    ['better', -0.3, 0, 'PASS'],
    ['worse', -0.3, 1, 'FAIL'],
    ['cannot tell', -0.3, 3, 'INCONCLUSIVE'],
    ['cannot tell', -0.05, 0, 'PASS'],
    ['invalid', -0.05, 3, 'INVALID'],
  ] as const)('--gate: %s, %d at worst', (verdict, low, code, word) => {
    const compare = verdict === 'invalid' ? 'invalid' : 'cannot tell'
    expect(endComparison(comparison(verdict, compare, low), { tolerance: 0.1 })).toMatchObject({ code, word })
  })
})

const task = (change: Partial<GateTask>): GateTask => ({
  task: 's/1',
  title: 's/1',
  a: { passed: 3, counted: 3 },
  b: { passed: 0, counted: 3 },
  standing: 'blocking',
  records: 3,
  before: { passed: 12, counted: 12 },
  p: 0.001,
  adjusted: 0.001,
  blocks: false,
  moved: false,
  ...change,
})

function report(outcome: GateOutcome, verdict: Verdict, tasks: readonly GateTask[]): GateReport {
  const reasons: readonly InvalidReason[] =
    outcome === 'invalid' ? [{ kind: 'too-many-voids', arm: 'b', voids: 2, trials: 24, most: 0.05 }] : []
  const rest = { notes: [], leftOut: [], comparison: null, minRuns: 3, tolerance: 0.1 }
  return { schema: 1, outcome, against: 'stored', reasons, answer: answer(verdict, -0.05), tasks, ...rest }
}

describe('gate: text and exit code', () => {
  const cases: readonly (readonly [string, GateReport, strict: 0 | 1 | 3, usual: 0 | 1 | 3])[] = [
    ['pass', report('pass', 'cannot tell', [task({})]), 0, 0],
    ['pass, better', report('pass', 'better', [task({})]), 0, 0],
    ['fail by the mean', report('fail', 'worse', [task({})]), 1, 1],
    ['fail by a task', report('fail', 'cannot tell', [task({ blocks: true })]), 1, 1],
    ['fail by both', report('fail', 'worse', [task({ blocks: true })]), 1, 1],
    ['inconclusive', report('inconclusive', 'cannot tell', [task({})]), 3, 0],
    ['inconclusive, moved', report('inconclusive', 'cannot tell', [task({ standing: 'flaky', moved: true })]), 3, 0],
    ['inconclusive, burn-in', report('inconclusive', 'cannot tell', [task({ standing: 'burn-in' })]), 3, 0],
    ['invalid', report('invalid', 'invalid', [task({})]), 3, 3],
  ]
  it.each(cases)('%s', (_name, given, strict, usual) => {
    expect([endGate(given, { strict: true }).code, endGate(given, { strict: false }).code]).toEqual([strict, usual])
  })

  it('never has a word that the exit code contradicts', () => {
    const words = { PASS: [0], FAIL: [1], INCONCLUSIVE: [0, 3], INVALID: [3] }
    for (const [, given] of cases) {
      for (const strict of [true, false]) {
        const { word, code } = endGate(given, { strict })
        expect(word.toLowerCase()).toBe(given.outcome)
        expect(words[word as keyof typeof words]).toContain(code)
      }
    }
  })

  it('says it in one sentence or two', () => {
    expect(cases.map(([name, given]) => `${name}: ${endGate(given, { strict: false }).sentence}`).join('\n')).toMatchInlineSnapshot(`
      "pass: It did not get worse on this suite by more than 10 points: -10 points on average, 95 % interval -5 to +10; p = 0.400 for a difference, p = 0.200 for a drop, held against 0.05.
      pass, better: It got better on this suite: -10 points on average, 95 % interval -5 to +10; p = 0.400 for a difference, p = 0.200 for a drop, held against 0.05.
      fail by the mean: It got worse on this suite: -10 points on average, 95 % interval -5 to +10; p = 0.400 for a difference, p = 0.200 for a drop, held against 0.05.
      fail by a task: A task that always passed before does not any more: s/1.
      fail by both: It got worse on this suite: -10 points on average, 95 % interval -5 to +10; p = 0.400 for a difference, p = 0.200 for a drop, held against 0.05. A task that always passed before does not any more: s/1.
      inconclusive: No drop is shown, and none of more than 10 points is ruled out: -10 points on average, 95 % interval -5 to +10; p = 0.400 for a difference, p = 0.200 for a drop, held against 0.05.
      inconclusive, moved: It cannot block, but has moved: s/1.
      inconclusive, burn-in: No task has 3 recorded runs yet, so nothing can block.
      invalid: The run lost 2 of 24 trials to faults that are not the agent's; more than 5 % is too many."
    `)
  })
})
