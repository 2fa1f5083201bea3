import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ProgressDisplay, showProgress } from '../../src/commands/show-progress.ts'
import { graded, sampleRun } from '../results/sample-run.ts'

const run = sampleRun(['docket/a'], 2)

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-23T10:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

function terminal(isTTY: boolean, env: Record<string, string> = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const interrupt = new AbortController()
  const text = (stream: PassThrough) => String(stream.read() ?? '')
  const io = { out, err: Object.assign(err, { isTTY, columns: 80, rows: 24 }), env, interrupt: interrupt.signal }
  return { io, interrupt, out: () => text(out), err: () => text(err) }
}

function playTo(display: ProgressDisplay): void {
  display.take({ kind: 'run-started', run, folder: 'results/x', done: [] })
  display.take({ kind: 'trial-started', task: 'docket/a', k: 1, attempt: 1 })
  display.take({ kind: 'phase', task: 'docket/a', k: 1, phase: 'agent' })
}

test.each([
  [false, {}],
  [true, { CI: 'true' }],
  [true, { TERM: 'dumb' }],
])('terminal %s with %j: a line a finished trial, and a heartbeat after 30 silent seconds', (isTTY, env) => {
  const { io, err, out } = terminal(isTTY, env)
  const display = showProgress(io, { json: false })
  playTo(display)
  vi.advanceTimersByTime(29_999)
  expect(err()).toBe('')
  vi.advanceTimersByTime(1)
  expect(err()).toBe('0 of 2 trials done, 0 passed, $0.00; running: docket/a #1 agent, 0 turns, 30s\n')
  vi.advanceTimersByTime(20_000)
  display.take({ kind: 'trial-ended', trial: graded(run, 'docket/a', 1) })
  expect(err()).toBe('✓ docket/a #1 passed (1m 06s, $0.13)\n')
  vi.advanceTimersByTime(29_999)
  expect(err()).toBe('')
  display.stop()
  vi.advanceTimersByTime(100_000)
  expect(err() + out()).toBe('')
})

test('on a terminal lines are redrawn at most ten times a second, finished trials stay above, and the cursor comes back', () => {
  const { io, err, out } = terminal(true)
  const display = showProgress(io, { json: false })
  expect(err()).toBe('\u{1b}[?25l')
  playTo(display)
  for (let turn = 0; turn < 500; turn += 1) {
    display.take({ kind: 'turn', task: 'docket/a', k: 1, turns: turn, usage: graded(run, 'docket/a', 1).usage })
    vi.advanceTimersByTime(2)
  }
  expect(err().split('of 2 trials done').length - 1).toBeLessThanOrEqual(10)
  vi.advanceTimersByTime(100)
  err()
  display.take({ kind: 'trial-ended', trial: graded(run, 'docket/a', 1) })
  vi.advanceTimersByTime(100)
  const ended = '\u{1b}[32m✓\u{1b}[39m docket/a #1 passed (1m 06s, $0.13)\n'
  const overall = '\u{1b}[2m1 of 2 trials done, 1 passed, $0.13, about 1.1s left\u{1b}[22m\n'
  expect(err()).toBe(`\u{1b}[2A\u{1b}[0J${ended}${overall}`)
  display.stop()
  expect(err()).toBe('\u{1b}[1A\u{1b}[0J\u{1b}[?25h')
  display.stop()
  vi.advanceTimersByTime(10_000)
  expect(err() + out()).toBe('')
})

test('Ctrl-C shows the cursor at once, while what is running ends', () => {
  const { io, interrupt, err } = terminal(true, { NO_COLOR: '1' })
  const display = showProgress(io, { json: false })
  playTo(display)
  vi.advanceTimersByTime(100)
  err()
  interrupt.abort('SIGINT')
  expect(err()).toBe('\u{1b}[?25h')
  vi.advanceTimersByTime(1200)
  expect(err()).not.toContain('\u{1b}[?25l')
  display.stop()
})

test('with --json every event is a line on standard output, also one that says that the run is alive', () => {
  const { io, out, err } = terminal(false)
  const display = showProgress(io, { json: true })
  playTo(display)
  const lines = out().trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['run-started', 'trial-started', 'phase'])
  expect(lines[2]).toBe('{"at":"2026-11-23T10:00:00.000Z","kind":"phase","task":"docket/a","k":1,"phase":"agent"}')
  vi.advanceTimersByTime(30_000)
  expect(out()).toBe('{"at":"2026-11-23T10:00:30.000Z","kind":"heartbeat"}\n')
  expect(err()).toContain('running: docket/a #1')
  display.take({ kind: 'trial-ended', trial: graded(run, 'docket/a', 1, { models: ['\u{9b}31m'] }) })
  expect(out()).toContain('"models":["\\u009b31m"]')
  display.stop()
})
