import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { Record, TranscriptEvent, TranscriptLine } from './transcript.ts'

/** A trial's transcript.jsonl while it grows. `close` syncs it to disk; later events are dropped (a late answer of a stopped agent is no evidence). */
export interface TranscriptWriter {
  readonly record: Record
  /** All lines so far, in order. */
  lines(): readonly TranscriptLine[]
  close(): void
}

/** Opens `file` for appending; `elapsed` gives milliseconds since the trial began. Throws where the file cannot be written: that is ours. */
export function openTranscript(file: string, elapsed: () => number): TranscriptWriter {
  const descriptor = openSync(file, 'ax')
  const written: TranscriptLine[] = []
  let open = true
  return {
    record: (event: TranscriptEvent) => {
      if (!open) {
        return
      }
      const line: TranscriptLine = { seq: written.length, at: Math.round(elapsed()), ...event }
      writeSync(descriptor, `${JSON.stringify(line)}\n`)
      written.push(line)
    },
    lines: () => written,
    close: () => {
      if (!open) {
        return
      }
      open = false
      fsyncSync(descriptor)
      closeSync(descriptor)
    },
  }
}
