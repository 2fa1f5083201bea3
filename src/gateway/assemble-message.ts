import { answerMessage, spentOf } from './answer-message.ts'
import type { StreamEvent } from './sse.ts'
import type { AnswerMessage, Spent } from './upstream.ts'

/**
 * Builds the message that a stream of events brings. `add` answers null, or why the stream is not one that the API would send.
 * Unknown event and delta types are passed over: they stay in the wire bytes.
 */
export interface Assembly {
  add(event: StreamEvent): string | null
  /** The whole message once `message_stop` came, else null. `exact`: whether the wire says the same. */
  finished(): { readonly message: AnswerMessage; readonly exact: boolean } | null
  /** What was told of the cost up to now; null before a sound `message_start`. */
  spent(): Spent | null
}

type Fields = Record<string, unknown>

interface OpenBlock {
  readonly fields: Fields
  /** The tool input's JSON so far; null where no piece of it came. */
  json: string | null
  open: boolean
}

/** Stop reasons after which the last tool input may be cut off in the middle: the model was stopped, the stream is sound. */
const cutShort = ['max_tokens', 'model_context_window_exceeded', 'refusal']

/** A fresh assembly, for one stream. */
export function assembleMessage(): Assembly {
  const blocks: OpenBlock[] = []
  let start: Fields | null = null
  let usage: Fields = {}
  let done: { message: AnswerMessage; exact: boolean } | null = null

  function begin(event: StreamEvent): string | null {
    if (start !== null || !isFields(event.message)) {
      return 'a message_start that is no start'
    }
    start = { ...event.message }
    usage = isFields(start.usage) ? { ...start.usage } : {}
    return null
  }

  function open(event: StreamEvent): string | null {
    if (start === null || event.index !== blocks.length || !isFields(event.content_block)) {
      return 'a content_block_start out of order'
    }
    blocks.push({ fields: { ...event.content_block }, json: null, open: true })
    return null
  }

  function grow(event: StreamEvent): string | null {
    const block = blocks[Number(event.index)]
    if (block === undefined || !block.open || !isFields(event.delta)) {
      return 'a content_block_delta without its block'
    }
    applyDelta(block, event.delta)
    return null
  }

  function close(event: StreamEvent): string | null {
    const block = blocks[Number(event.index)]
    if (block === undefined || !block.open) {
      return 'a content_block_stop without its block'
    }
    block.open = false
    return null
  }

  function change(event: StreamEvent): string | null {
    if (start === null || !isFields(event.delta)) {
      return 'a message_delta out of order'
    }
    const { type: _, delta: __, usage: told, ...beside } = event
    Object.assign(start, event.delta, present(beside))
    Object.assign(usage, isFields(told) ? present(told) : {})
    return null
  }

  function stop(): string | null {
    if (start === null || blocks.some((block) => block.open)) {
      return 'a message_stop before the end'
    }
    const cut = cutShort.includes(String(start.stop_reason))
    const content = blocks.map((block, index) => finishBlock(block, cut && index === blocks.length - 1))
    const broken = content.find((block) => block.kind === 'broken')
    if (broken !== undefined) {
      return 'a tool input that is not JSON'
    }
    const message = answerMessage({ ...start, usage, content: content.map((block) => block.fields) })
    if (message === null) {
      return 'a message that lacks its parts'
    }
    done = { message, exact: content.every((block) => block.kind === 'exact') }
    return null
  }

  const steps: Readonly<Record<string, (event: StreamEvent) => string | null>> = {
    message_start: begin,
    content_block_start: open,
    content_block_delta: grow,
    content_block_stop: close,
    message_delta: change,
    message_stop: stop,
  }

  return {
    add: (event) => (Object.hasOwn(steps, event.type) ? (steps[event.type]?.(event) ?? null) : null),
    finished: () => done,
    spent: () => (start === null ? null : spentOf({ ...start, usage })),
  }
}

function applyDelta(block: OpenBlock, delta: Fields): void {
  const { fields } = block
  switch (delta.type) {
    case 'text_delta':
      fields.text = `${fields.text ?? ''}${delta.text ?? ''}`
      return
    case 'thinking_delta':
      fields.thinking = `${fields.thinking ?? ''}${delta.thinking ?? ''}`
      return
    case 'signature_delta':
      fields.signature = delta.signature
      return
    case 'input_json_delta':
      block.json = `${block.json ?? ''}${delta.partial_json ?? ''}`
      return
    case 'citations_delta':
      fields.citations = [...(Array.isArray(fields.citations) ? fields.citations : []), delta.citation]
      return
    case 'compaction_delta': {
      const { type: _, ...rest } = delta
      Object.assign(fields, rest)
      return
    }
    default:
      return
  }
}

function finishBlock(block: OpenBlock, mayBeCut: boolean): { readonly kind: 'exact' | 'cut' | 'broken'; readonly fields: Fields } {
  if (block.json === null || block.json === '') {
    return { kind: 'exact', fields: block.fields }
  }
  try {
    const input: unknown = JSON.parse(block.json)
    return isFields(input) ? { kind: 'exact', fields: { ...block.fields, input } } : { kind: 'broken', fields: block.fields }
  } catch {
    // A tool given half its input would write half a file; with no input it answers an error.
    return { kind: mayBeCut ? 'cut' : 'broken', fields: { ...block.fields, input: {} } }
  }
}

function present(members: Fields): Fields {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
