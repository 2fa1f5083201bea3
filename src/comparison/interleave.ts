import type { PendingTrial } from '../results/plan.ts'
import { seededRandom } from '../statistics/random.ts'

/**
 * The order in which two runs' trials are run: in blocks of one task and one number, every task's first before any task's second, and the two arms within a block in an
 * order that is drawn. So drift of the machine and of the model's service meets both arms alike. A block's order comes from the seed alone: it is the same after an interruption.
 */
export function interleave(
  pending: readonly (readonly PendingTrial[])[],
  seed: string,
): readonly { readonly arm: number; readonly pending: PendingTrial }[] {
  const all = pending.flatMap((trials, arm) => trials.map((one, place) => ({ arm, pending: one, place })))
  const blocks = Map.groupBy(all, ({ pending: { planned, k } }) => `${planned.task} ${k}`)
  return [...blocks.entries()]
    .toSorted(([, a], [, b]) => first(a, 'k') - first(b, 'k') || first(a, 'place') - first(b, 'place'))
    .flatMap(([name, trials]) => {
      // Drawn for both arms even where one of them is done: what is left must not change its place.
      const order = seededRandom(`${seed} ${name}`).shuffle([0, 1])
      return trials.toSorted((a, b) => order.indexOf(a.arm) - order.indexOf(b.arm)).map(({ arm, pending: one }) => ({ arm, pending: one }))
    })
}

function first(block: readonly { readonly pending: PendingTrial; readonly place: number }[], what: 'k' | 'place'): number {
  return Math.min(...block.map((one) => (what === 'k' ? one.pending.k : one.place)))
}
