import type { ReferenceTurn } from './reference-script.ts'
import type { AnswerMessage, ModelRequest, Upstream, UpstreamReply } from './upstream.ts'

/** The model id that the reference answers as, whatever was asked for: no report can take it for a model. */
const REFERENCE_MODEL = 'assay-reference'

/** Characters of JSON a token, about what English prose and code come to. The usage that the reference reports is made with it. */
const CHARACTERS_A_TOKEN = 4

/**
 * Plays a script. Which turn comes next is told by the number of the assistant's turns in the request, so it holds no state: a repeated
 * request gets the same answer. A request beyond the script, or for a summary of the history, is refused.
 */
export function referenceUpstream(script: readonly ReferenceTurn[]): Upstream {
  return {
    name: 'reference',
    live: false,
    send: async (request) => replyTo(request, script),
  }
}

function replyTo({ body }: ModelRequest, script: readonly ReferenceTurn[]): UpstreamReply {
  const position = body.messages.filter(({ role }) => role === 'assistant').length
  const turn = 'compaction' in body ? undefined : script[position]
  if (turn === undefined) {
    return {
      kind: 'refused',
      cause: 'bad-request',
      status: 400,
      message: `The reference has ${script.length} turns and was asked for another (turn ${position + 1}).`,
    }
  }
  return { kind: 'answer', message: answerOf(body, turn, position) }
}

function answerOf(body: ModelRequest['body'], { text, calls }: ReferenceTurn, position: number): AnswerMessage {
  const content = [
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...calls.map(({ name, input }, index) => ({ type: 'tool_use', id: `toolu_reference_${position}_${index}`, name, input })),
  ]
  return {
    id: `msg_reference_${position}`,
    type: 'message',
    role: 'assistant',
    model: REFERENCE_MODEL,
    content,
    stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: tokensOf([body.system ?? '', body.tools ?? [], body.messages]),
      output_tokens: tokensOf(content),
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
    },
  }
}

function tokensOf(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / CHARACTERS_A_TOKEN)
}
