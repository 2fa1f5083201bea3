import type { TranscriptLine, Usage } from '../evidence/transcript.ts'
import { addUsage, noUsage } from '../gateway/prices.ts'

/** The sum of usages. Dollars are null as soon as one part's are: a sum of what is known would look like the whole. */
export function sumUsage(usages: readonly Usage[]): Usage {
  return usages.reduce(addUsage, noUsage)
}

/** What a transcript's answers used, as far as it goes: also that of an agent that was interrupted. */
export function usageOfTranscript(lines: readonly TranscriptLine[]): Usage {
  return sumUsage(lines.flatMap((line) => (line.kind === 'response' ? [line.usage] : [])))
}
