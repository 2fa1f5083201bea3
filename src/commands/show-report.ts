import { relative } from 'node:path'
import { rules } from '../grading/rules.ts'
import { coloured, plain } from '../report/paint.ts'
import { reporters } from '../report/reporters.ts'
import { describe } from '../report/sentences.ts'
import { type Summary, summarise } from '../report/summary.ts'
import { unfinishedAttempts } from '../results/interrupted.ts'
import { writeSealed } from '../results/phases.ts'
import type { Run } from '../results/run.ts'
import type { Trial } from '../results/trial.ts'
import type { TerminalIo } from './terminal-io.ts'

export type ReporterName = (typeof reporters)[number]['name']

/** Brings a stored run into the shape that reporters show. `folder` is absolute; reports name it relative to the root. */
export async function summariseRun(folder: string, run: Run, trials: readonly Trial[], io: TerminalIo): Promise<Summary> {
  return summarise(run, trials, {
    describe,
    rules,
    unfinished: await unfinishedAttempts(folder, trials),
    folder: relative(io.root, folder) || '.',
  })
}

/** Renders a summary in one of the reporters' formats, coloured where a person looks at it. */
export function render(summary: Summary, name: ReporterName, colour: boolean): string {
  const reporter = reporters.find((one) => one.name === name) ?? reporters[0]
  return reporter.render(summary, colour ? coloured : plain)
}

/** Stores `report.md` beside the run. */
export async function storeReport(folder: string, summary: Summary): Promise<void> {
  await writeSealed(folder, 'report.md', render(summary, 'markdown', false))
}

/** Whether colours help the one who reads `io.out`. */
export function wantsColour(io: TerminalIo): boolean {
  const isTerminal = 'isTTY' in io.out && io.out.isTTY === true
  return isTerminal && !io.env.NO_COLOR && io.env.TERM !== 'dumb'
}
