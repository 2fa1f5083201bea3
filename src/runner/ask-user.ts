import { type Question, questionsIn } from '../simulated-user/question.ts'
import type { RunnerInput, Stop } from './runner.ts'

const HERE = { thread: 't1', trust: 'observed' } as const

/** What the user said, or the stop of an agent that nobody answers (any more). */
export type UserAnswer = { readonly kind: 'answered'; readonly text: string } | { readonly kind: 'stop'; readonly stop: Stop }

/** Puts questions to the user, and records them with what came back. */
export function askUser({ record, user }: RunnerInput, questions: readonly Question[]): UserAnswer {
  for (const { text, options, context } of questions) {
    record({ ...HERE, kind: 'question', text, options, ...(context !== '' && { context }) })
  }
  const replies = user?.reply(questions) ?? null
  if (replies === null) {
    return { kind: 'stop', stop: { kind: 'asked', questions: questions.map(({ text }) => text) } }
  }
  for (const { text, settles } of replies) {
    record({ ...HERE, kind: 'answer', text, ...(settles !== null && { settles }) })
  }
  return { kind: 'answered', text: [...new Set(replies.map(({ text }) => text))].join('\n\n') }
}

/**
 * The questions that a final message asks in place of work: its interrogative sentences, where nothing was changed. Behind work they are offers.
 */
export async function questionsAtTheEnd(message: string, { untouched }: Pick<RunnerInput, 'untouched'>): Promise<readonly Question[]> {
  const questions = questionsIn(message)
  return questions.length > 0 && (await untouched()) ? questions : []
}
