import type { FixtureFacts } from '../evidence/evidence.ts'
import { matcher } from '../evidence/glob.ts'

/** A layer of a fixture; rank 0 depends on none of the others. */
export interface Layer {
  readonly rank: number
  readonly name: string
}

/** The layer that a path belongs to: the first that matches it; null for none. */
export function layerOf({ layers }: Pick<FixtureFacts, 'layers'>): (path: string) => Layer | null {
  const matchers = layers.map(({ name, globs }, rank) => ({ rank, name, matches: matcher(globs) }))
  return (path) => {
    const found = matchers.find(({ matches }) => matches(path))
    return found === undefined ? null : { rank: found.rank, name: found.name }
  }
}
