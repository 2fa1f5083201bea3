import { join, relative, resolve } from 'node:path'
import { findRun } from '../results/find-runs.ts'
import { writeSealed } from '../results/phases.ts'
import { openRun } from '../results/store.ts'
import { type PageRun, readPage } from './read-page.ts'
import { type ReporterName, render, summariseRun, wantsColour } from './show-report.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface ReportOptions {
  readonly out: string
  readonly markdown: boolean
  readonly json: boolean
  /** A file to write; true for the usual one in the run's folder. */
  readonly html: string | boolean
}

/** Prints the report of a stored run, or writes it, in the formats asked for. */
export async function report(name: string, options: ReportOptions, io: TerminalIo): Promise<ExitCode> {
  const found = await findRun(resolve(io.root, options.out), name)
  if (found.kind === 'unknown') {
    return refuse(io, found.message)
  }
  const opened = await openRun(found.folder)
  if (opened.kind === 'bad') {
    return refuse(io, opened.problems.join('\n'))
  }
  const { run, trials } = opened
  const summary = await summariseRun(found.folder, run, trials, io)
  const page: PageRun = { folder: found.folder, run, trials, summary }
  if (options.html !== false) {
    const file = typeof options.html === 'string' ? resolve(io.root, options.html) : join(found.folder, 'report.html')
    await writeSealed(resolve(file, '..'), relative(resolve(file, '..'), file), await readPage([page], null))
    io.err.write(`${relative(io.root, file)}\n`)
    return 0
  }
  const other: ReporterName = options.markdown ? 'markdown' : 'terminal'
  const format = options.json ? 'json' : other
  io.out.write(render(summary, format, format === 'terminal' && wantsColour(io)))
  return 0
}
