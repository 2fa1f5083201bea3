import type { Record } from '../evidence/transcript.ts'
import { blocksOf, type HistoryMessage, textOf } from './history.ts'
import type { AnswerMessage } from './upstream.ts'

/** Reads tool calls and their results from the traffic, for runners whose tools nobody else sees. */
export interface ToolEvents {
  called(thread: string, message: AnswerMessage): void
  /** Results of calls that nobody asked for are no events. */
  returned(thread: string, fresh: readonly HistoryMessage[]): void
}

/** Records them as `claimed`. A result's time counts from the answer that held its call, so calls of one turn share it. */
export function claimedTools(record: Record): ToolEvents {
  const open = new Map<string, { readonly name: string; readonly since: number }>()
  return {
    called(thread, message) {
      for (const block of message.content.filter((one) => one.type === 'tool_use')) {
        const [id, name] = [String(block.id), String(block.name)]
        open.set(id, { name, since: performance.now() })
        record({ thread, trust: 'claimed', kind: 'tool-call', id, name, input: block.input })
      }
    },
    returned(thread, fresh) {
      const results = fresh.flatMap((message) => blocksOf(message.content)).filter((block) => block.type === 'tool_result')
      for (const block of results) {
        const id = String(block.tool_use_id)
        const call = open.get(id)
        if (call !== undefined) {
          open.delete(id)
          const [text, isError, ms] = [textOf(block.content), block.is_error === true, Math.round(performance.now() - call.since)]
          record({ thread, trust: 'claimed', kind: 'tool-result', id, name: call.name, text, isError, ms })
        }
      }
    },
  }
}

/** For runners that record their own tools. */
export const noTools: ToolEvents = { called: () => undefined, returned: () => undefined }
