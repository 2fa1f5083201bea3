import type { Snapshot } from '../../evidence/change.ts'
import type { TranscriptLine } from '../../evidence/transcript.ts'
import { cut, printable } from '../escape.ts'
import { type Excerpt, excerptOf } from './excerpt.ts'

/** One thing that happened in a trial. `at`: seconds since the trial began. `thread` only where it is not the first one. */
export type Entry = { readonly at: number; readonly thread?: string } & (
  | { readonly kind: 'said' | 'thought' | 'answer'; readonly text: Excerpt }
  | { readonly kind: 'question'; readonly text: Excerpt; readonly options: readonly string[] }
  | {
      readonly kind: 'tool'
      readonly name: string
      /** What the call was about, in one line. */
      readonly about: string
      readonly input: readonly (readonly [name: string, value: Excerpt])[]
      readonly result: Excerpt | null
      readonly isError: boolean
      readonly seconds: number
      readonly claimed: boolean
    }
  /** `changed`: paths that differ from the snapshot before. `left`: those that are not listed. */
  | { readonly kind: 'snapshot'; readonly snapshot: number; readonly changed: readonly string[]; readonly left: number }
  | { readonly kind: 'end'; readonly stop: string; readonly text: Excerpt }
  /** Entries that the page leaves out. */
  | { readonly kind: 'left-out'; readonly count: number }
)

/** Characters that are kept of one text, before a page is made to fit. */
const MOST = 12_000
const MOST_PATHS = 30

/** The lines of transcript.jsonl that can be read: an attempt that was cut short ends in half a line. */
export function readableTranscript(text: string): readonly TranscriptLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      const read: unknown = line === '' ? null : JSON.parse(line)
      return typeof read === 'object' && read !== null ? [read as TranscriptLine] : []
    } catch {
      return []
    }
  })
}

/** A transcript as a person follows it: what the model said, each tool call with its result, what changed in the tree, questions, the end. */
export function timelineEntries(lines: readonly TranscriptLine[], snapshots: readonly Snapshot[]): readonly Entry[] {
  const main = lines.find(({ kind }) => kind === 'request')?.thread ?? lines[0]?.thread
  const results = resultsOf(lines)
  const last = lastSaid(lines)
  return lines.flatMap((line): readonly Entry[] => {
    const base = { at: line.at / 1000, ...(line.thread === main ? {} : { thread: cut(printable(line.thread), 40) }) }
    return entriesOf(line, { results, snapshots, last }).map((entry) => ({ ...base, ...entry }))
  })
}

/** What the model said last. */
function lastSaid(lines: readonly TranscriptLine[]): string | null {
  const message = lines.findLast(({ kind }) => kind === 'response')
  const said = message?.kind === 'response' ? saidIn(message.message).findLast(({ kind }) => kind === 'said') : undefined
  return said?.kind === 'said' ? said.text.head : null
}

type Result = Extract<TranscriptLine, { readonly kind: 'tool-result' }>
type Bare = Entry extends infer One ? (One extends Entry ? Omit<One, 'at' | 'thread'> : never) : never

function entriesOf(
  line: TranscriptLine,
  {
    results,
    snapshots,
    last,
  }: { readonly results: ReadonlyMap<number, Result>; readonly snapshots: readonly Snapshot[]; readonly last: string | null },
): readonly Bare[] {
  switch (line.kind) {
    case 'request':
    case 'tool-result':
      return []
    case 'response':
      return saidIn(line.message)
    case 'tool-call':
      return [toolEntry(line, results.get(line.seq) ?? null)]
    case 'snapshot':
      return snapshotEntry(line.snapshot, snapshots)
    case 'question':
      return [{ kind: 'question', text: excerptOf(line.text, MOST), options: line.options.map((option) => cut(printable(option), 300)) }]
    case 'answer':
      return [{ kind: 'answer', text: excerptOf(line.text, MOST) }]
    case 'end':
      return [{ kind: 'end', stop: cut(printable(line.stop), 60), text: endText(line.message, last) }]
  }
}

/** The final message is what was said last, most of the time: then it is not told twice. */
function endText(message: string, last: string | null): Excerpt {
  const text = excerptOf(message, MOST)
  return text.head.trim() === last?.trim() ? excerptOf('', MOST) : text
}

/** The result of each call, by the call's place: the next one of its id, so that an id that is used twice does no harm. */
function resultsOf(lines: readonly TranscriptLine[]): ReadonlyMap<number, Result> {
  const open = new Map<string, number>()
  const results = new Map<number, Result>()
  for (const line of lines) {
    if (line.kind === 'tool-call') {
      open.set(`${line.thread} ${line.id}`, line.seq)
    } else if (line.kind === 'tool-result') {
      const call = open.get(`${line.thread} ${line.id}`)
      if (call !== undefined) {
        open.delete(`${line.thread} ${line.id}`)
        results.set(call, line)
      }
    }
  }
  return results
}

function saidIn(message: unknown): readonly Bare[] {
  const content = typeof message === 'object' && message !== null && 'content' in message ? message.content : []
  const blocks: readonly unknown[] = typeof content === 'string' ? [{ type: 'text', text: content }] : Array.isArray(content) ? content : []
  return blocks.flatMap((block): readonly Bare[] => {
    const { type, text, thinking } = (block ?? {}) as { readonly type?: unknown; readonly text?: unknown; readonly thinking?: unknown }
    if (type === 'text' && typeof text === 'string' && text.trim() !== '') {
      return [{ kind: 'said', text: excerptOf(text, MOST) }]
    }
    return type === 'thinking' && typeof thinking === 'string' && thinking.trim() !== ''
      ? [{ kind: 'thought', text: excerptOf(thinking, MOST) }]
      : []
  })
}

function toolEntry(call: Extract<TranscriptLine, { readonly kind: 'tool-call' }>, result: Result | null): Bare {
  const fields = typeof call.input === 'object' && call.input !== null ? Object.entries(call.input) : [['input', call.input] as const]
  const input = fields.map(([name, value]) => [cut(printable(name), 60), excerptOf(asText(value), MOST)] as const)
  return {
    kind: 'tool',
    name: cut(printable(call.name), 60),
    about: aboutOf(fields),
    input,
    result: result === null ? null : excerptOf(result.text, MOST),
    isError: result?.isError ?? false,
    seconds: (result?.ms ?? 0) / 1000,
    claimed: call.trust === 'claimed',
  }
}

function aboutOf(fields: readonly (readonly [string, unknown])[]): string {
  const named = ['command', 'file_path', 'path', 'pattern', 'query', 'question', 'description']
  const strings = fields.filter((field): field is [string, string] => typeof field[1] === 'string')
  const chosen = named.flatMap((name) => strings.filter(([one]) => one === name))[0] ?? strings[0]
  return chosen === undefined ? '' : cut(printable(chosen[1].slice(0, 1000)), 160)
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? 'undefined')
}

function snapshotEntry(snapshot: number, snapshots: readonly Snapshot[]): readonly Bare[] {
  const stateOf = (one: Snapshot | undefined) => new Map((one?.changes ?? []).map((change) => [change.path, JSON.stringify(change)]))
  const [before, now] = [stateOf(snapshots[snapshot - 1]), stateOf(snapshots[snapshot])]
  const changed = [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path)).toSorted()
  return changed.length === 0
    ? []
    : [
        {
          kind: 'snapshot',
          snapshot,
          changed: changed.slice(0, MOST_PATHS).map((path) => cut(printable(path), 200)),
          left: Math.max(0, changed.length - MOST_PATHS),
        },
      ]
}
