import { z } from 'zod'
import type { AnswerMessage, Spent } from './upstream.ts'

const shape = z.looseObject({
  id: z.string(),
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string(),
  content: z.array(z.looseObject({ type: z.string() }).refine((block) => block.type !== 'tool_use' || isInput(block.input))),
  stop_reason: z.string(),
  usage: z.looseObject({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_input_tokens: z.number().nullish(),
    cache_creation_input_tokens: z.number().nullish(),
  }),
})

/** `value` itself where it is a whole Messages API answer (it has a stop reason), else null. */
export function answerMessage(value: unknown): AnswerMessage | null {
  return isAnswer(value) ? value : null
}

/** What an answer that may be broken tells of its cost; null where it does not. */
export function spentOf(value: unknown): Spent | null {
  return typeof value === 'object' ? answerMessage({ ...value, content: [], stop_reason: 'none' }) : null
}

function isAnswer(value: unknown): value is AnswerMessage {
  return shape.safeParse(value).success
}

function isInput(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
