import type { EvidenceView } from '../../evidence/evidence.ts'
import { readJunit } from '../../evidence/junit.ts'
import type { CaseStatus, SuiteCase, SuiteRun } from '../../evidence/suite.ts'
import { cut, printable } from '../escape.ts'
import { type Excerpt, excerptOf } from './excerpt.ts'

/** One run of a suite, as a person asks about it: how it ended, how many tests passed, what the others said. */
export interface SuiteResult {
  readonly name: string
  readonly command: string
  readonly ended: string
  readonly seconds: number
  /** Null where its report could not be read. */
  readonly counts: Readonly<Record<CaseStatus, number>> | null
  readonly failing: readonly { readonly test: string; readonly status: CaseStatus; readonly message: Excerpt }[]
  /** Failing tests that are not listed. */
  readonly left: number
  /** What the command printed; only where there is no report, or a test failed. */
  readonly output: Excerpt | null
}

/** What became of a test that the verdict may rest on. */
export type TestStatus = CaseStatus | 'missing' | 'survived'

const MOST_FAILING = 60
const MOST_MESSAGE = 2000
const MOST_OUTPUT = 12_000

/** The suites of a trial. The two tests with random names that are known to fail are left out: they are ours. */
export function suiteResults(view: EvidenceView): readonly SuiteResult[] {
  return view.evidence.suites.map((suite) => {
    const cases = casesOf(view, suite)
    const failing = (cases ?? []).filter(({ status }) => status === 'failed' || status === 'error')
    const output = cases === null || failing.length > 0 ? view.text(suite.output) : null
    return {
      name: cut(printable(suite.name), 120),
      command: cut(printable(suite.command), 300),
      ended:
        suite.exit.ended === 'exited' ? `exit ${suite.exit.exitCode}` : `${suite.exit.ended}: ${cut(printable(suite.exit.reason), 120)}`,
      seconds: suite.ms / 1000,
      counts: cases === null ? null : countsOf(cases),
      failing: failing.slice(0, MOST_FAILING).map(({ id, status, message }) => ({
        test: cut(printable(id), 300),
        status,
        message: excerptOf(message ?? '', MOST_MESSAGE),
      })),
      left: Math.max(0, failing.length - MOST_FAILING),
      output: output === null ? null : excerptOf(output, MOST_OUTPUT),
    }
  })
}

/** The tests that decide: every one that the task must make pass, every one that was broken, every mutant. */
export function decidingTests(view: EvidenceView): readonly (readonly [test: string, status: TestStatus])[] {
  const { task, suites } = view.evidence
  const main = suites.find(({ name }) => name === 'A')
  const cases = main === undefined ? null : casesOf(view, main)
  const byId = new Map((cases ?? []).map(({ id, status }) => [id, status]))
  const status = (id: string): TestStatus => byId.get(id) ?? 'missing'
  const isKept = (id: string) => cases === null || ['passed', 'skipped', 'xfailed'].includes(status(id))
  return [
    ...(main === undefined ? [] : task.failToPass.map((id) => [shown(id), status(id)] as const)),
    ...task.passToPass.filter((id) => !isKept(id)).map((id) => [shown(id), status(id)] as const),
    ...mutantsOf(view),
  ]
}

/** A mutant is noticed where a new test that passes on the code as it is fails on the mutant. */
function mutantsOf(view: EvidenceView): readonly (readonly [test: string, status: TestStatus])[] {
  const { task, suites } = view.evidence
  const cases = (name: string) => suites.filter((suite) => suite.name === name).flatMap((suite) => casesOf(view, suite) ?? [])
  const known = new Set(task.passToPass)
  const green = new Set(cases('B/base').flatMap(({ id, status }) => (status === 'passed' && !known.has(id) ? [id] : [])))
  return task.mutants
    .filter((mutant) => suites.some(({ name }) => name === `B/mutants/${mutant}`))
    .map((mutant) => {
      const noticed = cases(`B/mutants/${mutant}`).some(({ id, status }) => status === 'failed' && green.has(id))
      return [shown(`mutant ${mutant}`), noticed ? 'passed' : 'survived'] as const
    })
}

function shown(id: string): string {
  return cut(printable(id), 300)
}

function casesOf(view: EvidenceView, { report, canaries }: SuiteRun): readonly SuiteCase[] | null {
  const xml = report === null ? null : view.text(report)
  const reading = xml === null ? null : readJunit(xml)
  return reading?.kind === 'read' ? reading.cases.filter(({ id }) => id !== canaries.mustFail && id !== canaries.mustError) : null
}

function countsOf(cases: readonly SuiteCase[]): Readonly<Record<CaseStatus, number>> {
  const count = (status: CaseStatus) => cases.filter((one) => one.status === status).length
  return { passed: count('passed'), failed: count('failed'), error: count('error'), skipped: count('skipped'), xfailed: count('xfailed') }
}
