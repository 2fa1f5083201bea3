import type { Check } from '../grading/check.ts'
import type { Finding } from '../grading/finding.ts'
import type { Rule } from '../grading/rule.ts'
import type { GradedTrial, Trial } from '../results/trial.ts'
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
  /** Up to three places where it was not kept, from the trials with most of them, one a trial. */
  readonly worst: readonly Quote[]
}

/** One place where a rule was not kept. `evidence` is the attempt's folder below the run's folder; `more` counts the other findings of that rule in that trial. */
export interface Quote {
  readonly task: string
  readonly k: number
  readonly evidence: string
  readonly sentence: string
  readonly more: number
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

/** Places that are quoted of one rule: more hide the other rules. The evidence has them all. */
const MOST_QUOTES = 3

/** The rules without a gate that were asked in the counting trials, those kept least first. */
export function conformanceOf(
  trials: readonly Trial[],
  rules: readonly Pick<Rule, 'id' | 'gate'>[],
  describe: (finding: Finding) => string,
): readonly Conformance[] {
  const graded = trials.filter((trial) => trial.outcome === 'graded')
  return rules
    .filter(({ gate }) => gate === null)
    .map(({ id }) => ({ rule: id, answers: graded.flatMap((trial) => trial.checks[id] ?? []) }))
    .filter(({ answers }) => answers.length > 0)
    .map(({ rule, answers }) => {
      const { pass, fail, na, inconclusive } = tallyOf(answers)
      return { rule, kept: rateOf(pass, pass + fail), na, inconclusive, worst: worstPlaces(graded, rule, describe) }
    })
    .toSorted((a, b) => share(a.kept) - share(b.kept))
}

function worstPlaces(trials: readonly GradedTrial[], rule: string, describe: (finding: Finding) => string): readonly Quote[] {
  return trials
    .map((trial) => ({ ...trial, findings: trial.findings.filter((finding) => finding.rule === rule) }))
    .toSorted((a, b) => b.findings.length - a.findings.length)
    .flatMap((trial) => quoteOf(trial, describe))
    .slice(0, MOST_QUOTES)
}

function quoteOf({ task, k, attempt, findings }: GradedTrial, describe: (finding: Finding) => string): readonly Quote[] {
  const [first] = findings
  return first === undefined
    ? []
    : [{ task, k, evidence: evidenceOf({ task, k, attempt }), sentence: describe(first), more: findings.length - 1 }]
}

/** Where the evidence of an attempt lies, below the run's folder. */
export function evidenceOf({ task, k, attempt }: Pick<Trial, 'task' | 'k' | 'attempt'>): string {
  return `trials/${task}/${k}/${attempt}`
}

function share({ count, of }: Rate): number {
  return of === 0 ? 1 : count / of
}
