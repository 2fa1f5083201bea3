import type { Trial } from '../results/trial.ts'
import { cut, printable } from './escape.ts'
import { dollars, duration, plural } from './figures.ts'
import type { Paint } from './paint.ts'
import { type Progress, type RunningTrial, remainingMs, spentUsd } from './progress.ts'
import { alignedCells, type Column, GAP } from './table.ts'

/** What is redrawn while a run goes on: one line a running trial, then one for the whole; at most `rows` lines of at most `columns` characters. */
export function liveLines(
  progress: Progress,
  now: number,
  { rows, columns, paint }: { rows: number; columns: number; paint: Paint },
): readonly string[] {
  const room = Math.max(0, rows - 2)
  const shown = progress.running.slice(0, room)
  const left = progress.running.length - shown.length
  const table = alignedCells(
    runningColumns,
    shown.map((trial) => runningCells(trial, now)),
    columns - 2,
  ).slice(1)
  return [
    ...table.map((row) => cut(`  ${row.join(GAP)}`, columns).trimEnd()),
    ...(left > 0 ? [cut(`  and ${left} more`, columns)] : []),
    paint('dim', cut(overall(progress, now), columns)),
  ]
}

/** One finished attempt as one line: its verdict, or why it is void. */
export function endedLine(trial: Trial, paint: Paint): string {
  const place = `${printable(trial.task)} #${trial.k}`
  const seconds = trial.seconds.prepare + trial.seconds.agent + trial.seconds.suites + trial.seconds.grade
  const spent = `${duration(seconds)}, ${dollars(trial.usage.usd)}`
  if (trial.outcome === 'void') {
    const why = printable(cut(`${trial.phase}, ${trial.cause}: ${trial.message.split('\n')[0] ?? ''}`, 160))
    return `${paint('yellow', '?')} ${place} void, attempt ${trial.attempt} (${spent}) ${why}`
  }
  if (trial.passed) {
    return `${paint('green', '✓')} ${place} passed (${spent})`
  }
  const failed = Object.entries(trial.gates).flatMap(([gate, check]) =>
    check === 'pass' ? [] : [check === 'fail' ? gate : `${gate} ${check}`],
  )
  return `${paint('red', '✗')} ${place} failed (${spent})${failed.length > 0 ? `: ${printable(failed.join(', '))}` : ''}`
}

/** One line that says that the run is alive, and what it is doing. */
export function heartbeatLine(progress: Progress, now: number): string {
  const running = progress.running.map(
    (trial) =>
      `${printable(trial.task)} #${trial.k} ${trial.phase}, ${plural(trial.turns, 'turn')}, ${duration((now - trial.since) / 1000)}`,
  )
  return `${overall(progress, now)}; running: ${running.length === 0 ? 'nothing' : running.join('; ')}`
}

const runningColumns: readonly Column[] = [
  { heading: '', align: 'left', shrinks: true },
  { heading: '', align: 'left' },
  { heading: '', align: 'right' },
  { heading: '', align: 'right' },
  { heading: '', align: 'right' },
]

function runningCells(trial: RunningTrial, now: number): readonly string[] {
  const again = trial.attempt > 1 ? ` attempt ${trial.attempt}` : ''
  return [
    `${printable(trial.task)} #${trial.k}${again}`,
    trial.phase,
    trial.turns === 0 ? '' : plural(trial.turns, 'turn'),
    dollars(trial.usd),
    duration((now - trial.since) / 1000),
  ]
}

function overall(progress: Progress, now: number): string {
  const { planned, graded, passed, voids } = progress
  const left = remainingMs(progress, now)
  const spent = spentUsd(progress)
  return [
    `${graded} of ${plural(planned, 'trial')} done, ${passed} passed`,
    ...(voids > 0 ? [plural(voids, 'void attempt')] : []),
    spent === null ? 'cost unknown' : dollars(spent),
    ...(left === null || graded >= planned ? [] : [`about ${duration(left / 1000)} left`]),
  ].join(', ')
}
