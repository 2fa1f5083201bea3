import type { GradedTrial } from '../results/trial.ts'
import { pairedDifferences } from '../statistics/clustered.ts'
import type { PairedRatio } from './comparison.ts'
import type { GradedPair, PairedTask } from './pairing.ts'

const amounts: readonly { readonly what: PairedRatio['what']; readonly of: (trial: GradedTrial) => number | null }[] = [
  { what: 'usd', of: ({ usage }) => usage.usd },
  { what: 'tokens', of: ({ usage }) => usage.input + usage.cacheRead + usage.cacheWrite + usage.output },
  { what: 'turns', of: ({ usage }) => usage.requests },
  { what: 'seconds', of: ({ seconds }) => seconds.agent },
]

/** What a trial took in B over what it took in A, task by task, as geometric means over tasks. */
export function pairedRatios(tasks: readonly PairedTask[]): readonly PairedRatio[] {
  return amounts.map(({ what, of }) => {
    const logs = tasks.flatMap(({ graded }) => logRatio(graded, of) ?? [])
    const { mean, interval } = pairedDifferences(logs)
    return {
      what,
      ratio: logs.length === 0 ? null : Math.exp(mean),
      interval: interval === null ? null : { low: Math.exp(interval.low), high: Math.exp(interval.high) },
      tasks: logs.length,
    }
  })
}

/** Null where an amount is not known, or is nothing: there is no ratio to nothing. */
function logRatio(graded: readonly GradedPair[], of: (trial: GradedTrial) => number | null): number | null {
  const total = (arm: 'a' | 'b') => graded.reduce<number | null>((sum, pair) => plus(sum, of(pair[arm])), 0)
  const [a, b] = [total('a'), total('b')]
  return a === null || b === null || a === 0 || b === 0 ? null : Math.log(b / a)
}

function plus(sum: number | null, more: number | null): number | null {
  return sum === null || more === null ? null : sum + more
}
