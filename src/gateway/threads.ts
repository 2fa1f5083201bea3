import { chain, type HistoryMessage } from './history.ts'

/** Where a request stands: its thread, the answers its history holds, and which of its messages the thread had not sent. */
export interface Place {
  readonly thread: string
  readonly position: number
  readonly fresh: readonly HistoryMessage[]
  /** Digest of the whole history. */
  readonly digest: string
}

/** Tells which requests continue a history that was answered here, and which open another thread. */
export interface Threads {
  /** `apart`: a request that is a thread of its own whatever its history (a compaction). */
  arrive(messages: readonly HistoryMessage[], apart: boolean): Place
  /** The request was answered with `content`: histories that extend it continue its thread. */
  answered(place: Place, content: unknown): void
  /** The request got no answer: the same request again is a repeat, not another thread. */
  unanswered(place: Place): void
  count(): number
}

interface Tip {
  readonly thread: string
  readonly position: number
  continued: boolean
}

/** A fresh book of threads, named `t1`, `t2`, … in the order of their first request. */
export function openThreads(): Threads {
  const tips = new Map<string, Tip[]>()
  const repeats = new Map<string, Place>()
  const sent = new Map<string, Set<string>>()

  function extended(messages: readonly HistoryMessage[], digests: readonly string[]): Tip | null {
    const known = digests.findLastIndex((digest) => tips.has(digest))
    if (known === -1 || messages.slice(known + 1).some((message) => message.role === 'assistant')) {
      return null
    }
    const heads = tips.get(digests[known] ?? '') ?? []
    // Two sub-agents may have said the same so far; each goes on in its own thread.
    const tip = heads.find((head) => !head.continued) ?? heads[0] ?? null
    if (tip !== null) {
      tip.continued = true
    }
    return tip
  }

  function whereOf(messages: readonly HistoryMessage[], digests: readonly string[], apart: boolean): { thread: string; position: number } {
    const repeated = repeats.get(digests.at(-1) ?? '')
    if (repeated !== undefined) {
      repeats.delete(repeated.digest)
      return repeated
    }
    return (apart ? null : extended(messages, digests)) ?? { thread: `t${sent.size + 1}`, position: 0 }
  }

  return {
    arrive(messages, apart) {
      const digests = chain(messages, apart ? 'apart' : '')
      const { thread, position } = whereOf(messages, digests, apart)
      const seen = sent.get(thread) ?? new Set<string>()
      const fresh = messages.slice(digests.findLastIndex((digest) => seen.has(digest)) + 1)
      sent.set(thread, new Set([...seen, ...digests]))
      return { thread, position, fresh, digest: digests.at(-1) ?? '' }
    },
    answered(place, content) {
      const [digest = ''] = chain([{ role: 'assistant', content }], place.digest)
      const tip: Tip = { thread: place.thread, position: place.position + 1, continued: false }
      tips.set(digest, [...(tips.get(digest) ?? []), tip])
      sent.get(place.thread)?.add(digest)
    },
    unanswered(place) {
      repeats.set(place.digest, place)
    },
    count: () => sent.size,
  }
}
