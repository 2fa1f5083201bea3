import { agentChanges } from './agent-changes.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import type { GradingView, Rule } from './rule.ts'
import { timelineOf } from './timeline.ts'

/** These kinds of tasks leave nothing open: all that is needed is in the instruction or the repository. */
export const overAsking: Rule = {
  id: 'ask/over-asking',
  version: 2,
  measures: 'Asks only where something is open: a settled task is done without a question.',
  agentRules: ['A1', 'A2', 'A3', 'A4', 'A5'],
  rests: ['model'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests'],
  gate: null,
  judge: (view) => {
    const timeline = timelineOf(view)
    const { stop } = view.evidence
    const asked = timeline?.events.flatMap((event) => (event.kind === 'question' ? [event.text] : [])) ?? []
    const claimed = timeline?.calls.filter(({ name }) => name === 'askuserquestion').map(({ input }) => JSON.stringify(input)) ?? []
    const stopped = asked.length === 0 && stop.kind === 'asked' ? stop.questions : []
    const questions = [...new Set([...asked, ...claimed, ...stopped, ...askedAtTheEnd(view)])]
    if (questions.length > 0) {
      return failIfAny(questions.map((text) => ({ code: 'ASKED_NEEDLESSLY', args: { question: text.slice(0, 300) } })))
    }
    if (timeline === null) {
      return INCONCLUSIVE
    }
    if (agentChanges(view.evidence).length === 0) {
      return NA
    }
    return timeline.requests === 0 ? INCONCLUSIVE : failIfAny([])
  },
}

/** A message that ends in a question in place of work. Behind finished work it is an offer. */
function askedAtTheEnd(view: GradingView): readonly string[] {
  const message = (view.text(view.evidence.finalMessage) ?? '').trim()
  const last = message.split('\n').at(-1)?.trim() ?? ''
  return agentChanges(view.evidence).length === 0 && last.endsWith('?') ? [last] : []
}
