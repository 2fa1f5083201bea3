import type { Change } from './change.ts'
import type { Conditions } from './night.ts'
import { type DrawSuite, fromBeta } from './rates.ts'

/** One cell of the tables: what its nights are drawn from, and how many. */
export interface Scenario {
  readonly name: string
  readonly conditions: Conditions
  readonly nights: number
}

const SUITE_SIZES = [8, 16, 32, 64]
const TRIALS = [1, 3, 5]
export const DROPS = [0.1, 0.15, 0.2]

/** A calm night, and one on which everything else goes wrong: the model is better or worse than usual, and the new revision's trials are lost twice as often. */
const CALM = { drift: 0, voids: { old: 0, new: 0 } }
const ROUGH = { drift: 0.5, voids: { old: 0.01, new: 0.02 } }

/** Names of the ways in which nothing changed. */
export const NULLS = ['beta, calm', 'stored, calm', 'stored, rough', 'reshuffled'] as const

export function nullScenarios(stored: DrawSuite, nights: number): readonly Scenario[] {
  const kinds: Record<(typeof NULLS)[number], Pick<Conditions, 'suite' | 'change' | 'drift' | 'voids'>> = {
    'beta, calm': { suite: fromBeta, change: { kind: 'none' }, ...CALM },
    'stored, calm': { suite: stored, change: { kind: 'none' }, ...CALM },
    'stored, rough': { suite: stored, change: { kind: 'none' }, ...ROUGH },
    reshuffled: { suite: fromBeta, change: { kind: 'reshuffled', by: 0.2 }, ...CALM },
  }
  return NULLS.flatMap((kind) =>
    grid().map(({ tasks, trials }) => ({
      name: scenarioName(kind, tasks, trials),
      conditions: { ...kinds[kind], tasks, trials },
      nights,
    })),
  )
}

export function dropScenarios(stored: DrawSuite, nights: number): readonly Scenario[] {
  return (['spread', 'concentrated'] as const).flatMap((kind) =>
    DROPS.flatMap((points) =>
      grid().map(({ tasks, trials }) => ({
        name: scenarioName(dropName(kind, points), tasks, trials),
        conditions: { suite: stored, change: { kind, points } satisfies Change, ...ROUGH, tasks, trials },
        nights,
      })),
    ),
  )
}

export function dropName(kind: 'spread' | 'concentrated', points: number): string {
  return `${kind} ${points}`
}

export function scenarioName(kind: string, tasks: number, trials: number): string {
  return `${kind}: ${tasks} tasks, ${trials} trials`
}

export function grid(): readonly { readonly tasks: number; readonly trials: number }[] {
  return SUITE_SIZES.flatMap((tasks) => TRIALS.map((trials) => ({ tasks, trials })))
}
