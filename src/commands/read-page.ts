import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import type { TaskDetails } from '../report/html/chunk.ts'
import { type PageComparison, pageIndex } from '../report/html/page-index.ts'
import { type PageAssets, renderHtml } from '../report/html/render-html.ts'
import { orderedFindings } from '../report/html/task-rows.ts'
import { readableTranscript } from '../report/html/timeline-entries.ts'
import { detailOf, detailOfTranscript, type TrialDetail } from '../report/html/trial-detail.ts'
import type { Summary } from '../report/summary.ts'
import { type Trend, trendOf } from '../report/trend.ts'
import { readEvidence } from '../results/attempt.ts'
import { listRuns } from '../results/find-runs.ts'
import { attemptFolder } from '../results/phases.ts'
import { countingTrials } from '../results/plan.ts'
import type { Run } from '../results/run.ts'
import { openRun } from '../results/store.ts'
import type { Trial } from '../results/trial.ts'

/** A stored run that a page shows. `folder` is absolute. */
export interface PageRun {
  readonly folder: string
  readonly run: Run
  readonly trials: readonly Trial[]
  readonly summary: Summary
}

/** The report of one run, or of two and their comparison, as one HTML file. Evidence is read trial by trial: all of a large run would not fit in memory. */
export async function readPage(runs: readonly PageRun[], compared: PageComparison | null): Promise<string> {
  const index = pageIndex(runs, compared, await readTrend(runs.at(-1)))
  const details = new Map<string, Map<string, TrialDetail>>(index.tasks.map(({ task }) => [task, new Map()]))
  for (const [at, { folder, trials }] of runs.entries()) {
    for (const trial of countingTrials(trials)) {
      details.get(trial.task)?.set(`${at === 0 ? 'a' : 'b'}/${trial.k}`, await readDetail(folder, trial))
    }
  }
  const ordered: readonly TaskDetails[] = index.tasks.map(({ task }) => details.get(task) ?? new Map())
  return renderHtml(index, ordered, await readAssets(), { pack, sha256 })
}

/** The files of the page's own script and styles, in an order that does not depend on the machine. */
export async function readAssets(): Promise<PageAssets> {
  const folder = join(import.meta.dirname, '..', 'report', 'html', 'client')
  const names = (await readdir(folder)).toSorted()
  const texts = await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })))
  const isFirst = ({ name }: { readonly name: string }) => Number(['colours.css', 'base.css', 'marks.css'].includes(name))
  const styles = texts.filter(({ name }) => name.endsWith('.css')).toSorted((a, b) => isFirst(b) - isFirst(a))
  return { modules: texts.filter(({ name }) => name.endsWith('.js')), styles: styles.map(({ text }) => text) }
}

/** deflate, in base64: what the page's script unpacks. */
export function pack(text: string): string {
  return deflateRawSync(text, { level: 9 }).toString('base64')
}

/** sha256 in base64, as a content security policy wants it. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

async function readDetail(runFolder: string, trial: Trial): Promise<TrialDetail> {
  const folder = attemptFolder(runFolder, trial)
  if (trial.outcome === 'graded') {
    const view = await readEvidence(folder).catch(() => null)
    if (view !== null) {
      const patch = await readFile(join(folder, 'changes.patch'), 'utf8').catch(() => '')
      return detailOf(view, patch, orderedFindings(trial.findings))
    }
  }
  return detailOfTranscript(readableTranscript(await readFile(join(folder, 'transcript.jsonl'), 'utf8').catch(() => '')))
}

async function readTrend(last: PageRun | undefined): Promise<Trend | null> {
  if (last === undefined) {
    return null
  }
  const found = await listRuns(dirname(last.folder))
  const opened = await Promise.all(found.map(({ folder }) => openRun(folder)))
  return trendOf(
    last.run,
    opened.flatMap((one) => (one.kind === 'open' ? [one] : [])),
  )
}
