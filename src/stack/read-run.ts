import type { SuiteCase, SuiteRun } from '../evidence/suite.ts'
import type { Stack } from './stack.ts'

/**
 * One suite run, read: report and exit code together. `did-not-run` is a run whose report says nothing that could be trusted as a whole;
 * `why` is a stable word (`no-report`, `unreadable-report`, `nothing-collected`, `exit-N`, `limit-NAME`, `signalled`, `aborted`, `not-started`).
 * `cases` holds what the report has in either case, canaries included.
 */
export type RunReading =
  | { readonly kind: 'ran'; readonly cases: ReadonlyMap<string, SuiteCase> }
  | { readonly kind: 'did-not-run'; readonly why: string; readonly cases: ReadonlyMap<string, SuiteCase> }

/** Reads `run` with the text of its report (null where there is none). */
export function readRun(run: SuiteRun, report: string | null, stack: Pick<Stack, 'readReport' | 'exitMeans'>): RunReading {
  const reading = report === null ? null : stack.readReport(report, run.canaries)
  const cases = new Map((reading?.kind === 'read' ? reading.cases : []).map((one) => [one.id, one]))
  const why = whyNot(run, reading?.kind ?? 'none', cases, stack)
  return why === null ? { kind: 'ran', cases } : { kind: 'did-not-run', why, cases }
}

function whyNot(
  run: SuiteRun,
  report: 'none' | 'read' | 'unreadable',
  cases: ReadonlyMap<string, SuiteCase>,
  stack: Pick<Stack, 'exitMeans'>,
): string | null {
  if (run.exit.ended !== 'exited') {
    return run.exit.ended === 'limit' ? `limit-${run.exit.reason}` : run.exit.ended
  }
  if (stack.exitMeans(run.exit.exitCode) === 'broken') {
    return `exit-${run.exit.exitCode}`
  }
  if (report !== 'read') {
    return report === 'none' ? 'no-report' : 'unreadable-report'
  }
  return collected(run, cases).length === 0 ? 'nothing-collected' : null
}

/** Ids of the tests of a run: neither canaries nor modules that could not be collected. */
export function collected(run: SuiteRun, cases: ReadonlyMap<string, SuiteCase>): readonly string[] {
  return [...cases.keys()].filter((id) => id.includes('::') && !isCanary(run, id))
}

function isCanary(run: SuiteRun, id: string): boolean {
  return id === run.canaries.mustFail || id === run.canaries.mustError || (run.canaries.guards ?? []).includes(id)
}
