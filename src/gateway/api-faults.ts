import { z } from 'zod'
import type { UpstreamReply } from './upstream.ts'

/** A reply that is no answer. */
export type Fault = Exclude<UpstreamReply, { readonly kind: 'answer' }>

const errorShape = z.looseObject({ error: z.looseObject({ type: z.string(), message: z.string() }) })

const causesByType: Readonly<Record<string, string>> = {
  rate_limit_error: 'rate-limited',
  overloaded_error: 'overloaded',
  timeout_error: 'timeout',
  api_error: 'server-error',
  authentication_error: 'unauthorised',
  permission_error: 'unauthorised',
  billing_error: 'unauthorised',
}

const causesByStatus: Readonly<Record<number, string>> = {
  401: 'unauthorised',
  402: 'unauthorised',
  403: 'unauthorised',
  408: 'timeout',
  409: 'server-error',
  429: 'rate-limited',
  504: 'timeout',
  529: 'overloaded',
}

const passing = new Set(['rate-limited', 'overloaded', 'server-error', 'timeout'])

/**
 * Sorts an HTTP answer that is not 2xx: 408, 409, 429 and 5xx may be tried again, anything else may not, and `x-should-retry` has
 * the last word, as in Anthropic's own clients. `now`: milliseconds since the epoch, for a `retry-after` that is a date.
 */
export function statusFault(status: number, headers: Headers, body: string, now: number): Fault {
  const told = readError(body)
  const cause =
    (told === null ? undefined : causesByType[told.type]) ?? causesByStatus[status] ?? (status >= 500 ? 'server-error' : 'bad-request')
  const message = `${status}: ${told?.message ?? plainText(body)}`
  const word = headers.get('x-should-retry')
  const retry = word === 'true' || (word !== 'false' && (status === 408 || status === 409 || status === 429 || status >= 500))
  if (!retry) {
    return { kind: 'refused', cause, message, status: status >= 400 ? status : 502 }
  }
  const afterMs = retryAfter(headers, now)
  return { kind: 'retry', cause, message, ...(afterMs === null ? {} : { afterMs }) }
}

/** Sorts the `error` event of a stream, by its type alone: the status was 200. */
export function eventFault(data: string): Fault {
  const told = readError(data)
  const cause = causesByType[told?.type ?? ''] ?? (told === null ? 'server-error' : 'bad-request')
  const message = `error event: ${told?.message ?? plainText(data)}`
  return passing.has(cause)
    ? { kind: 'retry', cause, message }
    : { kind: 'refused', cause, message, status: cause === 'unauthorised' ? 401 : 400 }
}

/** Sorts what fetch threw, before or after the headers. */
export function connectionFault(error: unknown): Fault {
  const { code, text } = innermost(error)
  return code.includes('TIMEOUT')
    ? { kind: 'retry', cause: 'timeout', message: text }
    : { kind: 'retry', cause: 'connection', message: text }
}

/** A server's wish to wait, in milliseconds: `retry-after-ms`, else `retry-after` as seconds or as a date. */
function retryAfter(headers: Headers, now: number): number | null {
  const ms = Number.parseFloat(headers.get('retry-after-ms') ?? '')
  if (Number.isFinite(ms)) {
    return Math.max(0, ms)
  }
  const text = headers.get('retry-after') ?? ''
  const after = /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isFinite(after) ? Math.max(0, after) : null
}

function readError(body: string): { readonly type: string; readonly message: string } | null {
  try {
    return errorShape.safeParse(JSON.parse(body)).data?.error ?? null
  } catch {
    return null
  }
}

/** An error page in one short line. */
function plainText(body: string): string {
  const text = body
    .replace(/<(style|script)\b[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text === '' ? 'no message' : text.slice(0, 200)
}

function innermost(error: unknown): { readonly code: string; readonly text: string } {
  if (!(error instanceof Error)) {
    return { code: '', text: String(error) }
  }
  if (error.cause instanceof Error) {
    const inner = innermost(error.cause)
    return { ...inner, text: `${error.message}: ${inner.text}` }
  }
  return { code: 'code' in error ? String(error.code) : '', text: error.message }
}
