import type { Change, Snapshot } from '../evidence/change.ts'
import { matcher } from '../evidence/glob.ts'
import { transcriptLineSchema } from '../evidence/schema.ts'
import type { TranscriptLine } from '../evidence/transcript.ts'
import type { GradingView } from './rule.ts'

/** A tool call with what it answered; `result` is null where none was recorded. */
export interface ToolCall {
  readonly seq: number
  readonly thread: string
  /** In lower case: runners write `Bash` and `bash`. */
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  readonly result: { readonly seq: number; readonly text: string; readonly isError: boolean } | null
}

/**
 * The tree at one snapshot, litter left out. `seq` is its place in the transcript; `touched` are the paths that differ from the snapshot before.
 * `unseen` is the place of the answer that can first have led to what changed here: what was shown from there on came too late to be heeded.
 */
export interface Step {
  readonly seq: number
  readonly snapshot: number
  readonly changes: readonly Change[]
  readonly touched: readonly string[]
  readonly unseen: number
}

/** A transcript that is whole, together with its snapshots. `requests` is 0 where no model was asked through the gateway. */
export interface Timeline {
  readonly events: readonly TranscriptLine[]
  readonly requests: number
  readonly calls: readonly ToolCall[]
  readonly steps: readonly Step[]
}

const read = new WeakMap<GradingView, Timeline | null>()

/** The transcript in order; null where it is missing, cut off, or does not fit the snapshots. */
export function timelineOf(view: GradingView): Timeline | null {
  const known = read.get(view)
  if (known !== undefined) {
    return known
  }
  const timeline = readTimeline(view)
  read.set(view, timeline)
  return timeline
}

/** The timeline, where a model's requests passed; null where there is nothing to tell what the agent saw and did. */
export function requestedTimeline(view: GradingView): Timeline | null {
  const timeline = timelineOf(view)
  return timeline === null || timeline.requests === 0 ? null : timeline
}

function readTimeline(view: GradingView): Timeline | null {
  const events = readEvents(view.text(view.evidence.transcript) ?? '')
  const steps = events === null ? null : stepsOf(view, events)
  if (events === null || steps === null) {
    return null
  }
  return { events, steps, calls: callsOf(events), requests: events.filter((event) => event.kind === 'request').length }
}

function readEvents(text: string): readonly TranscriptLine[] | null {
  const events: TranscriptLine[] = []
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const event = readEvent(line)
    if (event === null || event.seq !== events.length) {
      return null
    }
    events.push(event)
  }
  return events.at(-1)?.kind === 'end' && text.endsWith('\n') ? events : null
}

function readEvent(line: string): TranscriptLine | null {
  try {
    const parsed = transcriptLineSchema.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function stepsOf({ evidence }: GradingView, events: readonly TranscriptLine[]): readonly Step[] | null {
  const isLitter = matcher(evidence.fixture.litter)
  const steps: Step[] = []
  for (const event of events) {
    if (event.kind === 'snapshot') {
      const snapshot: Snapshot | undefined = evidence.snapshots[event.snapshot]
      if (snapshot === undefined || snapshot.tree !== event.tree) {
        return null
      }
      const before = steps.at(-1)
      const changes = snapshot.changes.filter(({ path }) => !isLitter(path))
      const unseen = events.findIndex((one) => one.kind === 'response' && one.seq > (before?.seq ?? -1))
      steps.push({
        seq: event.seq,
        snapshot: event.snapshot,
        changes,
        touched: differing(before?.changes ?? [], changes),
        unseen: unseen === -1 || unseen > event.seq ? event.seq : unseen,
      })
    }
  }
  return steps.length === evidence.snapshots.length ? steps : null
}

function differing(before: readonly Change[], after: readonly Change[]): readonly string[] {
  const stateOf = (changes: readonly Change[]) => new Map(changes.map((change) => [change.path, stateIn(change)]))
  const [one, other] = [stateOf(before), stateOf(after)]
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path)).toSorted()
}

function stateIn(change: Change): string {
  return JSON.stringify([change.kind, change.kind === 'deleted' ? null : change.now])
}

function callsOf(events: readonly TranscriptLine[]): readonly ToolCall[] {
  // A runner may use an id twice; the next result of that id is the one of the latest call.
  return events.flatMap((event): readonly ToolCall[] => {
    if (event.kind !== 'tool-call') {
      return []
    }
    const next = events.find(
      (one) => one.seq > event.seq && (one.kind === 'tool-result' || one.kind === 'tool-call') && one.id === event.id,
    )
    const result = next?.kind === 'tool-result' ? { seq: next.seq, text: next.text, isError: next.isError } : null
    const input = typeof event.input === 'object' && event.input !== null ? { ...event.input } : {}
    return [{ seq: event.seq, thread: event.thread, name: event.name.toLowerCase(), input, result }]
  })
}
