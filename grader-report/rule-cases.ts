import { grade } from '../src/grading/grade.ts'
import type { Rule } from '../src/grading/rule.ts'
import type { Syntax } from '../src/syntax/syntax.ts'
import { type Told, view } from '../test/grading/evidence-builder.ts'
import { sessionView, type ToldSession } from '../test/grading/session-builder.ts'

/** Evidence in short: a trial as its tree and suites tell it, or one with a transcript. */
export type CaseEvidence = { readonly told: Told } | { readonly session: ToldSession }

export type RuleCase = CaseEvidence & { readonly name: string }

/** What a rule must flag, and what it must leave alone: `pass` or `na`, never `fail`. Each line of `leaves` is a way in which a lesser rule raises a false alarm. */
export interface RuleCases {
  readonly rule: string
  readonly flags: readonly RuleCase[]
  readonly leaves: readonly RuleCase[]
}

/** The evidence of a case. */
export function evidenceOf(one: CaseEvidence) {
  return 'told' in one ? view(one.told) : sessionView(one.session)
}

/** What a rule answers to a case: `pass`, `fail`, `na`, `inconclusive`, or `not asked` where the rule is not for that kind of task. */
export function answerTo(rule: Rule, one: CaseEvidence, syntax: Syntax): string {
  return grade(evidenceOf(one), [rule], syntax).checks[rule.id] ?? 'not asked'
}

/** Cases of a table: its name, and its evidence. */
export const tree = (all: Readonly<Record<string, Told>>): readonly RuleCase[] =>
  Object.entries(all).map(([name, told]) => ({ name, told }))

/** The same for cases that need a transcript. */
export const sessions = (all: Readonly<Record<string, ToldSession>>): readonly RuleCase[] =>
  Object.entries(all).map(([name, session]) => ({ name, session }))
