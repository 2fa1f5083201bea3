import type { Check } from '../grading/check.ts'
import type { Rule } from '../grading/rule.ts'
import type { Trial } from '../results/trial.ts'
import { type Interval, wilsonInterval } from '../statistics/interval.ts'

/** A count with its denominator and the 95 % Wilson interval: no rate without its uncertainty. */
export interface Rate {
  readonly count: number
  readonly of: number
  readonly interval: Interval
}

/** How a rule that decides no verdict was kept. `kept`: of the trials in which there was something to judge, and it could be judged. */
export interface Conformance {
  readonly rule: string
  readonly kept: Rate
  readonly na: number
  readonly inconclusive: number
}

/** How often each answer was given. */
export type Tally = Readonly<Record<Check, number>>

/** `count` of `of` with its interval. */
export function rateOf(count: number, of: number): Rate {
  return { count, of, interval: wilsonInterval(count, of) }
}

/** Counts answers. */
export function tallyOf(checks: readonly Check[]): Tally {
  const count = (check: Check) => checks.filter((one) => one === check).length
  return { pass: count('pass'), fail: count('fail'), na: count('na'), inconclusive: count('inconclusive') }
}

/** Several checks as one: the one that stands most in the way; `na` where there is none. */
export function worstOf(checks: readonly Check[]): Check {
  return (['fail', 'inconclusive', 'na', 'pass'] as const).find((check) => checks.includes(check)) ?? 'na'
}

/** The rules without a gate that were asked in the counting trials, those kept least first. */
export function conformanceOf(trials: readonly Trial[], rules: readonly Pick<Rule, 'id' | 'gate'>[]): readonly Conformance[] {
  const graded = trials.filter((trial) => trial.outcome === 'graded')
  return rules
    .filter(({ gate }) => gate === null)
    .map(({ id }) => ({ rule: id, answers: graded.flatMap((trial) => trial.checks[id] ?? []) }))
    .filter(({ answers }) => answers.length > 0)
    .map(({ rule, answers }) => {
      const { pass, fail, na, inconclusive } = tallyOf(answers)
      return { rule, kept: rateOf(pass, pass + fail), na, inconclusive }
    })
    .toSorted((a, b) => share(a.kept) - share(b.kept))
}

function share({ count, of }: Rate): number {
  return of === 0 ? 1 : count / of
}
