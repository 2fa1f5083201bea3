import Anthropic from '@anthropic-ai/sdk'
import { dir } from 'tmp-promise'
import type { TranscriptEvent, TranscriptLine } from '../../src/evidence/transcript.ts'
import { type ApiSettings, apiUpstream } from '../../src/gateway/api-upstream.ts'
import type { GatewayPlan, GatewaySession } from '../../src/gateway/gateway.ts'
import { type GatewayTuning, openGateway } from '../../src/gateway/open-gateway.ts'
import { type ReceivedRequest, type ScriptedApi, type ScriptedTurn, startScriptedApi } from '../../src/gateway/scripted-api.ts'
import type { ModelRequest, Upstream } from '../../src/gateway/upstream.ts'

export const realKey = 'sk-ant-real-0123456789abcdef'

export type Body = ModelRequest['body']

/** A gateway with a fast retry policy that waits for nothing, and what it recorded. */
export interface Door extends AsyncDisposable {
  readonly session: GatewaySession
  readonly events: TranscriptEvent[]
  /** The waits that the retry policy asked for, in milliseconds. */
  readonly waits: number[]
  readonly hooks: () => number
  lines(): readonly TranscriptLine[]
}

export async function openDoor(upstream: Upstream, plan: Partial<GatewayPlan> = {}, tuning: Partial<GatewayTuning> = {}): Promise<Door> {
  const folder = await dir({ unsafeCleanup: true, prefix: 'assay-gw-' })
  const events: TranscriptEvent[] = []
  const waits: number[] = []
  let hooks = 0
  const session = await openGateway(
    {
      upstream,
      bounds: { turns: 50, tokens: null, usd: null },
      record: (event) => void events.push(event),
      toolEvents: 'none',
      onRequest: async () => {
        hooks += 1
      },
      socketFolder: folder.path,
      ...plan,
    },
    {
      ...tuning,
      retry: {
        attempts: 3,
        random: () => 0.5,
        sleep: async (ms) => {
          waits.push(ms)
        },
        ...tuning.retry,
      },
    },
  ).catch(async (error: unknown) => {
    await folder.cleanup()
    throw error
  })
  return {
    session,
    events,
    waits,
    hooks: () => hooks,
    lines: () => events.map((event, seq) => ({ ...event, seq, at: seq })),
    async [Symbol.asyncDispose]() {
      try {
        await session[Symbol.asyncDispose]()
      } finally {
        await folder.cleanup()
      }
    },
  }
}

export interface ApiDoor extends Door {
  readonly api: ScriptedApi
}

/** The same, in front of a scripted API on loopback. */
export async function openApiDoor(
  script: (request: ReceivedRequest, index: number) => ScriptedTurn,
  plan: Partial<GatewayPlan> = {},
  tuning: Partial<GatewayTuning> = {},
  settings: Partial<ApiSettings> = {},
): Promise<ApiDoor> {
  const api = await startScriptedApi({ script })
  const upstream = apiUpstream({ baseUrl: api.url, apiKey: realKey, attemptTimeoutMs: 10_000, idleTimeoutMs: 5_000, ...settings })
  const door = await openDoor(upstream, plan, tuning)
  return {
    ...door,
    api,
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]()
      await api[Symbol.asyncDispose]()
    },
  }
}

export const text = (words: string): ScriptedTurn => ({ content: [{ type: 'text', text: words }] })

export const user = (content: unknown) => ({ role: 'user', content })

export const assistant = (content: unknown) => ({ role: 'assistant', content })

export function bodyOf(messages: Body['messages'], extra: Partial<Body> = {}): Body {
  return { model: 'claude-haiku-4-5', max_tokens: 100, messages, ...extra }
}

/** One plain request, with the trial's key. */
export function post(door: Door, body: unknown, init: RequestInit & { readonly path?: string } = {}): Promise<Response> {
  return fetch(`${door.session.baseUrl}${init.path ?? '/v1/messages'}`, {
    method: 'POST',
    headers: { 'x-api-key': door.session.key, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
}

export function client(door: Door): Anthropic {
  return new Anthropic({ apiKey: door.session.key, baseURL: door.session.baseUrl, maxRetries: 0, logLevel: 'off' })
}
