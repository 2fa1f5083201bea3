import jstat from 'jstat'
import type { Side } from './arm-permutation.ts'
import type { Variances } from './variance.ts'

/**
 * `same-tasks`: did it get worse on this suite? Tasks are fixed, only trials vary. `new-tasks`: would it be better on new tasks? Tasks vary too.
 * The first is always the easier one to answer.
 */
type Question = 'same-tasks' | 'new-tasks'

/** A comparison before it is run: how many tasks, and trials a task in each arm. */
export interface Plan {
  readonly question: Question
  readonly tasks: number
  readonly trials: number
  readonly variances: Variances
  readonly side: Side
}

const ALPHA = 0.05

/**
 * The smallest difference of pass rates (0 to 1) that the plan tells from none with the given power at alpha = 0.05: (z + z) sqrt((omega² + sigma²/k + sigma²/k) / n),
 * where omega² counts for new tasks alone. `null` where no difference would do: the test's smallest p-value is above alpha, or the formula asks for more than 100 points.
 * E. Miller, "Adding error bars to evals", arXiv 2411.00640 (2024), section 5. A normal approximation: with few tasks exact tests see somewhat less.
 */
export function minimumDetectableEffect(plan: Plan, power = 0.8): number | null {
  const effect = (critical(plan.side) + jstat.normal.inv(power, 0, 1)) * standardError(plan)
  return canReject(plan) && effect <= 1 ? effect : null
}

/** The probability that the plan tells a difference of this size (0 to 1) from none at alpha = 0.05, by the same approximation; 0 where nothing could. */
export function powerOf(plan: Plan, difference: number): number {
  return canReject(plan) ? jstat.normal.cdf(Math.abs(difference) / standardError(plan) - critical(plan.side), 0, 1) : 0
}

/** The smallest p-value that the plan's permutation test can give, when every trial of one arm passes and none of the other: 2^-n, or C(2k, k)^-n; twice that for two sides. */
export function smallestPValue({ question, tasks, trials, side }: Pick<Plan, 'question' | 'tasks' | 'trials' | 'side'>): number {
  const patterns = question === 'new-tasks' ? 2 : assignments(trials)
  return Math.min(1, patterns ** -tasks * (side === 'two-sided' ? 2 : 1))
}

function assignments(trials: number): number {
  return Array.from({ length: trials }, (_, index) => (trials + index + 1) / (index + 1)).reduce((product, ratio) => product * ratio, 1)
}

function canReject(plan: Plan): boolean {
  return smallestPValue(plan) <= ALPHA
}

function critical(side: Side): number {
  return jstat.normal.inv(side === 'two-sided' ? 1 - ALPHA / 2 : 1 - ALPHA, 0, 1)
}

function standardError({ question, tasks, trials, variances }: Plan): number {
  const { betweenTasks, withinA, withinB } = variances
  const between = question === 'new-tasks' ? betweenTasks.value : 0
  return Math.sqrt((between + withinA.value / trials + withinB.value / trials) / tasks)
}
