import type { StoredArm } from '../src/comparison/stored-arm.ts'
import { type Random, seededRandom } from '../src/statistics/random.ts'
import { type Change, changedRates, driftedRates, normal } from './change.ts'
import type { DrawSuite, Rates } from './rates.ts'
import { type Outcomes, storedRun } from './stored-run.ts'

/** Runs of the old revision on earlier nights, each with a drift of its own: as many as a task needs before it can block. */
export const RECORDED_RUNS = 3

/** What a night is drawn from. */
export interface Conditions {
  readonly suite: DrawSuite
  readonly change: Change
  readonly tasks: number
  readonly trials: number
  /** Standard deviation, in log odds, of how much easier or harder all tasks are on a night. */
  readonly drift: number
  /** Share of trials that stay void after every attempt, in the arm of the old revision and of the new one. */
  readonly voids: { readonly old: number; readonly new: number }
}

/** One night's two arms, made side by side, and the runs that a baseline was built from. */
export interface Night {
  readonly recorded: readonly StoredArm[]
  readonly a: StoredArm
  readonly b: StoredArm
}

/** Draws a suite, its history and one night on it. The same seed gives the same night. */
export function drawNight(conditions: Conditions, seed: string): Night {
  const random = seededRandom(seed)
  const { suite, change, tasks, trials, drift, voids } = conditions
  const before = suite(random, tasks)
  const after = changedRates(before, change, random)
  const tonight = drift * normal(random)
  const outcomes = (rates: Rates, voidShare: number) => rates.map((rate) => drawTrials(rate, trials, voidShare, random))
  const recorded = Array.from({ length: RECORDED_RUNS }, (_, index) =>
    storedRun(`past-${index}`, 'old', outcomes(driftedRates(before, drift * normal(random)), 0)),
  )
  const a = storedRun('night-a', 'old', outcomes(driftedRates(before, tonight), voids.old))
  const b = storedRun('night-b', 'new', outcomes(driftedRates(after, tonight), voids.new))
  return { recorded, a, b }
}

function drawTrials(rate: number, trials: number, voidShare: number, random: Random): Outcomes {
  return Array.from({ length: trials }, () => (random.uniform() < voidShare ? 'void' : random.uniform() < rate ? 'passed' : 'failed'))
}
