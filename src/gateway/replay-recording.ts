import { z } from 'zod'
import { answerMessage } from './answer-message.ts'
import type { HistoryMessage } from './history.ts'
import type { AnswerMessage } from './upstream.ts'

/** One recorded exchange: what was new in the request, and the answer. */
export interface RecordedExchange {
  readonly model: string
  readonly system: string
  readonly tools: string
  /** What the thread sent since its last answer. */
  readonly messages: readonly HistoryMessage[]
  readonly answer: AnswerMessage
}

/** The exchanges of each thread, by name, in order. */
export type Recording = ReadonlyMap<string, readonly RecordedExchange[]>

const head = { seq: z.number(), thread: z.string() }
const requestShape = z.looseObject({
  ...head,
  kind: z.literal('request'),
  model: z.string(),
  system: z.string(),
  tools: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  position: z.number().optional(),
})
const responseShape = z.looseObject({ ...head, kind: z.literal('response'), message: z.unknown(), position: z.number().optional() })
const otherShape = z.looseObject({
  ...head,
  kind: z.enum(['tool-call', 'tool-result', 'snapshot', 'question', 'answer', 'end']),
})
const lineShape = z.discriminatedUnion('kind', [requestShape, responseShape, otherShape])

/**
 * Reads the exchanges out of a transcript's lines. A line that this version does not know is an `error`, a sentence to print: what it
 * means for the lines around it cannot be known. Of two answers at one position the later one counts: the client went on with that.
 */
export function readRecording(lines: readonly unknown[]): { readonly recording: Recording } | { readonly error: string } {
  const threads = new Map<string, RecordedExchange[]>()
  const open = new Map<string, Omit<RecordedExchange, 'answer'>>()

  function note({ thread, model, system, tools, messages, ...line }: z.infer<typeof requestShape>): void {
    const place = `${thread} ${line.position ?? threads.get(thread)?.length ?? 0}`
    // A request that is sent again after a failure is recorded without what it had sent before.
    const all = [...(open.get(place)?.messages ?? []), ...(messages as readonly HistoryMessage[])]
    open.set(place, { model, system, tools, messages: all })
  }

  function settle({ thread, message, ...line }: z.infer<typeof responseShape>): boolean {
    const exchanges = threads.get(thread) ?? []
    const position = line.position ?? exchanges.length
    const asked = open.get(`${thread} ${position}`)
    const answer = answerMessage(message)
    if (asked === undefined || answer === null) {
      return false
    }
    exchanges[position] = { ...asked, messages: asked.messages.length > 0 ? asked.messages : (exchanges[position]?.messages ?? []), answer }
    threads.set(thread, exchanges)
    return open.delete(`${thread} ${position}`)
  }

  for (const [index, line] of lines.entries()) {
    const read = lineShape.safeParse(line)
    if (!read.success || schemaOf(line) > 1) {
      return {
        error: `Line ${index + 1} of the transcript (${kindOf(line)}) is not one that this version of Assay reads: it may come from a newer one.`,
      }
    }
    if (read.data.kind === 'request') {
      note(read.data)
    }
    if (read.data.kind === 'response' && !settle(read.data)) {
      return { error: `Line ${index + 1} of the transcript is a response without its request, or not a whole message.` }
    }
  }
  return { recording: threads }
}

function schemaOf(line: unknown): number {
  return typeof line === 'object' && line !== null && 'schema' in line ? Number(line.schema) : 1
}

function kindOf(line: unknown): string {
  return typeof line === 'object' && line !== null && 'kind' in line ? `kind ${JSON.stringify(line.kind)}` : 'no kind'
}
