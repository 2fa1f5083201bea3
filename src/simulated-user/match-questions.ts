import { points, type Question } from './question.ts'
import { hitsAll, hitsAny, type TermGroups } from './terms.ts'

/**
 * An open question of a task, as far as matching needs it. `unless`: terms of what has the same words and is another question. `mustAsk`: only the
 * user can settle it; otherwise the repository does.
 */
export interface OpenQuestion {
  readonly id: string
  readonly terms: TermGroups
  readonly unless?: readonly string[]
  readonly mustAsk: boolean
}

/**
 * What a question asked for. `matched`: an open question that was not asked before. `unsure`: the question itself does not say it, what stands
 * beside it does. `unmatched`: neither, or the same once more; `settled` names what the repository answers already, where it was that.
 */
export type QuestionMatch =
  | { readonly kind: 'matched'; readonly id: string }
  | { readonly kind: 'unsure'; readonly id: string }
  | { readonly kind: 'unmatched'; readonly settled: string | null }

/** Matches questions in the order in which they were asked. One question settles one thing: what asks for two is answered the first that is left. */
export function matchQuestions(questions: readonly Question[], open: readonly OpenQuestion[]): readonly QuestionMatch[] {
  const asked = new Set<string>()
  return questions.map((question) => {
    const match = matchQuestion(question, open, asked)
    if (match.kind === 'matched') {
      asked.add(match.id)
    }
    return match
  })
}

function matchQuestion(question: Question, open: readonly OpenQuestion[], asked: ReadonlySet<string>): QuestionMatch {
  const own = [question.text, ...question.options].join('\n')
  const possible = open.filter(({ unless }) => !hitsAny(unless ?? [], own))
  const about = (text: string) => possible.filter(({ terms }) => hitsAll(terms, text))
  const named = about(own)
  const first = named.find(({ id, mustAsk }) => mustAsk && !asked.has(id))
  if (first !== undefined) {
    return { kind: 'matched', id: first.id }
  }
  if (named.length > 0) {
    return { kind: 'unmatched', settled: named.find(({ mustAsk }) => !mustAsk)?.id ?? null }
  }
  const hinted = about(`${question.context}\n${own}`).find(({ id, mustAsk }) => mustAsk && !asked.has(id))
  if (hinted === undefined) {
    return { kind: 'unmatched', settled: null }
  }
  return { kind: points(question.text) ? 'matched' : 'unsure', id: hinted.id }
}
