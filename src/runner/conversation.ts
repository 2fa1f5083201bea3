import Anthropic from '@anthropic-ai/sdk'
import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool'
import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError'
import type { BetaMessage } from '@anthropic-ai/sdk/resources/beta'
import { toolDefinitions } from './agent-tools.ts'
import { askUser, questionsAtTheEnd, type UserAnswer } from './ask-user.ts'
import { COMPACTION_BETA, shouldCompact } from './compaction.ts'
import type { RunnerInput, RunnerOutput, Stop } from './runner.ts'
import { outerStop } from './stop-reason.ts'
import type { ToolAnswer } from './tool-connection.ts'
import type { TurnCalls } from './turn-calls.ts'

/** Tokens of one answer at most. */
const MAX_TOKENS = 32_000

/** Timers beyond this many milliseconds fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

type Settled<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'threw'; readonly message: string }

/**
 * The loop between the model and the tools. The calls of one turn run one after the other, in the order in which the model wrote them.
 * Whatever the model's side throws becomes a `Stop`; only our own bugs reject.
 */
export async function converse(input: RunnerInput, names: readonly string[], calls: TurnCalls): Promise<RunnerOutput> {
  const runner = openRunner(input, names, calls.answers)
  const turns = runner[Symbol.asyncIterator]()
  let finalMessage = ''
  let last: BetaMessage | null = null
  let answered = false
  const end = async (stop: Stop): Promise<RunnerOutput> => {
    // Where the loop is left early the SDK still holds a stream; what letting it go throws is of no more interest.
    await settle(Promise.resolve(turns.return?.()))
    return { stop, finalMessage }
  }
  const broken = (message: string) => end(outerStop(input.signal, input.gateway, input.limits) ?? { kind: 'failed', message })

  for (;;) {
    const turn = await settle(turns.next())
    if (turn.kind === 'threw') {
      return await broken(turn.message)
    }
    if (turn.value.done === true) {
      return await end(answered ? limitReached(input) : stopOf(last, input))
    }
    const reply = await settle(turn.value.value.finalMessage())
    if (reply.kind === 'threw') {
      return await broken(reply.message)
    }
    last = reply.value
    finalMessage = textOf(last) ?? finalMessage
    const next = await respond(last, input, calls)
    if (next.kind === 'stop') {
      return await end(next.stop)
    }
    answered = next.kind === 'answered'
    prepareNextTurn(runner, last, next)
  }
}

function prepareNextTurn(
  runner: ReturnType<typeof openRunner>,
  last: BetaMessage,
  next: Exclude<Response, { readonly kind: 'stop' }>,
): void {
  if (next.kind === 'answered') {
    // What is pushed stands in place of the history after the last request, so the answer of the model goes with it.
    runner.pushMessages({ role: 'assistant', content: last.content }, { role: 'user', content: next.text })
  }
  if (last.stop_reason === 'tool_use' && shouldCompact(last)) {
    runner.compactBeforeNextTurn()
  }
}

type Response = UserAnswer | { readonly kind: 'go-on' }

/** What follows an answer of the model: its calls are run, or its questions answered where it ends in them. */
async function respond(last: BetaMessage, input: RunnerInput, calls: TurnCalls): Promise<Response> {
  if (last.stop_reason === 'tool_use') {
    const stop = await calls.run(last.content.filter((block) => block.type === 'tool_use'))
    return stop === null ? { kind: 'go-on' } : { kind: 'stop', stop }
  }
  const questions = last.stop_reason === 'end_turn' ? await questionsAtTheEnd(textOf(last) ?? '', input) : []
  return questions.length === 0 ? { kind: 'go-on' } : askUser(input, questions)
}

function openRunner(input: RunnerInput, names: readonly string[], answers: ReadonlyMap<string, ToolAnswer>) {
  const client = new Anthropic({
    apiKey: input.gateway.key,
    authToken: null,
    baseURL: input.gateway.baseUrl,
    // The gateway alone retries.
    maxRetries: 0,
    timeout: Math.min(input.limits.minutes * 60_000, LONGEST_TIMER_MS),
    logLevel: 'off',
  })
  return client.beta.messages.toolRunner(
    {
      model: input.model,
      max_tokens: MAX_TOKENS,
      max_iterations: input.limits.turns,
      stream: true,
      // Message threads would keep the history on the server: a transcript needs it whole.
      thread: false,
      betas: [COMPACTION_BETA],
      cache_control: { type: 'ephemeral' },
      system: systemPrompt(input),
      tools: toolDefinitions(names, input.workspace.root).map((definition) => answeredTool(definition, answers)),
      messages: [{ role: 'user', content: input.instruction }],
    },
    { signal: input.signal },
  )
}

/** The agent's body stands in a block of its own, word for word, so that the gateway can prove that it arrived. */
function systemPrompt({ agent, workspace }: RunnerInput) {
  const place = `The project is checked out at ${workspace.root}, where your tools work. Relative paths are relative to it.`
  return [...(agent.body.trim() === '' ? [] : [agent.body]), place].map((text, index, all) => ({
    type: 'text' as const,
    text,
    ...(index === all.length - 1 ? { cache_control: { type: 'ephemeral' as const } } : {}),
  }))
}

/** The SDK runs the calls of a turn all at once: the tools that it is given only hand over what the calls, run in order, came to. */
function answeredTool(definition: ReturnType<typeof toolDefinitions>[number], answers: ReadonlyMap<string, ToolAnswer>): BetaRunnableTool {
  return {
    ...definition,
    parse: (content) => content,
    run: (_, context) => {
      const answer = answers.get(context?.toolUse.id ?? '')
      if (answer === undefined) {
        throw new ToolError('This call was not run.')
      }
      if (answer.isError) {
        throw new ToolError(answer.text)
      }
      return answer.text
    },
  }
}

/** The SDK ends its loop after the last turn allowed without a word. */
function limitReached({ limits, signal, gateway }: RunnerInput): Stop {
  return outerStop(signal, gateway, limits) ?? { kind: 'turn-limit', turns: limits.turns }
}

function stopOf(last: BetaMessage | null, input: RunnerInput): Stop {
  switch (last?.stop_reason) {
    case 'end_turn':
    case 'stop_sequence':
      return { kind: 'finished' }
    case 'tool_use':
    case 'pause_turn':
    case 'compaction':
      return limitReached(input)
    case 'max_tokens':
      return { kind: 'failed', message: `an answer was cut at ${MAX_TOKENS} tokens` }
    case 'model_context_window_exceeded':
      return { kind: 'failed', message: 'the context window of the model was full' }
    case 'refusal':
      return { kind: 'failed', message: 'the model refused to go on' }
    default:
      return { kind: 'failed', message: `the model stopped for an unknown reason (${last?.stop_reason ?? 'no answer'})` }
  }
}

/** Null where the model said nothing in words (tools only, or a summary of the history). */
function textOf(message: BetaMessage): string | null {
  const texts = message.content.flatMap((block) => (block.type === 'text' ? [block.text] : []))
  return texts.length === 0 ? null : texts.join('\n')
}

/** What the SDK throws is of many kinds (API errors, `SyntaxError`, `TypeError: terminated`, aborts), all of them about the model's side. */
async function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  try {
    return { kind: 'value', value: await promise }
  } catch (error) {
    return { kind: 'threw', message: error instanceof Error ? error.message : String(error) }
  }
}
