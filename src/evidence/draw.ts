import { hash } from 'node:crypto'

/** The same list in an order that is drawn from `seed` alone (Fisher and Yates; the draws are sha256 over seed and position). */
export function shuffled<T>(list: readonly T[], seed: string): readonly T[] {
  const drawn = [...list]
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const at = Number.parseInt(hash('sha256', `${seed}\n${last}`).slice(0, 12), 16) % (last + 1)
    const [one, other] = [drawn[last], drawn[at]]
    if (one !== undefined && other !== undefined) {
      drawn[last] = other
      drawn[at] = one
    }
  }
  return drawn
}
