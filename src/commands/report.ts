import { resolve } from 'node:path'
import { findRun } from '../results/find-runs.ts'
import { openRun } from '../results/store.ts'
import { type ReporterName, render, summariseRun, wantsColour } from './show-report.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** Prints the report of a stored run, in the format asked for. */
export async function report(
  name: string,
  options: { readonly out: string; readonly markdown: boolean; readonly json: boolean },
  io: TerminalIo,
): Promise<ExitCode> {
  const found = await findRun(resolve(io.root, options.out), name)
  if (found.kind === 'unknown') {
    return refuse(io, found.message)
  }
  const opened = await openRun(found.folder)
  if (opened.kind === 'bad') {
    return refuse(io, opened.problems.join('\n'))
  }
  const summary = await summariseRun(found.folder, opened.run, opened.trials, io)
  const other: ReporterName = options.markdown ? 'markdown' : 'terminal'
  const format = options.json ? 'json' : other
  io.out.write(render(summary, format, format === 'terminal' && wantsColour(io)))
  return 0
}
