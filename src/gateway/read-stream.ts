import { eventFault, type Fault } from './api-faults.ts'
import { assembleMessage } from './assemble-message.ts'
import { type SseEvent, type StreamEvent, sseReader } from './sse.ts'
import type { Spent, UpstreamReply } from './upstream.ts'

/** Reads one answer that comes as a stream, chunk by chunk. */
export interface StreamReader {
  /** Null, or why this stream can be no answer. */
  push(chunk: Uint8Array): Fault | null
  complete(): boolean
  spent(): Spent | null
  /** The answer with its bytes, once complete. */
  answer(): Extract<UpstreamReply, { readonly kind: 'answer' }> | null
}

/** An answer that came whole over the wire and is none: the model may well give a sound one next time. */
export function malformed(message: string): Fault {
  return { kind: 'retry', cause: 'malformed', message }
}

/** A reader for one stream. */
export function streamReader(): StreamReader {
  const events = sseReader()
  const assembly = assembleMessage()
  const chunks: Uint8Array[] = []

  function take(event: SseEvent): Fault | null {
    if (event.event === 'error') {
      return eventFault(event.data)
    }
    const parsed = streamEvent(event.data)
    const wrong = parsed === null ? 'an event that is not JSON' : assembly.add(parsed)
    return wrong === null ? null : malformed(`the stream held ${wrong}`)
  }

  return {
    push(chunk) {
      chunks.push(chunk)
      try {
        for (const event of events.push(chunk)) {
          const fault = take(event)
          if (fault !== null) {
            return fault
          }
        }
        return null
      } catch {
        return malformed('the stream held bytes that are not UTF-8')
      }
    },
    complete: () => assembly.finished() !== null,
    spent: () => assembly.spent(),
    answer() {
      const done = assembly.finished()
      if (done === null) {
        return null
      }
      return { kind: 'answer', message: done.message, ...(done.exact ? { wire: Buffer.concat(chunks) } : {}) }
    },
  }
}

function streamEvent(data: string): StreamEvent | null {
  try {
    const value: unknown = JSON.parse(data)
    return isEvent(value) ? value : null
  } catch {
    return null
  }
}

function isEvent(value: unknown): value is StreamEvent {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
