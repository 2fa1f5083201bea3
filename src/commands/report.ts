import { basename, dirname, join, relative, resolve } from 'node:path'
import { endComparison } from '../comparison/ending.ts'
import type { PageComparison } from '../report/html/page-index.ts'
import { readComparisonRecord } from '../results/comparison-folder.ts'
import { findComparison, findRun } from '../results/find-runs.ts'
import { writeSealed } from '../results/phases.ts'
import { type PageRun, readPage } from './read-page.ts'
import { compareLoaded } from './show-comparison.ts'
import { showOnGithub } from './show-on-github.ts'
import { type ReporterName, render, summariseRun, wantsColour } from './show-report.ts'
import { type LoadedArm, loadArm, loadFolder } from './stored-arms.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface ReportOptions {
  readonly out: string
  readonly markdown: boolean
  readonly json: boolean
  readonly github: boolean
  /** A file to write; true for the usual one in the run's folder. */
  readonly html: string | boolean
  readonly junit: string | boolean
  readonly ctrf: string | boolean
}

/** Prints the report of a stored run, or writes it, in the formats asked for; of two runs, or a comparison, the page that shows both. */
export async function report(name: string, other: string | null, options: ReportOptions, io: TerminalIo): Promise<ExitCode> {
  const results = resolve(io.root, options.out)
  // What is printed is of one run: `last` is then the newest run, even where it is an arm of a comparison.
  const alone = name === 'last' ? options.html === false : (await findRun(results, name)).kind === 'found'
  const comparison = other === null && !alone ? await findComparison(results, name) : null
  if (comparison !== null) {
    const record = await readComparisonRecord(comparison)
    return record.kind === 'read'
      ? await reportTwo(
          [record.value.runs.a, record.value.runs.b].map((run) => loadFolder(join(comparison, run), io)),
          comparison,
          options,
          io,
        )
      : refuse(io, record.kind === 'bad' ? record.problems.join('\n') : `${comparison} holds no comparison.`)
  }
  if (other !== null) {
    return await reportTwo(
      [name, other].map((one) => loadArm(one, options.out, io)),
      null,
      options,
      io,
    )
  }
  const loading = await loadArm(name, options.out, io)
  return loading.kind === 'bad' ? refuse(io, loading.message) : await reportOne(loading.loaded, options, io)
}

async function reportOne(loaded: LoadedArm, options: ReportOptions, io: TerminalIo): Promise<ExitCode> {
  const page = await pageRun(loaded, io)
  const { folder, summary } = page
  if (options.html !== false) {
    await write(options.html, join(folder, 'report.html'), await readPage([page], null), io)
  }
  if (options.junit !== false) {
    await write(options.junit, join(folder, 'junit.xml'), render(summary, 'junit', false), io)
  }
  if (options.ctrf !== false) {
    await write(options.ctrf, join(folder, 'ctrf.json'), render(summary, 'ctrf', false), io)
  }
  if (options.github) {
    await showOnGithub(summary, io)
  }
  const format = printedFormat(options)
  if (format !== null) {
    io.out.write(render(summary, format, format === 'terminal' && wantsColour(io)))
  }
  return 0
}

/** What goes to standard output: what was asked for, or the report for a person where nothing else was. */
function printedFormat({ json, markdown, html, junit, ctrf, github }: ReportOptions): ReporterName | null {
  if (json || markdown) {
    return json ? 'json' : 'markdown'
  }
  return [html, junit, ctrf, github].every((one) => one === false) ? 'terminal' : null
}

async function reportTwo(
  loading: readonly ReturnType<typeof loadFolder>[],
  comparison: string | null,
  options: ReportOptions,
  io: TerminalIo,
): Promise<ExitCode> {
  const loadings = await Promise.all(loading)
  const bad = loadings.flatMap((one) => (one.kind === 'bad' ? [one.message] : []))
  const [a, b] = loadings.flatMap((one) => (one.kind === 'loaded' ? [one.loaded] : []))
  if (a === undefined || b === undefined) {
    return refuse(io, bad.join('\n'))
  }
  const { html, markdown, json, junit, ctrf, github } = options
  if (html === false || markdown || json || github || junit !== false || ctrf !== false) {
    return refuse(
      io,
      'Two runs are reported as a page, with --html alone. `npm run assay -- compare` prints them as text, Markdown or JSON; the other formats are of one run.',
    )
  }
  const compared = await compareLoaded(a, b, comparison === null ? 'separate' : 'interleaved', io)
  if (compared.kind === 'refused') {
    return refuse(io, compared.sentences.join('\n'))
  }
  const shown: PageComparison = { comparison: compared.comparison, ending: endComparison(compared.comparison, null) }
  const pages = [await pageRun(a, io), await pageRun(b, io)]
  const usual =
    comparison === null ? join(resolve(io.root, b.arm.folder), `report-against-${a.arm.run.run}.html`) : join(comparison, 'report.html')
  await write(html, usual, await readPage(pages, shown), io)
  return 0
}

async function pageRun({ arm: { run, trials, folder } }: LoadedArm, io: TerminalIo): Promise<PageRun> {
  const absolute = resolve(io.root, folder)
  return { folder: absolute, run, trials, summary: await summariseRun(absolute, run, trials, io) }
}

/** Writes a report and tells where, on standard error: standard output is for what was asked to be printed. */
async function write(asked: string | true, usual: string, text: string, io: TerminalIo): Promise<void> {
  const file = asked === true ? usual : resolve(io.root, asked)
  await writeSealed(dirname(file), basename(file), text)
  io.err.write(`Wrote ${relative(io.root, file)}\n`)
}
