import { createHash } from 'node:crypto'
import { canonical, digestOf } from './canonical.ts'

/** One message of a Messages API request. */
export interface HistoryMessage {
  readonly role: string
  readonly content: unknown
}

interface Block {
  readonly type: string
  readonly [key: string]: unknown
}

/** The content of a message as a list of blocks; a plain string is one text block. */
export function blocksOf(content: unknown): readonly Block[] {
  if (typeof content === 'string') {
    return [{ type: 'text', text: content }]
  }
  return Array.isArray(content) ? content.filter(isBlock) : []
}

/** The text of a content value: its text blocks, one a line. */
export function textOf(content: unknown): string {
  return blocksOf(content)
    .map((block) => (typeof block.text === 'string' ? block.text : ''))
    .filter((text) => text !== '')
    .join('\n')
}

/**
 * One digest for each prefix of a history: the n-th covers messages 0 to n. Equal digests mean that the same was said.
 * Of the model's turns only what it said and did counts (text, calls): clients drop thinking, empty text and null members.
 */
export function chain(messages: readonly HistoryMessage[], after = ''): readonly string[] {
  let last = after
  return messages.map((message) => {
    last = createHash('sha256')
      .update(`${last}\n${sameSaid(message)}`)
      .digest('hex')
    return last
  })
}

/** A spelling of a message that is equal for two messages which say the same. */
export function sameSaid(message: HistoryMessage): string {
  const blocks = blocksOf(message.content)
  return message.role === 'assistant'
    ? `assistant ${canonical(blocks.flatMap(modelBlock))}`
    : `${message.role} ${canonical(blocks.map(userBlock))}`
}

function modelBlock(block: Block): readonly unknown[] {
  if (block.type === 'thinking' || block.type === 'redacted_thinking') {
    return []
  }
  if (block.type === 'text') {
    const text = String(block.text ?? '').trimEnd()
    return text === '' ? [] : [{ type: 'text', text }]
  }
  if (block.type === 'tool_use') {
    return [{ type: 'tool_use', id: block.id, name: block.name, input: block.input }]
  }
  return [block]
}

function userBlock(block: Block): unknown {
  return block.type === 'tool_result' ? { ...block, content: blocksOf(block.content) } : block
}

/**
 * sha256 of a system prompt. Claude Code's billing block is left out: it tells the client's version, not the model's task.
 */
export function systemDigest(system: unknown): string {
  return digestOf(systemBlocks(system))
}

/** The text of a system prompt, its blocks joined by line feeds. */
export function systemText(system: unknown): string {
  return textOf(systemBlocks(system))
}

function systemBlocks(system: unknown): readonly Block[] {
  return blocksOf(system).filter((block) => !String(block.text ?? '').startsWith('x-anthropic-billing-header:'))
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
