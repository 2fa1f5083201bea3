import type { TranscriptLine } from '../evidence/transcript.ts'
import { digestOf } from './canonical.ts'
import { blocksOf, type HistoryMessage, sameSaid, systemDigest, textOf } from './history.ts'
import { type RecordedExchange, type Recording, readRecording } from './replay-recording.ts'
import type { ModelRequest, Upstream, UpstreamReply } from './upstream.ts'

/** Where a replay was told something else than the recorded trial was: the result of a tool, or another message. */
interface Drift {
  readonly thread: string
  readonly position: number
  /** The id of the tool call; null for anything that is no tool result. */
  readonly call: string | null
  readonly recorded: string
  readonly replayed: string
}

/** An upstream that answers from a transcript. */
export interface ReplayUpstream extends Upstream {
  drift(): readonly Drift[]
  /** Null, or why the transcript cannot be replayed: every request is then refused with this sentence. */
  problem(): string | null
}

/**
 * The upstream `replay`: gives the recorded answers again, found by thread and position, where model, system prompt, tools and the
 * model's own turns are the recorded ones. Other differences are drift, and with `strict` a refusal. Threads may come in another order:
 * a thread that opens takes the first recorded one that fits and is not taken.
 */
export function replayUpstream(lines: readonly TranscriptLine[], options: { readonly strict: boolean }): ReplayUpstream {
  const read = readRecording(lines)
  const problem = 'error' in read ? read.error : null
  const recording: Recording = 'error' in read ? new Map() : read.recording
  const taken = new Map<string, string>()
  const drift: Drift[] = []

  function opened(request: ModelRequest): string | undefined {
    const free = [...recording.keys()].filter((name) => ![...taken.values()].includes(name))
    const fitting = free.filter((name) => misfit(recording.get(name)?.[0], request) === null)
    const same = fitting.filter((name) => differences(recording.get(name)?.[0], request).length === 0)
    const best = same.includes(request.thread) ? request.thread : same[0]
    const next = fitting.includes(request.thread) ? request.thread : fitting[0]
    return best ?? next
  }

  function threadOf(request: ModelRequest): string | undefined {
    const name = taken.get(request.thread) ?? (request.position === 0 ? opened(request) : undefined)
    if (name !== undefined) {
      taken.set(request.thread, name)
    }
    return name
  }

  function reply(request: ModelRequest): UpstreamReply {
    if (problem !== null) {
      return miss(problem)
    }
    const name = threadOf(request)
    const exchange = recording.get(name ?? request.thread)?.[request.position]
    const wrong = misfit(exchange, request) ?? (name === undefined ? 'another thread has taken it' : null)
    if (exchange === undefined || wrong !== null) {
      return miss(`The recorded trial has no answer for request ${request.position + 1} of thread ${request.thread}: ${wrong}.`)
    }
    const found = differences(exchange, request)
    drift.push(...found)
    if (options.strict && found.length > 0) {
      return miss(
        `Request ${request.position + 1} of thread ${request.thread} is not the recorded one: ${found.length} of its messages or tool results differ.`,
      )
    }
    return { kind: 'answer', message: exchange.answer }
  }

  return { name: 'replay', live: false, send: async (request) => reply(request), drift: () => drift, problem: () => problem }
}

function miss(message: string): UpstreamReply {
  return { kind: 'refused', cause: 'replay-miss', message, status: 400 }
}

/** Null, or what of the request is not as recorded and cannot be drift. */
function misfit(exchange: RecordedExchange | undefined, request: ModelRequest): string | null {
  if (exchange === undefined) {
    return 'nothing was recorded there'
  }
  if (exchange.model !== request.body.model) {
    return `it was for ${exchange.model}, not ${request.body.model}`
  }
  if (exchange.system !== systemDigest(request.body.system)) {
    return 'the system prompt is another'
  }
  if (exchange.tools !== digestOf(request.body.tools ?? [])) {
    return 'the tools are others'
  }
  const turns = (messages: readonly HistoryMessage[]) => messages.filter(({ role }) => role === 'assistant').map(sameSaid)
  return digestOf(turns(exchange.messages)) === digestOf(turns(tail(request))) ? null : "the model's own turns are others"
}

/** What the request adds to the last answer given here; all of it where none was. */
function tail({ body, position }: ModelRequest): readonly HistoryMessage[] {
  return position === 0 ? body.messages : body.messages.slice(body.messages.findLastIndex(({ role }) => role === 'assistant') + 1)
}

interface Said {
  readonly call: string | null
  readonly text: string
}

function differences(exchange: RecordedExchange | undefined, request: ModelRequest): readonly Drift[] {
  const recorded = said(exchange?.messages ?? [])
  const replayed = said(tail(request))
  const keys = [...new Set([...recorded.keys(), ...replayed.keys()])]
  return keys.flatMap((key) => {
    const [then, now] = [recorded.get(key), replayed.get(key)]
    const { thread, position } = request
    return then?.text === now?.text
      ? []
      : [{ thread, position, call: (then ?? now)?.call ?? null, recorded: then?.text ?? '', replayed: now?.text ?? '' }]
  })
}

/** What was said in messages that are not the model's: tool results by their call, anything else by its place. */
function said(messages: readonly HistoryMessage[]): ReadonlyMap<string, Said> {
  const blocks = messages
    .filter(({ role }) => role !== 'assistant')
    .flatMap(({ role, content }) => blocksOf(content).map((block) => ({ role, block })))
  const others = blocks.filter(({ block }) => block.type !== 'tool_result')
  const results = blocks.filter(({ block }) => block.type === 'tool_result')
  return new Map([
    ...results.map(({ block }): [string, Said] => {
      const call = String(block.tool_use_id)
      const text = `${block.is_error === true ? 'error: ' : ''}${textOf(block.content)}`
      return [`call ${call}`, { call, text }]
    }),
    ...others.map(({ role, block }, index): [string, Said] => {
      const text = block.type === 'text' ? String(block.text) : sameSaid({ role, content: [block] })
      return [`block ${index}`, { call: null, text }]
    }),
  ])
}
