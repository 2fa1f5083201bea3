import type { Run } from '../results/run.ts'
import type { StoredArm } from './stored-arm.ts'

interface Fact {
  readonly of: (run: Run) => string
  readonly tell: (a: string, b: string) => string
}

/** What both runs must share, or their difference is not that of the prompts. */
const shared: readonly Fact[] = [
  {
    of: ({ rung }) => rung,
    tell: (a, b) => `The sandbox differs: A ran on rung ${a}, B on ${b}. Run both on one (--sandbox).`,
  },
  {
    of: ({ variant }) => variant.runner,
    tell: (a, b) => `The runner differs: ${a} in A, ${b} in B. Run both with one (--runner).`,
  },
  {
    of: ({ variant }) => variant.upstream,
    tell: (a, b) => `The model's part was played by ${a} in A and by ${b} in B. Run both with one (--upstream).`,
  },
  {
    of: ({ variant }) => variant.model,
    tell: (a, b) => `The model differs: ${a} in A, ${b} in B. Run both with one (--model).`,
  },
  {
    of: ({ versions }) => versions.assay,
    tell: (a, b) => `The version of Assay differs: ${a} in A, ${b} in B, and its rules with it. Run both with one.`,
  },
]

/** Why two runs cannot be compared: one sentence for each way in which they differ that is not the prompt. Empty where they can. */
export function refusalsOf(a: StoredArm, b: StoredArm): readonly string[] {
  if (a.run.run === b.run.run) {
    return [`A and B are the same run, ${a.run.run}.`]
  }
  const shards = [a.run, b.run].flatMap(({ run, plan }) =>
    plan.shard === null ? [] : [`Run ${run} is shard ${plan.shard.i} of ${plan.shard.n}: merge all of them first.`],
  )
  const differing = shared.filter(({ of }) => of(a.run) !== of(b.run)).map(({ of, tell }) => tell(of(a.run), of(b.run)))
  return [...shards, ...differing]
}
