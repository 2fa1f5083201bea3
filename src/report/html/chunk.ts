import { levels, shorten } from './shorten.ts'
import type { TrialDetail } from './trial-detail.ts'

/** The trials of one task by `ARM/K`, each arm `a` or `b`. */
export type TaskDetails = ReadonlyMap<string, TrialDetail>

/** Packs text: deflate (RFC 1951, no header), then base64. */
export type Pack = (text: string) => string

/** Strings below this length are cheaper where they stand than in the table. */
const SHORTEST_SHARED = 60

/**
 * The details of every task, packed, in order of `tasks` (the worst first), within `maxBytes` in all. Each task may use its share of what is left, so what
 * small tasks do not need goes to those after them. A task that fits at no level has no details at all: an empty string.
 */
export function packTasks(tasks: readonly TaskDetails[], maxBytes: number, pack: Pack): readonly string[] {
  let room = maxBytes
  return tasks.map((task, index) => {
    const packed = packTask(task, room / (tasks.length - index), pack)
    room -= packed.length
    return packed
  })
}

function packTask(task: TaskDetails, most: number, pack: Pack): string {
  for (const bounds of levels) {
    const packed = pack(withStringTable(Object.fromEntries([...task].map(([key, detail]) => [key, shorten(detail, bounds)]))))
    if (packed.length <= most) {
      return packed
    }
  }
  return ''
}

/**
 * Two lines of JSON: the strings that stand in the value more than once, and the value, with `\u0001N` for the N-th of them. Trials of a task read the same
 * files, too far apart for deflate to notice. No text that is shown begins with that character: it is shown as an escape.
 */
export function withStringTable(value: unknown): string {
  const seen = new Map<string, number>()
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string' && part.length >= SHORTEST_SHARED) {
      seen.set(part, (seen.get(part) ?? 0) + 1)
    }
    return part
  })
  const table = [...seen].filter(([, times]) => times > 1).map(([text]) => text)
  const places = new Map(table.map((text, index) => [text, `\u0001${index}`]))
  return `${JSON.stringify(table)}\n${JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? (places.get(part) ?? part) : part))}`
}
