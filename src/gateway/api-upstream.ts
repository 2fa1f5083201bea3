import { z } from 'zod'
import { answerMessage, spentOf } from './answer-message.ts'
import { type Fault, statusFault } from './api-faults.ts'
import { type AttemptClock, attemptClock } from './attempt-clock.ts'
import { malformed, streamReader } from './read-stream.ts'
import type { ModelRequest, Spent, Upstream, UpstreamReply } from './upstream.ts'

/** A real Messages API. Times in milliseconds. */
export interface ApiSettings {
  /** As `ANTHROPIC_BASE_URL`: without `/v1`. */
  readonly baseUrl: string
  readonly apiKey: string
  /** The longest that one attempt may take, its whole body included. */
  readonly attemptTimeoutMs?: number
  /** The longest silence inside an answer, and before the headers of a stream. */
  readonly idleTimeoutMs?: number
}

const countShape = z.looseObject({ input_tokens: z.number() })

/** A message that is complete may still wait for the end of its body: this long, in milliseconds. */
const graceMs = 250

/**
 * The upstream `api`: forwards a request as it is, with the real key in the header that the client used, and sorts whatever comes back
 * into answer, retry and refused. The key is blotted out of everything that leaves here.
 * @throws where the key holds characters that no header can carry (fetch would repeat the key in its own error).
 */
export function apiUpstream(settings: ApiSettings): Upstream & Required<Pick<Upstream, 'countTokens'>> {
  const { attemptTimeoutMs = 600_000, idleTimeoutMs = 120_000 } = settings
  const key = settings.apiKey.trim()
  const base = settings.baseUrl.replace(/\/+$/, '')
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new Error('The API key is empty or holds characters that a header cannot carry.')
  }

  async function exchange<Reply>(
    request: ModelRequest,
    signal: AbortSignal,
    read: (response: Response, clock: AttemptClock) => Promise<Reply>,
  ) {
    const clock = attemptClock(signal, attemptTimeoutMs, idleTimeoutMs)
    if (request.body.stream === true) {
      clock.heard()
    }
    try {
      const response = await fetch(`${base}${request.path}`, {
        method: 'POST',
        headers: headersOf(request, key),
        body: JSON.stringify(request.body),
        signal: clock.signal,
        // fetch drops Authorization on a redirect to another host, but would carry x-api-key there.
        redirect: 'manual',
      })
      clock.heard()
      return await read(response, clock)
    } catch (error) {
      return clock.fault(error)
    } finally {
      clock.stop()
    }
  }

  return {
    name: 'api',
    live: true,
    send: async (request, signal) =>
      blotted(await exchange(request, signal, (response, clock) => readAnswer(request, response, clock)), key),
    async countTokens(request, signal) {
      const reply = await exchange(request, signal, readCount)
      if (reply.kind === 'count') {
        return reply
      }
      const { cause, message } = blotted(reply, key)
      return { kind: 'refused', cause, message, status: reply.kind === 'refused' ? reply.status : 502 }
    },
  }
}

function headersOf(request: ModelRequest, key: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'anthropic-version': request.version ?? '2023-06-01',
    ...(request.beta === undefined ? {} : { 'anthropic-beta': request.beta }),
    ...(request.auth === 'bearer' ? { authorization: `Bearer ${key}` } : { 'x-api-key': key }),
  }
}

async function readAnswer(request: ModelRequest, response: Response, clock: AttemptClock): Promise<UpstreamReply> {
  if (!response.ok) {
    return statusFault(response.status, response.headers, await response.text(), Date.now())
  }
  const streamed = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const reply = streamed ? await readStream(response, clock) : await readMessage(response, clock)
  return reply.kind === 'answer' && streamed !== (request.body.stream === true) ? { kind: 'answer', message: reply.message } : reply
}

async function readMessage(response: Response, clock: AttemptClock): Promise<UpstreamReply> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body ?? []) {
    clock.heard()
    chunks.push(chunk)
  }
  const wire = Buffer.concat(chunks)
  const value = parsed(wire.toString())
  const message = answerMessage(value)
  return message === null ? spending(malformed('the answer is not a whole message'), spentOf(value)) : { kind: 'answer', message, wire }
}

async function readStream(response: Response, clock: AttemptClock): Promise<UpstreamReply> {
  const reader = streamReader()
  try {
    for await (const chunk of response.body ?? []) {
      const fault = reader.push(chunk)
      if (fault !== null) {
        return spending(fault, reader.spent())
      }
      clock.heard(reader.complete() ? graceMs : undefined)
    }
  } catch (error) {
    // A connection that breaks after the last event took nothing with it.
    if (!reader.complete()) {
      return spending(clock.fault(error), reader.spent())
    }
  }
  return reader.answer() ?? spending(malformed('the stream ended before its message'), reader.spent())
}

async function readCount(response: Response): Promise<{ readonly kind: 'count'; readonly tokens: number } | Fault> {
  const text = await response.text()
  if (!response.ok) {
    return statusFault(response.status, response.headers, text, Date.now())
  }
  const count = countShape.safeParse(parsed(text))
  return count.success ? { kind: 'count', tokens: count.data.input_tokens } : malformed('the answer is not a token count')
}

function spending(fault: Fault, spent: Spent | null): Fault {
  return spent === null ? fault : { ...fault, spent }
}

function blotted<Reply extends UpstreamReply>(reply: Reply, key: string): Reply {
  if (reply.kind !== 'answer') {
    return { ...reply, message: reply.message.replaceAll(key, '[key]') }
  }
  const text = JSON.stringify(reply.message)
  if (!text.includes(key) && reply.wire?.includes(key) !== true) {
    return reply
  }
  const { wire: _, ...rest } = { ...reply, message: JSON.parse(text.replaceAll(key, '[key]')) }
  return rest as Reply
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
