import type { EvidenceView } from '../../evidence/evidence.ts'
import type { TranscriptLine } from '../../evidence/transcript.ts'
import type { Finding } from '../../grading/finding.ts'
import { printable } from '../escape.ts'
import { type Excerpt, excerptOf } from './excerpt.ts'
import { type PatchFile, patchFiles } from './patch-files.ts'
import { decidingTests, type SuiteResult, suiteResults, type TestStatus } from './suite-results.ts'
import { type Entry, readableTranscript, timelineEntries } from './timeline-entries.ts'

/** What a page shows of one trial beyond its verdict. */
export interface TrialDetail {
  /** What the agent was asked to do; null where no evidence tells. */
  readonly instruction: Excerpt | null
  readonly timeline: readonly Entry[]
  readonly files: readonly PatchFile[]
  readonly suites: readonly SuiteResult[]
  readonly tests: readonly (readonly [test: string, status: TestStatus])[]
  /** Where each finding can be seen, in the order of the findings; null where there is no one place. */
  readonly places: readonly (Place | null)[]
  /** Whether the page leaves out some of it, to stay small. */
  readonly shortened: boolean
}

/** A section of a trial's page, and the id of an element in it. */
interface Place {
  readonly section: 'changes' | 'timeline' | 'suites'
  readonly id: string
}

const MOST_INSTRUCTION = 12_000

/** The detail of a graded trial, from its evidence and `changes.patch`. */
export function detailOf(view: EvidenceView, patch: string, findings: readonly Finding[]): TrialDetail {
  const files = patchFiles(patch)
  const suites = suiteResults(view)
  const timeline = timelineEntries(readableTranscript(view.text(view.evidence.transcript) ?? ''), view.evidence.snapshots)
  const places = findings.map((finding) => placeOf(finding, { files, suites, timeline }))
  const instruction = view.text(view.evidence.task.instruction)
  return {
    instruction: instruction === null ? null : excerptOf(instruction, MOST_INSTRUCTION),
    timeline,
    files,
    suites,
    tests: decidingTests(view),
    places,
    shortened: false,
  }
}

/** The detail of a trial that has no evidence: as far as its transcript goes. */
export function detailOfTranscript(lines: readonly TranscriptLine[]): TrialDetail {
  return { instruction: null, timeline: timelineEntries(lines, []), files: [], suites: [], tests: [], places: [], shortened: false }
}

type Shown = Pick<TrialDetail, 'files' | 'suites' | 'timeline'>

function placeOf({ path, line, args }: Finding, shown: Shown): Place | null {
  const { test, snapshot } = args
  if (test !== undefined) {
    const place = testPlace(printable(String(test)), shown.suites)
    if (place !== null) {
      return place
    }
  }
  const file = path === undefined ? -1 : shown.files.findIndex((one) => one.path === printable(path))
  if (file !== -1) {
    return { section: 'changes', id: line === undefined ? `file-${file}` : `line-${file}-${line}` }
  }
  const step = shown.timeline.find((entry) => entry.kind === 'snapshot' && entry.snapshot === snapshot)
  return step === undefined ? null : { section: 'timeline', id: `snapshot-${snapshot}` }
}

function testPlace(test: string, suites: readonly SuiteResult[]): Place | null {
  for (const [index, suite] of suites.entries()) {
    const at = suite.failing.findIndex((one) => one.test === test)
    if (at !== -1) {
      return { section: 'suites', id: `test-${index}-${at}` }
    }
  }
  return null
}
