import { matchQuestions } from '../simulated-user/match-questions.ts'
import { agentChanges } from './agent-changes.ts'
import { askedQuestions } from './asked-questions.ts'
import type { GradingView } from './rule.ts'

/**
 * What was asked in one trial. `clarify`: of `questions` asked, `matched` settled one of the `open` questions each, and `unsure` may have meant one;
 * `silent`: the work was done without a question. `twin`: nothing is open, so each question is one too many.
 */
export type Asking =
  | {
      readonly role: 'clarify'
      readonly open: number
      readonly questions: number
      readonly matched: number
      readonly unsure: number
      readonly silent: boolean
    }
  | { readonly role: 'twin'; readonly questions: number }

/** Nothing for tasks that are neither, and where the transcript cannot be read. */
export function askingOf(view: GradingView): { readonly asking?: Asking } {
  const { clarify, twinOf } = view.evidence.task
  const asked = clarify === undefined && twinOf === undefined ? null : askedQuestions(view)
  if (asked === null) {
    return {}
  }
  if (clarify === undefined) {
    return { asking: { role: 'twin', questions: asked.length } }
  }
  const matches = matchQuestions(
    asked.map(({ question }) => question),
    clarify.questions,
  )
  return {
    asking: {
      role: 'clarify',
      open: clarify.questions.filter(({ mustAsk }) => mustAsk).length,
      questions: asked.length,
      matched: matches.filter(({ kind }) => kind === 'matched').length,
      unsure: matches.filter(({ kind }) => kind === 'unsure').length,
      silent: asked.length === 0 && agentChanges(view.evidence).length > 0,
    },
  }
}
