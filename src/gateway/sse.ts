import type { AnswerMessage } from './upstream.ts'

/** One server-sent event: its name (`message` where the server gave none) and its data lines, joined by line feeds. */
export interface SseEvent {
  readonly event: string
  readonly data: string
}

/** What an upstream's events are once parsed: the API's `type` and whatever else it sent. */
export interface StreamEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/** One event in the API's spelling. */
export function sseBytes(event: StreamEvent): Buffer {
  return Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}

/** An incremental reader of server-sent events (WHATWG HTML, 9.2.6). An event whose blank line never came is no event. */
export function sseReader(): { push(chunk: Uint8Array): readonly SseEvent[] } {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let event = ''
  let data: string[] = []

  function field(line: string): void {
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') {
      event = value
    }
    if (name === 'data') {
      data.push(value)
    }
  }

  function finish(): readonly SseEvent[] {
    const done = data.length > 0 ? [{ event: event === '' ? 'message' : event, data: data.join('\n') }] : []
    event = ''
    data = []
    return done
  }

  return {
    push(chunk) {
      rest += decoder.decode(chunk, { stream: true })
      // A chunk may end between the two halves of a CRLF: that line is left for the next one.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      return lines.flatMap((line) => {
        if (line === '') {
          return finish()
        }
        field(line)
        return []
      })
    },
  }
}

/** A whole message as the bytes of the stream that would have brought it. */
export function messageToSse(message: AnswerMessage): Buffer {
  return Buffer.concat(eventsOf(message).map(sseBytes))
}

function eventsOf(message: AnswerMessage): readonly StreamEvent[] {
  const { stop_reason, stop_sequence = null, stop_details, container, context_management, ...start } = message
  const opening = {
    ...start,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...message.usage, output_tokens: Math.min(1, message.usage.output_tokens) },
  }
  return [
    { type: 'message_start', message: opening },
    ...message.content.flatMap(blockEvents),
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence, ...present({ stop_details, container }) },
      usage: message.usage,
      ...present({ context_management }),
    },
    { type: 'message_stop' },
  ]
}

function present(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

type Block = AnswerMessage['content'][number]

function blockEvents(block: Block, index: number): readonly StreamEvent[] {
  const { empty, deltas } = opened(block)
  return [
    { type: 'content_block_start', index, content_block: empty },
    ...(index === 0 ? [{ type: 'ping' }] : []),
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ]
}

function opened(block: Block): { readonly empty: Block; readonly deltas: readonly unknown[] } {
  switch (block.type) {
    case 'text':
      return {
        empty: { ...block, text: '', ...(Array.isArray(block.citations) ? { citations: [] } : {}) },
        deltas: [...filled('text_delta', 'text', block.text), ...citations(block.citations)],
      }
    case 'thinking':
      return {
        empty: { ...block, thinking: '', signature: '' },
        deltas: [...filled('thinking_delta', 'thinking', block.thinking), ...filled('signature_delta', 'signature', block.signature)],
      }
    case 'compaction':
      return { empty: { ...block, content: null }, deltas: [{ ...block, type: 'compaction_delta' }] }
    default:
      return typeof block.input === 'object' && block.input !== null
        ? { empty: { ...block, input: {} }, deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }] }
        : { empty: block, deltas: [] }
  }
}

function filled(type: string, name: string, value: unknown): readonly unknown[] {
  return typeof value === 'string' && value !== '' ? [{ type, [name]: value }] : []
}

function citations(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.map((citation: unknown) => ({ type: 'citations_delta', citation })) : []
}
