/** Something in a source that a rule counts: its normalised text, and where it stands. `scope` names the function around it. */
export interface Item {
  readonly text: string
  readonly scope: string
  readonly path: string
  readonly line: number
}

/** Words that two texts share, of both together (Dice), from which one counts as an edit of the other. */
const EDITED = 0.6

/**
 * The items that were not there before, as a multiset of texts over all files: what only moved is not new. Nor is what was edited where it stood:
 * an item that is gone and a similar one in the same function of the same file are one.
 */
export function addedItems<T extends Item>(before: readonly Item[], after: readonly T[]): readonly T[] {
  const counts = new Map<string, number>()
  for (const { text } of before) {
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const fresh = after.filter(({ text }) => !take(counts, text))
  const gone = before.filter(({ text }) => take(counts, text))
  return fresh.filter((item) => {
    const at = gone.findIndex((old) => old.path === item.path && old.scope === item.scope && similarity(old.text, item.text) >= EDITED)
    return at < 0 || gone.splice(at, 1).length === 0
  })
}

function take(counts: Map<string, number>, text: string): boolean {
  const left = counts.get(text) ?? 0
  counts.set(text, left - 1)
  return left > 0
}

function similarity(one: string, other: string): number {
  const [a, b] = [words(one), words(other)]
  const rest = [...b]
  const shared = a.filter((word) => {
    const at = rest.indexOf(word)
    return at >= 0 && rest.splice(at, 1).length > 0
  })
  return (2 * shared.length) / Math.max(1, a.length + b.length)
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
}
