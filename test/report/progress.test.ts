import { describe, expect, test } from 'vitest'
import { plain } from '../../src/report/paint.ts'
import { notStarted, type Progress, progressAfter, remainingMs, spentUsd } from '../../src/report/progress.ts'
import { endedLine, heartbeatLine, liveLines } from '../../src/report/progress-lines.ts'
import type { RunEvent } from '../../src/results/run.ts'
import { graded, sampleRun, voided } from '../results/sample-run.ts'
import { HOSTILE } from './sample-summary.ts'

const run = sampleRun(['django-docket/created-at', 'django-docket/notifications'], 3)
const [a, b] = ['django-docket/created-at', 'django-docket/notifications']
const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, requests: 1, usd: 0.07 }

const started: RunEvent = { kind: 'run-started', run, folder: 'results/x', done: [] }

function progressOf(...events: readonly (readonly [ms: number, event: RunEvent])[]): Progress {
  return events.reduce((progress, [now, event]) => progressAfter(progress, event, now), notStarted)
}

const underWay: readonly (readonly [number, RunEvent])[] = [
  [0, started],
  [0, { kind: 'trial-started', task: a, k: 1, attempt: 1 }],
  [0, { kind: 'trial-started', task: b, k: 1, attempt: 1 }],
  [10, { kind: 'phase', task: a, k: 1, phase: 'agent' }],
  [10, { kind: 'phase', task: b, k: 1, phase: 'agent' }],
  [9000, { kind: 'turn', task: b, k: 1, turns: 1, usage }],
  [60_000, { kind: 'trial-ended', trial: graded(run, a, 1) }],
  [60_000, { kind: 'trial-started', task: a, k: 2, attempt: 1 }],
]

const shown = (progress: Progress, now: number, size = { rows: 24, columns: 79 }) =>
  liveLines(progress, now, { ...size, paint: plain }).join('\n')

test('what is redrawn', () => {
  expect(shown(progressOf(...underWay), 80_000)).toMatchInlineSnapshot(`
    "  django-docket/notifications #1  agent     1 turn  $0.07  1m 20s
      django-docket/created-at #2     starting          $0.00     20s
    1 of 6 trials done, 1 passed, $0.20, about 1m 50s left"
  `)
})

test('before anything has ended nothing is foretold', () => {
  expect(shown(progressOf(...underWay.slice(0, 6)), 10_000)).toMatchInlineSnapshot(`
    "  django-docket/created-at #1     agent          $0.00  10s
      django-docket/notifications #1  agent  1 turn  $0.07  10s
    0 of 6 trials done, 0 passed, $0.07"
  `)
})

test('one attempt failed for no fault of the agent, and is tried again', () => {
  const progress = progressOf(
    ...underWay,
    [70_000, { kind: 'trial-ended', trial: voided(run, b, 1) }],
    [70_000, { kind: 'trial-started', task: b, k: 1, attempt: 2 }],
  )
  expect(shown(progress, 80_000)).toMatchInlineSnapshot(`
    "  django-docket/created-at #2               starting    $0.00  20s
      django-docket/notifications #1 attempt 2  starting    $0.00  10s
    1 of 6 trials done, 1 passed, 1 void attempt, $0.26, about 2m 28s left"
  `)
})

test('a resumed run begins with what is done, and an unknown price stays unknown', () => {
  const done = [voided(run, a, 1), graded(run, a, 1, { attempt: 2 }), graded(run, b, 1, { passed: false, usage: { ...usage, usd: null } })]
  expect(shown(progressOf([0, { ...started, done }]), 0)).toMatchInlineSnapshot(
    `"2 of 6 trials done, 1 passed, 1 void attempt, cost unknown"`,
  )
})

test.each([
  [24, 40],
  [4, 79],
  [2, 20],
])('%i rows of %i characters are enough', (rows, columns) => {
  const many = Array.from({ length: 8 }, (_, index): readonly [number, RunEvent] => [
    0,
    { kind: 'trial-started', task: b, k: index + 1, attempt: 1 },
  ])
  const lines = liveLines(progressOf([0, started], ...many), 5000, { rows, columns, paint: plain })
  expect(lines.length).toBeLessThan(rows + 1)
  expect(lines.filter((line) => line.length > columns)).toEqual([])
})

test('heartbeats name what is running', () => {
  expect(heartbeatLine(progressOf(...underWay), 90_000)).toMatchInlineSnapshot(
    `"1 of 6 trials done, 1 passed, $0.20, about 1m 45s left; running: django-docket/notifications #1 agent, 1 turn, 1m 30s; django-docket/created-at #2 starting, 0 turns, 30s"`,
  )
  expect(heartbeatLine(notStarted, 0)).toMatchInlineSnapshot(`"0 of 0 trials done, 0 passed, $0.00; running: nothing"`)
})

test('lines of finished trials', () => {
  const failed = { passed: false, gates: { 'fail-to-pass': 'fail', scope: 'inconclusive', 'no-tampering': 'pass' } } as const
  const lines = [
    graded(run, a, 1),
    graded(run, b, 2, failed),
    voided(run, b, 3, { attempt: 2, message: `first\nsecond` }),
    voided(run, a, 3, { cause: HOSTILE }),
  ]
  expect(lines.map((trial) => endedLine(trial, plain)).join('\n')).toMatchInlineSnapshot(`
    "✓ django-docket/created-at #1 passed (1m 06s, $0.13)
    ✗ django-docket/notifications #2 failed (1m 06s, $0.13): fail-to-pass, scope inconclusive
    ? django-docket/notifications #3 void, attempt 2 (1m 06s, $0.13) model, overloaded: first
    ? django-docket/created-at #3 void, attempt 1 (1m 06s, $0.13) model, frontend/\\u{1b}[2J\\u{1b}[1mok\\u{d}\\n<img src=x onerror=alert(1)>|\`x\`**@admin #1 https://evil.example \\u{202e}gpj: the model answered 529 five times"
  `)
})

describe('what is foretold', () => {
  test.each([
    ['three wait, one has just begun, one took as long as the mean', 60_000, (3 * 60_000 + 60_000) / 2],
    ['one is half done', 90_000, (3 * 60_000 + 30_000) / 2],
    ['those that take longer than the mean count as all but done', 600_000, (3 * 60_000) / 2],
  ])('%s', (_, now, ms) => {
    expect(remainingMs(progressOf(...underWay), now)).toBe(ms)
  })

  test('the cost so far is that of ended and running trials', () => {
    expect(spentUsd(progressOf(...underWay))).toBeCloseTo(0.13 + 0.07)
    expect(spentUsd(progressOf(...underWay, [1, { kind: 'turn', task: b, k: 1, turns: 2, usage: { ...usage, usd: null } }]))).toBe(null)
  })
})
