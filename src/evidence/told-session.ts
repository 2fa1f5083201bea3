import type { Change, Snapshot } from './change.ts'
import type { TranscriptEvent } from './transcript.ts'
import { treeDigest } from './tree-digest.ts'

/** A session without a model: what was asked, whether before or after the work, and what was said at the end. */
export interface ToldSession {
  readonly asks: readonly string[]
  readonly when: 'before' | 'after'
  readonly says: string
}

/** The transcript and snapshots that such a session would have left. */
export function toldSession(
  { asks, when, says }: ToldSession,
  changes: readonly Change[],
): { readonly transcript: string; readonly snapshots: readonly Snapshot[] } {
  const snapshots = [[], when === 'after' ? changes : [], changes].map((tree, seq) => ({
    seq,
    at: 0,
    tree: treeDigest(tree),
    changes: tree,
  }))
  const shown = snapshots.map(({ seq, tree, changes: all }): Told => {
    return { kind: 'snapshot', snapshot: seq, tree, changed: all.map(({ path }) => path) }
  })
  const questions = asks.map((text): Told => ({ kind: 'question', text, options: [] }))
  const events = [...shown.slice(0, 2), ...questions, ...shown.slice(2), { kind: 'end', stop: 'finished', message: says } as const]
  const lines = events.map((event, seq) => `${JSON.stringify({ seq, at: 0, thread: 't1', trust: 'observed', ...event })}\n`)
  return { transcript: lines.join(''), snapshots }
}

type Told =
  Extract<TranscriptEvent, { readonly kind: 'snapshot' | 'question' }> extends infer Event
    ? Event extends unknown
      ? Omit<Event, 'thread' | 'trust'>
      : never
    : never
