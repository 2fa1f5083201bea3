import type { BetaToolUseBlock } from '@anthropic-ai/sdk/resources/beta'
import { ASK_USER, readQuestions } from './agent-tools.ts'
import { askUser } from './ask-user.ts'
import type { RunnerInput, Stop } from './runner.ts'
import { outerStop } from './stop-reason.ts'
import type { ToolAnswer } from './tool-connection.ts'
import type { ToolSession } from './tool-session.ts'

/** Runs the tool calls of one turn after another, in order, and records each with its result. */
export interface TurnCalls {
  /** What each call so far came to, by its id. */
  readonly answers: ReadonlyMap<string, ToolAnswer>
  /** Answers with the reason to stop, or null where the conversation goes on. Calls behind the one that stopped are not run. */
  run(calls: readonly BetaToolUseBlock[]): Promise<Stop | null>
}

const HERE = { thread: 't1', trust: 'observed' } as const

type Taken = { readonly kind: 'answered'; readonly answer: ToolAnswer } | { readonly kind: 'stop'; readonly stop: Stop }

export function turnCalls(input: RunnerInput, names: readonly string[], session: ToolSession): TurnCalls {
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
    // What this turn's calls changed before it asked shows in no request.
    await input.untouched()
    const asked = askUser(
      input,
      read.questions.map((question) => ({ ...question, context: '' })),
    )
    return asked.kind === 'stop' ? asked : { kind: 'answered', answer: { text: asked.text, isError: false } }
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
