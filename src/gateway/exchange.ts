import type { ApiError } from './api-error.ts'
import { apiError } from './api-error.ts'
import { digestOf } from './canonical.ts'
import type { GatewayPlan } from './gateway.ts'
import { systemDigest, systemText } from './history.ts'
import { type Ledger, openLedger } from './ledger.ts'
import type { Prices } from './prices.ts'
import { ask, type RetryPolicy } from './retry.ts'
import { messageToSse } from './sse.ts'
import { openThreads, type Place } from './threads.ts'
import { claimedTools, noTools } from './tool-events.ts'
import type { AnswerMessage, ModelRequest } from './upstream.ts'

/** A request as the door took it in: not yet placed in a thread. */
export type Incoming = Omit<ModelRequest, 'thread' | 'position'>

/** What a client gets: the bytes of its answer, in the form that it asked for, or an error. `aborted`: it has gone. */
export type Reply =
  | { readonly kind: 'answer'; readonly bytes: Buffer }
  | { readonly kind: 'error'; readonly error: ApiError }
  | { readonly kind: 'aborted' }

/** All that one trial's model traffic shares. */
export interface Exchange {
  /** Takes one request all the way. Rejects only on our own bugs: a recorder or snapshot hook or upstream that rejects. */
  answer(incoming: Incoming, signal: AbortSignal): Promise<Reply>
  readonly ledger: Ledger
  sawSystem(text: string): boolean
  threads(): number
}

/** Opens the books of one trial. */
export function openExchange(plan: GatewayPlan, retry: RetryPolicy, prices: Prices): Exchange {
  const { upstream, record } = plan
  const ledger = openLedger(plan.bounds, upstream.live, prices)
  const threads = openThreads()
  const tools = plan.toolEvents === 'claimed' ? claimedTools(record) : noTools
  const systems = new Set<string>()
  let hooks: Promise<unknown> = Promise.resolve()

  function hook(): Promise<void> {
    const mine = hooks.then(plan.onRequest)
    hooks = mine.catch(() => undefined)
    return mine
  }

  function placed(incoming: Incoming): Place {
    const { body } = incoming
    const place = threads.arrive(body.messages, body.compaction !== undefined && body.compaction !== null)
    systems.add(systemText(body.system))
    tools.returned(place.thread, place.fresh)
    return place
  }

  function noteRequest({ body }: Incoming, { thread, position, fresh }: Place): void {
    const [system, tools] = [systemDigest(body.system), digestOf(body.tools ?? [])]
    record({ thread, trust: 'observed', kind: 'request', model: body.model, system, tools, messages: fresh, position })
  }

  async function forward(incoming: Incoming, place: Place, signal: AbortSignal): Promise<Reply> {
    const { thread, position } = place
    const outcome = await ask(upstream, { ...incoming, thread, position }, retry, signal).catch((bug: unknown) => {
      ledger.settle({ kind: 'aborted', wasted: [] })
      throw bug
    })
    const usage = ledger.settle(outcome)
    if (outcome.kind !== 'answer') {
      threads.unanswered(place)
      return outcome.kind === 'aborted' ? outcome : { kind: 'error', error: apiError(outcome.status, outcome.failure.message) }
    }
    const { message, attempts, wire } = outcome
    threads.answered(place, message.content)
    record({ thread, trust: 'observed', kind: 'response', attempts, message, usage, position })
    tools.called(thread, message)
    return { kind: 'answer', bytes: wire ?? written(message, incoming.body.stream === true) }
  }

  return {
    ledger,
    async answer(incoming, signal) {
      // Without this an agent could fill the disk with refused requests.
      const over = ledger.closed()
      if (over !== null) {
        return { kind: 'error', error: over }
      }
      const place = placed(incoming)
      await hook()
      if (signal.aborted) {
        threads.unanswered(place)
        return { kind: 'aborted' }
      }
      noteRequest(incoming, place)
      const refusal = ledger.admit(incoming.body.model)
      if (refusal !== null) {
        threads.unanswered(place)
        return { kind: 'error', error: refusal }
      }
      return forward(incoming, place, signal)
    },
    sawSystem: (text) => [...systems].some((system) => system.includes(text.trim())),
    threads: () => Math.max(0, threads.count() - 1),
  }
}

function written(message: AnswerMessage, streamed: boolean): Buffer {
  return streamed ? messageToSse(message) : Buffer.from(JSON.stringify(message))
}
