import { type Excerpt, shorter } from './excerpt.ts'
import type { PatchFile } from './patch-files.ts'
import type { SuiteResult } from './suite-results.ts'
import type { Entry } from './timeline-entries.ts'
import type { TrialDetail } from './trial-detail.ts'

/** How much of a trial a page keeps. */
export interface Bounds {
  /** Characters of one thing that was said, of one value of a tool call, and of what it answered. */
  readonly said: number
  readonly input: number
  readonly result: number
  readonly entries: number
  /** Changed lines of one file, and files. */
  readonly lines: number
  readonly files: number
  /** Failing tests that are listed, characters of each message, and of what a command printed. */
  readonly failing: number
  readonly message: number
  readonly output: number
}

/** From all but everything to almost nothing; a page takes the first that fits. */
export const levels: readonly Bounds[] = [
  { said: 12_000, input: 12_000, result: 12_000, entries: 1000, lines: 4000, files: 200, failing: 60, message: 2000, output: 12_000 },
  { said: 4000, input: 4000, result: 3000, entries: 400, lines: 1500, files: 100, failing: 40, message: 1500, output: 4000 },
  { said: 2000, input: 1200, result: 900, entries: 250, lines: 600, files: 60, failing: 25, message: 900, output: 1500 },
  { said: 900, input: 500, result: 360, entries: 160, lines: 300, files: 40, failing: 15, message: 500, output: 600 },
  { said: 400, input: 200, result: 140, entries: 100, lines: 120, files: 25, failing: 8, message: 300, output: 0 },
  { said: 200, input: 80, result: 0, entries: 50, lines: 40, files: 12, failing: 4, message: 160, output: 0 },
  { said: 120, input: 0, result: 0, entries: 12, lines: 0, files: 6, failing: 2, message: 80, output: 0 },
]

/** Below this an instruction tells nothing; it stands once a task, however many trials there are. */
const LEAST_INSTRUCTION = 1200

/** A trial's detail within bounds. What is left out is counted where it stood. */
export function shorten(detail: TrialDetail, bounds: Bounds): TrialDetail {
  const timeline = fewerEntries(detail.timeline, bounds.entries).map((entry) => shorterEntry(entry, bounds))
  const files = detail.files.slice(0, bounds.files).map((file) => fewerLines(file, bounds.lines))
  const suites = detail.suites.map((suite) => shorterSuite(suite, bounds))
  const same = JSON.stringify([timeline, files, suites]) === JSON.stringify([detail.timeline, detail.files, detail.suites])
  const instruction = shorterOrNone(detail.instruction, Math.max(bounds.said, LEAST_INSTRUCTION))
  return { ...detail, instruction, timeline, files, suites, shortened: detail.shortened || !same }
}

/** The beginning and the end tell most: the first third is kept, and the last two. */
function fewerEntries(entries: readonly Entry[], most: number): readonly Entry[] {
  if (entries.length <= most) {
    return entries
  }
  const first = Math.floor(most / 3)
  const from = entries.length - (most - first)
  return [...entries.slice(0, first), { kind: 'left-out', at: entries[first]?.at ?? 0, count: from - first }, ...entries.slice(from)]
}

function shorterEntry(entry: Entry, { said, input, result }: Bounds): Entry {
  switch (entry.kind) {
    case 'said':
    case 'thought':
    case 'answer':
    case 'question':
    case 'end':
      return { ...entry, text: shorter(entry.text, said) }
    case 'tool':
      return {
        ...entry,
        input: entry.input.map(([name, value]) => [name, shorter(value, input)] as const),
        result: shorterOrNone(entry.result, result),
      }
    case 'snapshot':
    case 'left-out':
      return entry
  }
}

function shorterOrNone(text: Excerpt | null, most: number): Excerpt | null {
  return text === null ? null : shorter(text, most)
}

function fewerLines(file: PatchFile, most: number): PatchFile {
  let room = most
  let left = file.left
  const hunks = file.hunks.flatMap((hunk) => {
    const lines = hunk.lines.slice(0, Math.max(0, room))
    room -= lines.length
    left += hunk.lines.length - lines.length
    return lines.length === 0 ? [] : [{ ...hunk, lines }]
  })
  return { ...file, hunks, left }
}

function shorterSuite(suite: SuiteResult, { failing, message, output }: Bounds): SuiteResult {
  return {
    ...suite,
    failing: suite.failing.slice(0, failing).map((one) => ({ ...one, message: shorter(one.message, message) })),
    left: suite.left + Math.max(0, suite.failing.length - failing),
    output: output === 0 ? null : shorterOrNone(suite.output, output),
  }
}
