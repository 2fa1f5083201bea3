import { type Compared, compareRuns } from '../comparison/compare-runs.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { type Ending, endComparison } from '../comparison/ending.ts'
import { rules } from '../grading/rules.ts'
import { comparisonSections } from '../report/comparison-sections.ts'
import { safeJson } from '../report/json.ts'
import { coloured, plain } from '../report/paint.ts'
import { type Section, sectionsForMarkdown, sectionsForTerminal } from '../report/section.ts'
import { promptDiff } from './prompt-diff.ts'
import { wantsColour } from './show-report.ts'
import type { LoadedArm } from './stored-arms.ts'
import type { TerminalIo } from './terminal-io.ts'

/** How a report is wanted; at most one of them. */
export interface Formats {
  readonly json: boolean
  readonly markdown: boolean
}

/** Lines of the prompts' diff at a terminal; the other formats have all of it. */
const DIFF_LINES = 60

/** Compares two runs as they are stored. The seed is that of B's plan, so that the same two runs get the same answer each time. */
export async function compareLoaded(
  a: LoadedArm,
  b: LoadedArm,
  order: Comparison['order'],
  io: TerminalIo,
  sequential = false,
): Promise<Compared> {
  const gateless = rules.filter(({ gate }) => gate === null).map(({ id }) => id)
  return compareRuns(a.arm, b.arm, {
    seed: b.arm.run.plan.seed,
    order,
    sequential,
    rules: gateless,
    promptDiff: await promptDiff(a, b, io),
  })
}

/** Prints a comparison, and answers with the exit code that its headline stands for. */
export function showComparison(
  comparison: Comparison,
  gate: { readonly tolerance: number } | null,
  formats: Formats,
  io: TerminalIo,
): Ending['code'] {
  const ending = endComparison(comparison, gate)
  const data = { ending, comparison }
  io.out.write(renderSections('Assay: A against B', comparisonSections(comparison, ending), data, formats, io))
  return ending.code
}

/** Sections in the format that was asked for, `data` as JSON. */
export function renderSections(title: string, sections: readonly Section[], data: unknown, formats: Formats, io: TerminalIo): string {
  if (formats.json) {
    return `${safeJson(data, 2)}\n`
  }
  return formats.markdown
    ? sectionsForMarkdown(title, sections)
    : sectionsForTerminal(sections, wantsColour(io) ? coloured : plain, DIFF_LINES)
}
