import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import type { Rule } from './rule.ts'
import { requestedTimeline, type Timeline, timelineOf } from './timeline.ts'

const GUIDE = 'CLAUDE.md'

/** Distinct lines of the guide that must have been shown, of all that are not blank. */
const ENOUGH = 0.8

/** By content, not by the name of what was called: a sub-agent, `cat` and `sed -n` read too. Told by what the model was sent, so a runner's word is not needed. */
export const readsGuideFirst: Rule = {
  id: 'process/reads-guide-first',
  version: 1,
  measures: 'Reads CLAUDE.md at the root of the project before any code is written.',
  agentRules: ['F1'],
  rests: ['snapshots', 'model'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify', 'impossible'],
  gate: null,
  judge: (view) => {
    const all = timelineOf(view)
    const first = all?.steps.find((step) => step.changes.length > 0)
    const digest = view.evidence.base[GUIDE]
    if (all === null) {
      return INCONCLUSIVE
    }
    if (first === undefined || digest === undefined) {
      return NA
    }
    const timeline = requestedTimeline(view)
    const guide = linesOf(view.text(digest) ?? '')
    // A guide that is a link, or was not kept.
    const untold = guide.size < 2 && [...guide].every((line) => /^[\w./-]*$/.test(line))
    if (timeline === null || untold) {
      return INCONCLUSIVE
    }
    if (coverage(guide, handedOver(timeline)) >= ENOUGH) {
      return NA
    }
    const shown = coverage(guide, results(timeline, first.unseen))
    if (shown >= ENOUGH) {
      return failIfAny([])
    }
    const later = coverage(guide, results(timeline, Number.POSITIVE_INFINITY)) >= ENOUGH
    const args = { percent: Math.floor(shown * 100), snapshot: first.snapshot, later: later ? 'yes' : 'no' }
    return failIfAny([{ code: 'GUIDE_NOT_READ', path: GUIDE, args }])
  },
}

function results({ calls }: Timeline, before: number): readonly string[] {
  return calls.flatMap(({ result }) => (result !== null && result.seq < before && !result.isError ? [result.text] : []))
}

/** What the runner itself put before the model, ahead of its first answer: then there is nothing left to read. */
function handedOver({ events }: Timeline): readonly string[] {
  const first = events.find((event) => event.kind === 'request')
  return first === undefined ? [] : first.messages.flatMap(textsIn)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value]
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function coverage(guide: ReadonlySet<string>, texts: readonly string[]): number {
  const seen = new Set(texts.flatMap((text) => [...linesOf(text)]))
  return guide.size === 0 ? 0 : [...guide].filter((line) => seen.has(line)).length / guide.size
}

/** Lines without blanks around them and without what readers put before them: numbers, the file's name. */
function linesOf(text: string): ReadonlySet<string> {
  const bare = text.split('\n').flatMap((line) => [line.trim(), line.replace(/^(?:\S*CLAUDE\.md[:-])?\s*\d+[\t→:|-]\s?/, '').trim()])
  return new Set(bare.filter((line) => line !== ''))
}
