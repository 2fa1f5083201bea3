import type { BetaToolUseBlock } from '@anthropic-ai/sdk/resources/beta'
import { ASK_USER, type Question, readQuestions } from './agent-tools.ts'
import type { RunnerInput, Stop } from './runner.ts'
import { outerStop } from './stop-reason.ts'
import type { ToolAnswer } from './tool-connection.ts'
import type { ToolSession } from './tool-session.ts'

/** Answers an agent's questions, one text each in their order; null where nobody answers. */
export type Answer = (questions: readonly Question[]) => Promise<readonly string[] | null>

/** Runs the tool calls of one turn after another, in order, and records each with its result. */
export interface TurnCalls {
  /** What each call so far came to, by its id. */
  readonly answers: ReadonlyMap<string, ToolAnswer>
  /** Answers with the reason to stop, or null where the conversation goes on. Calls behind the one that stopped are not run. */
  run(calls: readonly BetaToolUseBlock[]): Promise<Stop | null>
}

const HERE = { thread: 't1', trust: 'observed' } as const

type Taken = { readonly kind: 'answered'; readonly answer: ToolAnswer } | { readonly kind: 'stop'; readonly stop: Stop }

export function turnCalls(input: RunnerInput, names: readonly string[], session: ToolSession, answer: Answer | null): TurnCalls {
  const answers = new Map<string, ToolAnswer>()

  const take = async ({ name, input: given }: BetaToolUseBlock): Promise<Taken> => {
    if (!names.includes(name)) {
      // The SDK answers such a call by itself, with these words.
      return { kind: 'answered', answer: { text: `Error: Tool '${name}' not found`, isError: true } }
    }
    return name === ASK_USER ? await ask(given) : { kind: 'answered', answer: await session.call(name, given) }
  }

  const ask = async (given: unknown): Promise<Taken> => {
    const read = readQuestions(given)
    if (read.kind === 'bad') {
      return { kind: 'answered', answer: { text: read.message, isError: true } }
    }
    for (const { text, options } of read.questions) {
      input.record({ ...HERE, kind: 'question', text, options })
    }
    const replies = (await answer?.(read.questions)) ?? null
    if (replies === null) {
      return { kind: 'stop', stop: { kind: 'asked', questions: read.questions.map(({ text }) => text) } }
    }
    for (const text of replies) {
      input.record({ ...HERE, kind: 'answer', text })
    }
    return { kind: 'answered', answer: { text: replies.join('\n'), isError: false } }
  }

  return {
    answers,
    run: async (calls) => {
      for (const call of calls) {
        const { id, name } = call
        input.record({ ...HERE, kind: 'tool-call', id, name, input: call.input })
        const began = performance.now()
        const taken = await take(call)
        if (taken.kind === 'stop') {
          return taken.stop
        }
        answers.set(id, taken.answer)
        input.record({ ...HERE, kind: 'tool-result', id, name, ...taken.answer, ms: Math.round(performance.now() - began) })
        if (input.signal.aborted) {
          return outerStop(input.signal, input.gateway, input.limits)
        }
      }
      return null
    },
  }
}
