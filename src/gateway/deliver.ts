import type { ServerResponse } from 'node:http'
import { type ApiError, errorBody } from './api-error.ts'
import type { Reply } from './exchange.ts'
import { sseBytes } from './sse.ts'

/** Answers with an error in the API's shape. No client may try again: the gateway has done that already. */
export function sendError(response: ServerResponse, error: ApiError): void {
  response.writeHead(error.status, { 'content-type': 'application/json', 'x-should-retry': 'false' })
  response.end(JSON.stringify(errorBody(error)))
}

/**
 * Sends a reply once it is there. A client that streams gets headers and pings after every `quietMs` without one, so a failure
 * keeps its HTTP status while it is quick and is an `error` event after that.
 */
export async function deliver(response: ServerResponse, streamed: boolean, quietMs: number, coming: Promise<Reply>): Promise<void> {
  const pings = streamed ? setInterval(() => ping(response), quietMs) : undefined
  const reply = await coming.finally(() => clearInterval(pings))
  if (reply.kind === 'aborted') {
    response.destroy()
    return
  }
  if (reply.kind === 'answer') {
    openAnswer(response, streamed)
    response.end(reply.bytes)
    return
  }
  if (response.headersSent) {
    response.end(sseBytes(errorBody(reply.error)))
    return
  }
  sendError(response, reply.error)
}

function ping(response: ServerResponse): void {
  openAnswer(response, true)
  response.write(sseBytes({ type: 'ping' }))
}

function openAnswer(response: ServerResponse, streamed: boolean): void {
  if (!response.headersSent) {
    response.writeHead(
      200,
      streamed
        ? { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
        : { 'content-type': 'application/json' },
    )
  }
}
