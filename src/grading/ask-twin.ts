import { askedQuestions } from './asked-questions.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import type { Rule } from './rule.ts'

/** The twin of a clarify task has the same work with its questions settled: who asks here asks always, and a clarify task that it passes proves nothing. */
export const twinUnasked: Rule = {
  id: 'ask/twin',
  version: 2,
  measures: 'Where the plan or the code settles what its twin leaves open, nothing is asked.',
  agentRules: ['A1', 'A2', 'A3', 'A4', 'A5'],
  severity: 'fail',
  kinds: ['feature', 'bugfix', 'plan', 'tests'],
  gate: 'unasked',
  rests: ['model', 'snapshots'],
  judge: (view) => {
    if (view.evidence.task.twinOf === undefined) {
      return NA
    }
    const asked = askedQuestions(view)
    return asked === null
      ? INCONCLUSIVE
      : failIfAny(asked.map(({ question }) => ({ code: 'ASKED_NEEDLESSLY', args: { question: question.text.slice(0, 300) } })))
  },
}
