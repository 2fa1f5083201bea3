import { countingTrials } from '../results/plan.ts'
import type { Run } from '../results/run.ts'
import type { Trial } from '../results/trial.ts'
import { type Rate, rateOf } from './rates.ts'

/** Runs that were made alike, oldest first: only what is under test differs from run to run, so their rates stand side by side. */
export interface Trend {
  readonly points: readonly TrendPoint[]
  /** Stored runs that are not among them: other tasks, runner, model or sandbox, or a shard. */
  readonly leftOut: number
}

interface TrendPoint {
  readonly run: string
  readonly createdAt: string
  readonly agent: string
  /** First digits of the prompt's digest. */
  readonly prompt: string
  readonly rate: Rate
}

/** More do not fit beside each other. */
const MOST_POINTS = 60

/** The stored runs that compare with `run` (which is among them), each with its pass rate. */
export function trendOf(run: Run, stored: readonly { readonly run: Run; readonly trials: readonly Trial[] }[]): Trend {
  const alike = stored.filter((one) => likeness(one.run) === likeness(run))
  const points = alike
    .toSorted((a, b) => (a.run.createdAt < b.run.createdAt ? -1 : 1))
    .flatMap(({ run: one, trials }) => {
      const graded = countingTrials(trials).filter((trial) => trial.outcome === 'graded')
      const { agent } = one.variant
      const rate = rateOf(graded.filter(({ passed }) => passed).length, graded.length)
      return graded.length === 0
        ? []
        : [{ run: one.run, createdAt: one.createdAt, agent: agent.name, prompt: agent.promptDigest.slice(0, 12), rate }]
    })
  return { points: points.slice(-MOST_POINTS), leftOut: stored.length - points.length }
}

/** All that two runs must share for their rates to be compared; the prompt is what a trend is about, so it may differ. */
function likeness({ variant, rung, plan }: Run): string {
  const tasks = plan.tasks.map(({ task, taskDigest, fixtureDigest }) => [task, taskDigest, fixtureDigest].join(' ')).toSorted()
  return JSON.stringify([variant.runner, variant.upstream, variant.model, rung, plan.shard, tasks])
}
