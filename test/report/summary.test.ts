import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/grading/finding.ts'
import { dollars, duration, grouped, percent, plural } from '../../src/report/figures.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { plain } from '../../src/report/paint.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import type { Run } from '../../src/results/run.ts'
import { graded, sampleRun, voided } from '../results/sample-run.ts'
import { HOSTILE, mixedSummary, pipelineSummary, summaryOf } from './sample-summary.ts'

describe('figures', () => {
  test.each([
    [null, 'unknown'],
    [0, '$0.00'],
    [0.004, '<$0.01'],
    [0.126, '$0.13'],
    [1234.5, '$1234.50'],
  ])('%s dollars: %s', (usd, text) => {
    expect(dollars(usd)).toBe(text)
  })

  test.each([
    [0.04, '0.0s'],
    [9.94, '9.9s'],
    [9.96, '10s'],
    [59.6, '1m 00s'],
    [125, '2m 05s'],
    [3599.6, '1h 00m'],
    [7384, '2h 03m'],
  ])('%d seconds: %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })

  test.each([
    [0, '0'],
    [0.001, '1'],
    [0.5, '50'],
    [0.999, '99'],
    [1, '100'],
  ])('the share %d: %s', (share, text) => {
    expect(percent(share)).toBe(text)
  })

  test('counts', () => {
    expect([plural(1, 'trial'), plural(2, 'trial'), plural(0, 'trial'), plural(2, 'try', 'tries')]).toEqual([
      '1 trial',
      '2 trials',
      '0 trials',
      '2 tries',
    ])
    expect([grouped(7), grouped(1000), grouped(1234567)]).toEqual(['7', '1,000', '1,234,567'])
  })
})

describe('costs', () => {
  const run = sampleRun(['docket/a', 'docket/b'], 1)
  const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, requests: 1, usd: null }

  test('one unknown price makes the sum unknown, for its task and in all', () => {
    const summary = summaryOf(run, [graded(run, 'docket/a', 1, { usage }), graded(run, 'docket/b', 1)])
    expect(summary.tasks.map((task) => [task.task, task.usage.usd])).toEqual([
      ['docket/a', null],
      ['docket/b', 0.13],
    ])
    expect(summary.totals.usage.usd).toBe(null)
  })

  test('void and interrupted attempts were paid for', () => {
    const trials = [voided(run, 'docket/a', 1), graded(run, 'docket/a', 1, { attempt: 2 })]
    const summary = summaryOf(run, trials, [{ task: 'docket/a', usage: { ...usage, usd: 0.5 } }])
    expect(summary.totals.usage.usd).toBeCloseTo(0.13 + 0.13 + 0.5)
    expect(summary.tasks.find(({ task }) => task === 'docket/a')?.usage.usd).toBeCloseTo(0.76)
  })
})

describe('counts', () => {
  const run = sampleRun(['docket/a', 'docket/b', 'docket/c'], 2)

  test('the last attempt counts once; voids never count', () => {
    const { totals } = summaryOf(run, [
      voided(run, 'docket/a', 1),
      graded(run, 'docket/a', 1, { attempt: 2, passed: false }),
      graded(run, 'docket/b', 1),
      ...[1, 2, 3].map((attempt) => voided(run, 'docket/c', 1, { attempt })),
    ])
    expect(totals.trials).toMatchObject({ count: 1, of: 2 })
    expect({ notRun: totals.notRun, withoutVerdict: totals.withoutVerdict, tasks: totals.tasks }).toEqual({
      notRun: 3,
      withoutVerdict: 1,
      tasks: null,
    })
    expect(totals.voids).toEqual([{ phase: 'model', cause: 'overloaded', count: 4 }])
  })

  test('a void that will be tried again is not run yet, rather than without a verdict', () => {
    const { totals } = summaryOf(run, [voided(run, 'docket/a', 1)])
    expect([totals.notRun, totals.withoutVerdict]).toEqual([6, 0])
  })

  test('tasks that pass every time and at least once, with their own intervals', () => {
    const failed = { passed: false }
    const { totals } = summaryOf(run, [
      graded(run, 'docket/a', 1),
      graded(run, 'docket/a', 2),
      graded(run, 'docket/b', 1),
      graded(run, 'docket/b', 2, failed),
      graded(run, 'docket/c', 1, failed),
      graded(run, 'docket/c', 2, failed),
    ])
    expect(totals.tasks).toMatchObject({ always: { count: 1, of: 3 }, once: { count: 2, of: 3 } })
    expect(totals.tasks?.always.interval.high).toBeCloseTo(0.792, 3)
  })

  test('nothing graded has no rate', () => {
    expect(summaryOf(run, [voided(run, 'docket/a', 1)]).totals.trials).toBe(null)
  })

  test('a shard shows its own part', () => {
    const shard: Run = { ...run, plan: { ...run.plan, shard: { i: 1, n: 3 } } }
    const summary = summaryOf(shard, [])
    expect([summary.totals.notRun, summary.tasks.reduce((sum, task) => sum + task.notRun, 0)]).toEqual([2, 2])
    expect(summary.notes).toEqual(['This is shard 1 of 3: merge all of them before you judge.'])
  })
})

