import { sha256 } from '../evidence/digest.ts'
import type { AnswerMessage, ModelRequest } from '../gateway/upstream.ts'
import type { Route, RoutingCase } from './read-cases.ts'

/** The agents that a request may be handed to, as a delegating model is told of them. */
export interface Agents {
  /** Name and description of the agent that is measured. */
  readonly coder: { readonly name: string; readonly description: string }
  /** The description of backend-architect. */
  readonly architect: string
}

const ARCHITECT = 'backend-architect'

/** Tokens of an answer: a call with its prompt, or a few sentences. */
export const MOST_TOKENS = 600

const SYSTEM = `You are the main assistant of a coding session in the user's repository. Specialised agents are at hand: calling one hands the request over to it, with your prompt as its task.
Hand a request over where an agent's description says that it is its work. Otherwise call none: answer in a sentence or two, or say what you would do yourself.`

/**
 * One Messages API request: the agents as tools, the context and the request as the user's message. Which tool comes first is drawn from the case's id,
 * so that a model which prefers the first of a list favours neither.
 */
export function delegationRequest({ id, context, request }: RoutingCase, { coder, architect }: Agents, model: string): ModelRequest {
  const tools = [delegate(coder.name, coder.description), delegate(ARCHITECT, architect)]
  const said = context.trim() === '' ? request.trim() : `<context>\n${context.trim()}\n</context>\n\n${request.trim()}`
  return {
    body: {
      model,
      max_tokens: MOST_TOKENS,
      system: SYSTEM,
      tools: Number.parseInt(sha256(id).slice(0, 8), 16) % 2 === 0 ? tools : tools.toReversed(),
      messages: [{ role: 'user', content: said }],
    },
    path: '/v1/messages',
    beta: undefined,
    version: undefined,
    thread: id,
    position: 0,
  }
}

function delegate(name: string, description: string) {
  const prompt = { type: 'string', description: 'The task, with all that the agent needs to know.' }
  return { name, description, input_schema: { type: 'object', properties: { prompt }, required: ['prompt'] } }
}

/** Whom the answer hands the request to: the first agent that it calls, or none; null where the model refused to answer. */
export function routeOf({ content, stop_reason }: Pick<AnswerMessage, 'content' | 'stop_reason'>): Route | null {
  if (stop_reason === 'refusal') {
    return null
  }
  const called = content.find(({ type }) => type === 'tool_use')
  if (called === undefined) {
    return 'neither'
  }
  return called.name === ARCHITECT ? ARCHITECT : 'backend-coder'
}

/** Why an agent cannot be offered beside the architect; null where it can. */
export function cannotDelegate(name: string): string | null {
  if (name === ARCHITECT) {
    return `the agent is named ${ARCHITECT} itself, and that is who stands beside it`
  }
  return /^[A-Za-z0-9_-]{1,64}$/.test(name)
    ? null
    : `the name \`${name}\` cannot be that of a tool: expected letters, digits, \`-\` and \`_\``
}
