import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/comparison/comparison.ts'
import { decideGate, type GateFacts, type GateInput, outcomeOf } from '../../src/comparison/gate.ts'

const NOW = 'now'

/** A baseline in which each task has `runs` records of three trials, all passed unless told. */
function records(names: readonly string[], runs: number, passed = 3, promptDigest = NOW) {
  return names.map((task) => ({
    task,
    title: task,
    kind: 'feature' as const,
    taskDigest: '',
    fixtureDigest: '',
    environmentDigest: '',
    records: Array.from({ length: runs }, (_, index) => ({ run: `r${index}`, createdAt: '', promptDigest, passed, graded: 3 })),
  }))
}

const input = (task: string, a: number, b: number, of = 3): GateInput => ({
  task,
  title: task,
  a: { passed: a, counted: of },
  b: { passed: b, counted: of },
})

const names = ['s/1', 's/2', 's/3', 's/4', 's/5', 's/6', 's/7', 's/8']

function gate(tasks: readonly GateInput[], change: Partial<GateFacts> = {}) {
  return decideGate({
    against: 'interleaved',
    tasks,
    baseline: { promptDigest: NOW, tasks: records(names, 3) },
    reasons: [],
    notes: [],
    leftOut: [],
    comparison: null,
    minRuns: 3,
    tolerance: 0.25,
    seed: '1',
    ...change,
  })
}

const same = names.map((task) => input(task, 3, 3))
const but = (...others: readonly GateInput[]) => same.map((one) => others.find(({ task }) => task === one.task) ?? one)

describe('a gate', () => {
  it('passes where nothing changed and a drop beyond the tolerance is ruled out', () => {
    expect(gate(same).outcome).toBe('pass')
  })

  it('cannot tell where the interval still allows a greater drop', () => {
    expect(gate(same, { tolerance: 0.05 }).outcome).toBe('inconclusive')
  })

  it('fails where the mean fell', () => {
    const report = gate(names.map((task) => input(task, 3, 1)))
    expect(report).toMatchObject({ outcome: 'fail', answer: { verdict: 'worse', alpha: 0.04 } })
    expect(report.answer.effect).toBeCloseTo(-2 / 3, 12)
  })

  it('is not failed by one flaky trial, nor by two tasks that each lose one', () => {
    expect(gate(but(input('s/1', 3, 2))).outcome).not.toBe('fail')
    expect(gate(but(input('s/1', 3, 2), input('s/2', 3, 2))).outcome).not.toBe('fail')
  })

  it('is failed by one task that always passed and does not any more, though the mean tells nothing', () => {
    const lifted = gate(but(input('s/1', 5, 0, 5), input('s/2', 0, 3), input('s/3', 0, 3)), {
      baseline: { promptDigest: NOW, tasks: records(names, 5) },
    })
    expect(lifted.answer.verdict).toBe('cannot tell')
    expect(lifted.outcome).toBe('fail')
    expect(lifted.tasks[0]).toMatchObject({ task: 's/1', standing: 'blocking', blocks: true, before: { passed: 20, counted: 20 } })
  })

  it('does not blame the run for a task that the baseline fails tonight too', () => {
    const report = gate(but(input('s/1', 2, 0)), { baseline: { promptDigest: NOW, tasks: records(names, 9) } })
    expect(report.tasks[0]).toMatchObject({ task: 's/1', standing: 'blocking', blocks: false, moved: true })
    expect(report.outcome).toBe('inconclusive')
  })

  it.each([
    ['burn-in', records(['s/1'], 2)],
    ['flaky', records(['s/1'], 6, 2)],
  ] as const)('does not let a task block that is %s, and does not hide that it moved', (standing, own) => {
    const baseline = { promptDigest: NOW, tasks: [...own, ...records(names.slice(1), 3)] }
    const report = gate(but(input('s/1', 3, 0), input('s/2', 0, 3)), { baseline })
    expect(report.tasks[0]).toMatchObject({ task: 's/1', standing, blocks: false, moved: true })
    expect(report.outcome).toBe('inconclusive')
  })

  it('leaves a task of too few recorded runs out of the mean', () => {
    const all = names.map((task) => input(task, 3, 0))
    expect(gate(all, { baseline: { promptDigest: NOW, tasks: records(names, 2) } })).toMatchObject({
      outcome: 'inconclusive',
      answer: { effect: null, verdict: 'cannot tell' },
    })
    expect(gate(all, { baseline: { promptDigest: NOW, tasks: records(names, 2) }, minRuns: 2 }).outcome).toBe('fail')
  })

  it('admits by records of any prompt, and holds trials against those of the baseline prompt alone', () => {
    const report = gate(same, { baseline: { promptDigest: NOW, tasks: records(names, 4, 3, 'earlier') } })
    expect(report.tasks[0]).toMatchObject({ standing: 'blocking', records: 4, before: { passed: 3, counted: 3 } })
  })

  it('does not count stored trials twice', () => {
    const report = gate([input('s/1', 9, 3, 9)], { against: 'stored' })
    expect(report.tasks[0]?.before).toEqual({ passed: 9, counted: 9 })
  })

  it('is invalid before it is anything else', () => {
    const report = gate(
      names.map((task) => input(task, 3, 0)),
      { reasons: [{ kind: 'nothing-counted' }] },
    )
    expect(report).toMatchObject({ outcome: 'invalid', answer: { verdict: 'invalid' } })
  })
})

describe('from an answer to an outcome', () => {
  const answer = (verdict: Answer['verdict'], low: number | null): Answer => ({
    verdict,
    effect: low,
    interval: low === null ? null : { low, high: 1 },
    p: null,
    alpha: 0.04,
    exact: true,
  })
  const quiet = { blocks: false, moved: false }
  it.each([
    ['invalid', answer('better', 0), ['nothing-counted'], [quiet]],
    ['fail', answer('worse', -0.5), [], [quiet]],
    ['fail', answer('better', 0.1), [], [{ blocks: true, moved: false }]],
    ['pass', answer('better', -0.3), [], [quiet]],
    ['pass', answer('cannot tell', -0.1), [], [quiet]],
    ['inconclusive', answer('cannot tell', -0.11), [], [quiet]],
    ['inconclusive', answer('cannot tell', null), [], []],
    ['inconclusive', answer('better', 0.1), [], [{ blocks: false, moved: true }]],
  ] as const)('%s', (outcome, given, kinds, tasks) => {
    const reasons = kinds.map((kind) => ({ kind }))
    expect(outcomeOf({ answer: given, reasons, tolerance: 0.1, tasks })).toBe(outcome)
  })
})
