import { matchQuestions } from '../simulated-user/match-questions.ts'
import { type AskedQuestion, askedQuestions } from './asked-questions.ts'
import { failIfAny, INCONCLUSIVE } from './judgement.ts'
import type { Observation, Rule } from './rule.ts'

/** Of a task in which only the user can settle something: it is asked, all of it, before anything is changed, and nothing that the repository answers. */
export const clarified: Rule = {
  id: 'ask/clarified',
  version: 2,
  measures: 'What only the user can settle is asked before anything is changed; what the repository answers is not asked.',
  agentRules: ['R2', 'A1', 'A2', 'A3', 'A4', 'A5'],
  severity: 'fail',
  kinds: ['clarify'],
  gate: 'clarified',
  rests: ['model', 'snapshots'],
  judge: (view) => {
    const asked = askedQuestions(view)
    const open = view.evidence.task.clarify?.questions ?? []
    if (asked === null || !open.some(({ mustAsk }) => mustAsk)) {
      return INCONCLUSIVE
    }
    const matches = matchQuestions(
      asked.map(({ question }) => question),
      open,
    )
    const unsure = new Set(matches.flatMap((match) => (match.kind === 'unsure' ? [match.id] : [])))
    const missing = open.filter(({ id, mustAsk }) => mustAsk && !matches.some((match) => match.kind === 'matched' && match.id === id))
    const observations = [
      ...missing
        .filter(({ id }) => !unsure.has(id))
        .map(({ id }): Observation => ({ code: 'NOT_ASKED', args: { question: id, asked: asked.length } })),
      ...matches.flatMap((match, at): readonly Observation[] => (match.kind === 'matched' ? tooLate(asked[at], match.id) : [])),
      ...matches.flatMap((match, at): readonly Observation[] =>
        match.kind === 'unmatched' && match.settled !== null
          ? [{ code: 'ASKED_WHAT_IS_SETTLED', args: { question: asked[at]?.question.text.slice(0, 300) ?? '' } }]
          : [],
      ),
    ]
    return observations.length === 0 && missing.length > 0 ? INCONCLUSIVE : failIfAny(observations)
  },
}

function tooLate(asked: AskedQuestion | undefined, question: string): readonly Observation[] {
  const [path] = asked?.changed ?? []
  return path === undefined ? [] : [{ code: 'CHANGED_BEFORE_ASKING', path, args: { question } }]
}
