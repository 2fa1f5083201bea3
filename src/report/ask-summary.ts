import type { Trial } from '../results/trial.ts'
import { type F1, f1Of } from '../statistics/f1.ts'
import { type Rate, rateOf } from './rates.ts'

/**
 * How an agent asks, over the trials of clarify tasks and their twins. Precision and silence say little alone: who asks always is never silent, who asks
 * never asks nothing needless, so silent defaults and over-asking stand together. Null: there was nothing to take it of.
 */
export interface AskSummary {
  /** Trials of clarify tasks and of twins. */
  readonly trials: { readonly clarify: number; readonly twins: number }
  /** Of the questions asked, those that settled an open question; the unsure are in neither number. */
  readonly precision: Rate | null
  /** Of the open questions, those that were asked. */
  readonly recall: Rate | null
  readonly f1: F1 | null
  /** Questions that may have meant what is open, and do not say it. */
  readonly unsure: number
  /** Trials of clarify tasks in which the work was done without a question. */
  readonly silentDefault: Rate | null
  /** Trials of twins, where nothing is open, in which something was asked. */
  readonly overAsking: Rate | null
}

/** Null where no trial of a clarify task or a twin was graded. */
export function askSummary(trials: readonly Trial[]): AskSummary | null {
  const asking = trials.flatMap((trial) => (trial.outcome === 'graded' && trial.asking !== undefined ? [trial.asking] : []))
  const clarify = asking.filter((one) => one.role === 'clarify')
  const twins = asking.filter((one) => one.role === 'twin')
  if (asking.length === 0) {
    return null
  }
  const sum = (count: 'open' | 'questions' | 'matched' | 'unsure') => clarify.reduce((total, one) => total + one[count], 0)
  const [open, matched, told] = [sum('open'), sum('matched'), sum('questions') - sum('unsure')]
  return {
    trials: { clarify: clarify.length, twins: twins.length },
    precision: rateUnlessNone(matched, told),
    recall: rateUnlessNone(matched, open),
    f1: f1Of(matched, told, open),
    unsure: sum('unsure'),
    silentDefault: rateUnlessNone(clarify.filter(({ silent }) => silent).length, clarify.length),
    overAsking: rateUnlessNone(twins.filter(({ questions }) => questions > 0).length, twins.length),
  }
}

function rateUnlessNone(count: number, of: number): Rate | null {
  return of === 0 ? null : rateOf(count, of)
}
