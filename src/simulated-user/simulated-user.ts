import { matchQuestions, type OpenQuestion } from './match-questions.ts'
import type { Question } from './question.ts'

/** One answer to one question; `settles` names what it gave away, null where it gave nothing. */
interface Reply {
  readonly text: string
  readonly settles: { readonly ambiguity: string; readonly reading: string } | null
}

/** Stands in for the person who gave the task. Deterministic; it knows the answers of one reading and nothing of how the work is judged. */
export interface SimulatedUser {
  /** One reply a question, in their order; null where it answers no more. */
  reply(questions: readonly Question[]): readonly Reply[] | null
}

/** What the user knows: the open questions, each with its answer in the reading that was drawn. */
export interface AnswerTable {
  readonly reading: string
  readonly questions: readonly (OpenQuestion & { readonly answer: string | null })[]
}

/** How often an agent may ask in one trial, however many questions at a time. */
const ROUNDS = 3

/** To a question that the task leaves to the project. */
export const NEUTRAL = "No preference; follow the project's conventions."

/** To a question that may mean something which the user knows, and does not say it. */
export const UNCLEAR = 'I am not sure what you are asking. Please put it in one question that names the choices.'

/** A user for one trial: it counts the rounds. Without a table nothing is open, and all it has are no preferences. */
export function simulatedUser(table: AnswerTable | null): SimulatedUser {
  const asked: Question[] = []
  let rounds = 0
  return {
    reply: (questions) => {
      rounds += 1
      if (rounds > ROUNDS) {
        return null
      }
      const before = asked.length
      asked.push(...questions)
      return matchQuestions(asked, table?.questions ?? [])
        .slice(before)
        .map((match): Reply => {
          if (match.kind !== 'matched' || table === null) {
            return { text: match.kind === 'unsure' ? UNCLEAR : NEUTRAL, settles: null }
          }
          const answer = table.questions.find(({ id }) => id === match.id)?.answer ?? NEUTRAL
          return { text: answer, settles: { ambiguity: match.id, reading: table.reading } }
        })
    },
  }
}
