import { setImmediate as nextTurn } from 'node:timers/promises'

/** A function to call often in a long synchronous walk: lets the event loop turn every few milliseconds, so that other trials go on. */
export function pace(everyMs = 8): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    if (performance.now() - last < everyMs) {
      return undefined
    }
    return nextTurn().then(() => {
      last = performance.now()
    })
  }
}
