import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { apiError } from './api-error.ts'
import { deliver, sendError } from './deliver.ts'
import { type Exchange, type Incoming, openExchange } from './exchange.ts'
import type { GatewayPlan, GatewaySession } from './gateway.ts'
import { listPrices, type Prices } from './prices.ts'
import { authStyle, readBody, readMessagesBody } from './read-request.ts'
import { defaultRetry, type RetryPolicy } from './retry.ts'

/** What rarely needs a change. Times in milliseconds. */
export interface GatewayTuning {
  /** A client that streams hears a ping after each such interval without an answer. */
  readonly quietMs: number
  readonly maxBodyBytes: number
  readonly retry: Partial<RetryPolicy>
  /** Prices given by the user: they go before the listed ones. */
  readonly prices: Prices
}

const defaults: GatewayTuning = { quietMs: 10_000, maxBodyBytes: 64 * 1024 * 1024, retry: {}, prices: {} }

const messagesPath = /^\/v1\/messages(?:\?beta=true)?$/
const countPath = /^\/v1\/messages\/count_tokens(?:\?beta=true)?$/

/**
 * Opens one trial's door to the model, on a loopback port and on a unix socket. Its disposal rejects where a hook, the recorder or
 * the upstream rejected: those are our bugs, and the trial is void.
 * @throws where the path of the socket is too long.
 */
export async function openGateway(plan: GatewayPlan, tuning: Partial<GatewayTuning> = {}): Promise<GatewaySession> {
  const settings = { ...defaults, ...tuning }
  const key = `sk-ant-assay-${randomBytes(24).toString('hex')}`
  const exchange = openExchange(plan, { ...defaultRetry, ...settings.retry }, { ...listPrices, ...settings.prices })
  const underWay = new Set<Promise<void>>()
  const bugs: unknown[] = []

  function listener(request: IncomingMessage, response: ServerResponse): void {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const work = route({ plan, settings, key, exchange, signal: gone.signal }, request, response).catch((bug: unknown) => {
      bugs.push(bug)
      failed(response)
    })
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  }

  const socketPath = join(plan.socketFolder, 'gw.sock')
  if (Buffer.byteLength(socketPath) > 107) {
    throw new Error(`The gateway's socket path is longer than the 107 bytes that the kernel takes: ${socketPath}`)
  }
  const [port, socket] = [openServer(listener), openServer(listener)]
  await once(socket.listen(socketPath), 'listening')
  await once(port.listen(0, '127.0.0.1'), 'listening')
  // The agent may run as another user than we do; the folder is what keeps strangers out.
  await chmod(socketPath, 0o666)
  const address = port.address()

  return {
    baseUrl: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    socketPath,
    key,
    usage: exchange.ledger.usage,
    failure: exchange.ledger.failure,
    exhausted: exchange.ledger.exhausted,
    models: exchange.ledger.models,
    sawSystem: exchange.sawSystem,
    threads: exchange.threads,
    async [Symbol.asyncDispose]() {
      // Cutting the connections is what aborts the requests under way.
      const closed = [port, socket].map(closeServer)
      await Promise.all([...underWay, ...closed])
      if (bugs.length > 0) {
        throw new AggregateError(bugs, 'The gateway broke while it answered.')
      }
    },
  }
}

function openServer(listener: (request: IncomingMessage, response: ServerResponse) => void): Server {
  // A server that closes an idle connection (after 5 s by default) races with a client that sends its next turn on it.
  return createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, listener)
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

interface Door {
  readonly plan: GatewayPlan
  readonly settings: GatewayTuning
  readonly key: string
  readonly exchange: Exchange
  readonly signal: AbortSignal
}

async function route(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const auth = authStyle(request.headers, door.key)
  if (auth === null) {
    refuse(request, response, 401, 'invalid x-api-key')
    return
  }
  const path = request.url ?? ''
  if (request.method !== 'POST' || !(messagesPath.test(path) || countPath.test(path))) {
    refuse(request, response, 404, `Not found: ${request.method} ${path}`)
    return
  }
  const bytes = await readBody(request, door.settings.maxBodyBytes)
  if (bytes === 'gone' || bytes === 'too-large') {
    refuse(request, response, 413, `The request is larger than ${door.settings.maxBodyBytes} bytes.`)
    return
  }
  const read = readMessagesBody(bytes)
  if ('error' in read) {
    sendError(response, apiError(400, read.error))
    return
  }
  const incoming: Incoming = {
    body: read.body,
    path,
    auth,
    beta: header(request, 'anthropic-beta'),
    version: header(request, 'anthropic-version'),
  }
  if (countPath.test(path)) {
    await countTokens(door, incoming, response)
    return
  }
  await deliver(response, read.body.stream === true, door.settings.quietMs, door.exchange.answer(incoming, door.signal))
}

/** Counting is no turn: it costs nothing and says nothing. Where no API is asked, four characters count as a token. */
async function countTokens(door: Door, incoming: Incoming, response: ServerResponse): Promise<void> {
  const estimate = { kind: 'count', tokens: Math.ceil(JSON.stringify(incoming.body).length / 4) } as const
  const reply = (await door.plan.upstream.countTokens?.({ ...incoming, thread: 'count', position: 0 }, door.signal)) ?? estimate
  if (reply.kind === 'refused') {
    sendError(response, apiError(reply.status, reply.message))
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ input_tokens: reply.tokens }))
}

/** Answers before the body was read: the rest of it is thrown away, and the connection is not used again. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
  response.setHeader('connection', 'close')
  sendError(response, apiError(status, message))
  request.resume()
  setTimeout(() => request.destroy(), 1_000).unref()
}

function failed(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  sendError(response, apiError(500, 'The gateway itself failed.'))
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}