test('the worst task is first, what has no full verdict before what passed', () => {
  expect(mixedSummary().tasks.map(({ task, passed, graded: of }) => `${task.slice(14, 22)} ${passed}/${of}`)).toEqual([
    'status 0/3',
    'notifica 2/3',
    'tests-fo 0/0',
    'upload 1/1',
    'created- 3/3',
  ])
})

describe('the first lines', () => {
  const base = sampleRun(['docket/a'], 1)
  const of = (variant: Partial<Run['variant']>, models: readonly string[] = ['m']) => {
    const run = { ...base, variant: { ...base.variant, ...variant } }
    return summaryOf(run, [graded(run, 'docket/a', 1, { models })]).notes
  }

  test.each([
    [{}, []],
    [
      { upstream: 'reference' as const },
      ["This run measured the pipeline, not an agent: the model's part was played by the reference solution."],
    ],
    [{ upstream: 'replay' as const }, ["This run measured the pipeline, not an agent: the model's part was played by a recorded run."]],
    [{ runner: 'nop' }, ["This run measured the pipeline, not an agent: the model's part was played by nobody, and nothing was changed."]],
  ])('%j', (variant, notes) => {
    expect(of(variant)).toEqual(notes)
  })

  test('two models that answered make a live run invalid', () => {
    expect(of({}, ['b', 'a'])).toEqual(['This run is invalid: 2 different models answered (a, b).'])
  })
})

test('JSON holds all that is shown, and is read back the same', () => {
  const summary = mixedSummary()
  expect(JSON.parse(renderJson(summary))).toEqual(summary)
  expect(JSON.parse(renderJson(pipelineSummary()))).toMatchObject({ schema: 1, totals: { trials: { count: 2, of: 2 } } })
})

describe('places that are quoted', () => {
  const run = sampleRun(['docket/a'], 5)
  const finding = (at: number): Finding => ({ code: 'TOUCHED', rule: 'scope/transient', severity: 'warn', path: `f${at}`, args: {} })
  const other: Finding = { code: 'FRONTEND', rule: 'scope/frontend', severity: 'fail', path: 'x', args: {} }
  const trial = (k: number, count: number) =>
    graded(run, 'docket/a', k, {
      checks: { 'scope/transient': count === 0 ? 'pass' : 'fail' },
      findings: [other, ...Array.from({ length: count }, (_, at) => finding(at))],
    })

  test('come from the trials with most of them, one a trial, three at most', () => {
    const summary = summaryOf(run, [trial(1, 1), trial(2, 3), trial(3, 0), trial(4, 2), trial(5, 1)])
    expect(summary.conformance).toMatchObject([{ rule: 'scope/transient', kept: { count: 1, of: 5 } }])
    expect(summary.conformance[0]?.worst).toEqual([
      { task: 'docket/a', k: 2, evidence: 'trials/docket/a/2/1', sentence: 'touched: f0.', more: 2 },
      { task: 'docket/a', k: 4, evidence: 'trials/docket/a/4/1', sentence: 'touched: f0.', more: 1 },
      { task: 'docket/a', k: 1, evidence: 'trials/docket/a/1/1', sentence: 'touched: f0.', more: 0 },
    ])
    expect(renderTerminal(summary, plain)).toContain('scope/transient (and 2 more)  trials/docket/a/2/1')
    expect(JSON.parse(renderJson(summary))).toMatchObject({ conformance: [{ worst: [{ k: 2 }, { k: 4 }, { k: 1 }] }], asking: null })
  })

  test('are safe to print, and short', () => {
    const hostile = { ...finding(0), path: `${HOSTILE}${'x'.repeat(5000)}` }
    const summary = summaryOf(run, [graded(run, 'docket/a', 1, { checks: { 'scope/transient': 'fail' }, findings: [hostile] })])
    const quoted = renderTerminal({ ...summary, tasks: [] }, plain)
    expect(quoted).not.toContain('\u{1b}')
    expect(quoted.length).toBeLessThan(2500)
    expect(renderMarkdown({ ...summary, tasks: [] })).not.toMatch(/(?<!\\)<img/)
  })
})
