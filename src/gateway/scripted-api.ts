import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { apiError, errorBody } from './api-error.ts'
import { digestOf } from './canonical.ts'
import { type Fault, playFault } from './scripted-faults.ts'
import { messageToSse } from './sse.ts'
import type { AnswerMessage, ModelRequest } from './upstream.ts'

/** One answer of a script: what the model says, or how the API fails. */
export type ScriptedTurn =
  | {
      readonly content: AnswerMessage['content']
      /** Absent: `tool_use` where a tool is called, else `end_turn`. */
      readonly stop_reason?: string
      /** Absent: 100 tokens in, 20 out. */
      readonly usage?: AnswerMessage['usage']
      /** The model that says that it answered; absent: the one asked for. */
      readonly model?: string
      /** Milliseconds before the answer begins. */
      readonly delayMs?: number
    }
  | { readonly fault: Fault }

/** A request as the server received it, its headers with it. */
export interface ReceivedRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: ModelRequest['body']
  /** Counts from 1: how often the same body came. */
  readonly attempt: number
}

/** A Messages API that follows a script, on loopback. */
export interface ScriptedApi extends AsyncDisposable {
  readonly url: string
  readonly received: readonly ReceivedRequest[]
}

/**
 * Starts one: `script` answers by the number of the model's turns in the request (`index`), so it needs no state and threads may
 * run at once. Streams where the request says so; counts tokens as four characters each.
 */
export async function startScriptedApi(options: {
  readonly script: (request: ReceivedRequest, index: number) => ScriptedTurn
}): Promise<ScriptedApi> {
  const received: ReceivedRequest[] = []
  const times = new Map<string, number>()

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) {
      chunks.push(chunk)
    }
    const path = request.url ?? ''
    const body: ModelRequest['body'] = JSON.parse(Buffer.concat(chunks).toString())
    if (path.startsWith('/v1/messages/count_tokens')) {
      received.push({ path, headers: request.headers, body, attempt: 1 })
      sendJson(response, 200, { input_tokens: Math.ceil(JSON.stringify(body).length / 4) })
      return
    }
    const attempt = (times.get(digestOf(body)) ?? 0) + 1
    times.set(digestOf(body), attempt)
    const one = { path, headers: request.headers, body, attempt }
    received.push(one)
    const index = body.messages.filter((message) => message.role === 'assistant').length
    await play(options.script(one, index), one, received.length, response)
  }

  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    serve(request, response).catch((bug: unknown) => {
      sendJson(response, 400, errorBody(apiError(400, `The script broke: ${String(bug)}`)))
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    received,
    [Symbol.asyncDispose]: () => close(server),
  }
}

async function play(turn: ScriptedTurn, request: ReceivedRequest, count: number, response: ServerResponse): Promise<void> {
  const streamed = request.body.stream === true
  if ('fault' in turn) {
    playFault(turn.fault, messageOf({ content: [{ type: 'text', text: 'This answer fails.' }] }, request, count), streamed, response)
    return
  }
  await new Promise((resolve) => setTimeout(resolve, turn.delayMs ?? 0))
  const message = messageOf(turn, request, count)
  if (streamed) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).end(messageToSse(message))
    return
  }
  sendJson(response, 200, message)
}

function messageOf(turn: Exclude<ScriptedTurn, { readonly fault: Fault }>, request: ReceivedRequest, count: number): AnswerMessage {
  const calls = turn.content.some((block) => block.type === 'tool_use')
  return {
    id: `msg_scripted_${count}`,
    type: 'message',
    role: 'assistant',
    model: turn.model ?? request.body.model,
    content: turn.content,
    stop_reason: turn.stop_reason ?? (calls ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    usage: turn.usage ?? { input_tokens: 100, output_tokens: 20, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
