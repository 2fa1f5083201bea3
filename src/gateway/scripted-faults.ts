import type { ServerResponse } from 'node:http'
import { apiError, errorBody } from './api-error.ts'
import { messageToSse, sseBytes } from './sse.ts'
import type { AnswerMessage } from './upstream.ts'

/**
 * A way for a Messages API to fail. Those that need a body of the other form (a broken stream where JSON was asked for, or the other
 * way round) play the nearest fault of the form that was asked for.
 */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message?: string }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'drop-before-headers' }
  | { readonly kind: 'drop-in-body' }
  | { readonly kind: 'bad-json' }
  | { readonly kind: 'bad-tool-json' }
  | { readonly kind: 'early-end' }
  /** The whole answer comes, but its body never ends. */
  | { readonly kind: 'no-end' }
  | { readonly kind: 'error-event'; readonly type: string }
  | { readonly kind: 'hang-before-headers' }
  | { readonly kind: 'hang-after-headers' }

/** Plays one. `message`: what would have been answered; half of it is sent where a fault breaks off. */
export function playFault(fault: Fault, message: AnswerMessage, streamed: boolean, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status': {
      const error = apiError(fault.status, fault.message ?? `scripted ${fault.status}`)
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(JSON.stringify(errorBody(error)))
      return
    }
    case 'html':
      response.writeHead(fault.status, { 'content-type': 'text/html' })
      response.end('<html><head><style>p { color: red }</style></head><body><h1>Bad gateway</h1></body></html>')
      return
    case 'drop-before-headers':
      response.destroy()
      return
    case 'hang-before-headers':
      return
    default:
      playBody(fault.kind, fault.kind === 'error-event' ? fault.type : '', streamed ? streamBody(message) : jsonBody(message), response)
  }
}

interface Body {
  readonly type: string
  readonly whole: Buffer
  readonly half: Buffer
  readonly badJson: Buffer
  readonly badToolJson: Buffer
}

function playBody(kind: string, errorType: string, body: Body, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': body.type })
  switch (kind) {
    case 'drop-in-body':
      response.write(body.half, () => setTimeout(() => response.destroy(), 5))
      return
    case 'hang-after-headers':
      response.write(body.half)
      return
    case 'no-end':
      response.write(body.whole)
      return
    case 'bad-json':
      response.end(body.badJson)
      return
    case 'bad-tool-json':
      response.end(body.badToolJson)
      return
    case 'error-event':
      response.end(Buffer.concat([body.half, sseBytes({ type: 'error', error: { type: errorType, message: `scripted ${errorType}` } })]))
      return
    default:
      response.end(body.half)
  }
}

function jsonBody(message: AnswerMessage): Body {
  const bytes = Buffer.from(JSON.stringify(message))
  return {
    type: 'application/json',
    whole: bytes,
    half: bytes.subarray(0, bytes.length / 2),
    badJson: Buffer.from(`{'id': ${JSON.stringify(message.id)}}`),
    badToolJson: Buffer.from(
      JSON.stringify({ ...message, content: [{ type: 'tool_use', id: 'toolu_bad', name: 'bash', input: '{"command": "l' }] }),
    ),
  }
}

function streamBody(message: AnswerMessage): Body {
  const whole = messageToSse(message).toString()
  const events = whole.split(/(?<=\n\n)/)
  const half = Buffer.from(events.slice(0, 3).join(''))
  const tool = sseBytes({
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'tool_use', id: 'toolu_bad', name: 'bash', input: {} },
  })
  const piece = sseBytes({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"command": "l' } })
  const rest = events.slice(-3).join('')
  return {
    type: 'text/event-stream; charset=utf-8',
    whole: Buffer.from(whole),
    half,
    badJson: Buffer.concat([half, Buffer.from('event: content_block_delta\ndata: {"type":"content_bl\n\n')]),
    badToolJson: Buffer.concat([Buffer.from(events[0] ?? ''), tool, piece, Buffer.from(rest)]),
  }
}
