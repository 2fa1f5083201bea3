import { Readable } from 'node:stream'
import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { assembleMessage } from '../../src/gateway/assemble-message.ts'
import { streamReader } from '../../src/gateway/read-stream.ts'
import { messageToSse, type StreamEvent, sseReader } from '../../src/gateway/sse.ts'
import type { AnswerMessage } from '../../src/gateway/upstream.ts'

const full: AnswerMessage = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content: [
    { type: 'thinking', thinking: 'Let me think… 🤔', signature: 'c2ln' },
    { type: 'redacted_thinking', data: 'b3BhcXVl' },
    { type: 'text', text: 'Grüße\n\nzwei Zeilen' },
    {
      type: 'text',
      text: 'As it says.',
      citations: [
        { type: 'char_location', cited_text: 'it', document_index: 0, document_title: null, start_char_index: 0, end_char_index: 2 },
      ],
    },
    { type: 'text', text: '' },
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'x' } },
    {
      type: 'web_search_tool_result',
      tool_use_id: 'srvtoolu_1',
      content: [{ type: 'web_search_result', title: 't', url: 'u', encrypted_content: 'e', page_age: null }],
    },
    { type: 'tool_use', id: 'toolu_1', name: 'bash', input: { command: 'echo "a\\n"', deep: { list: [1, null, { x: true }] } } },
    { type: 'tool_use', id: 'toolu_2', name: 'noop', input: {} },
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: {
    input_tokens: 11,
    output_tokens: 22,
    cache_read_input_tokens: 33,
    cache_creation_input_tokens: 44,
    cache_creation: { ephemeral_1h_input_tokens: 4, ephemeral_5m_input_tokens: 40 },
  } as AnswerMessage['usage'],
}

function read(bytes: Uint8Array, size: number) {
  const reader = streamReader()
  for (let at = 0; at < bytes.length; at += size) {
    const fault = reader.push(bytes.subarray(at, at + size))
    if (fault !== null) {
      return fault
    }
  }
  return reader.answer()
}

describe('a message as a stream', () => {
  it('is spelled as the API spells it', () => {
    const small = {
      ...full,
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'tool_use', id: 'toolu_1', name: 'ls', input: { a: 1 } },
      ],
      usage: { input_tokens: 3, output_tokens: 7 },
    }
    expect(messageToSse(small).toString()).toMatchInlineSnapshot(`
      "event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"usage":{"input_tokens":3,"output_tokens":1},"stop_reason":null,"stop_sequence":null}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

      event: ping
      data: {"type":"ping"}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: content_block_start
      data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"ls","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":1}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":3,"output_tokens":7}}

      event: message_stop
      data: {"type":"message_stop"}

      "
    `)
  })

  it.each([1, 7, 1024, 1_000_000])('comes back whole in chunks of %i bytes', (size) => {
    const wire = messageToSse(full)
    expect(read(wire, size)).toEqual({ kind: 'answer', message: full, wire })
  })

  it("comes back whole through Anthropic's own client", async () => {
    const fetch = async () =>
      new Response(Readable.toWeb(Readable.from([messageToSse(full)])) as ReadableStream, {
        headers: { 'content-type': 'text/event-stream' },
      })
    const client = new Anthropic({ apiKey: 'x', baseURL: 'http://127.0.0.1:9', fetch, maxRetries: 0 })
    const message = await client.messages.stream({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x' }] }).finalMessage()
    expect(JSON.parse(JSON.stringify(message))).toEqual({ ...full, parsed_output: null })
  })

  it('carries a compaction, a refusal and what else stands beside them', async () => {
    const compacted: AnswerMessage = {
      ...full,
      content: [{ type: 'compaction', content: 'short', encrypted_content: 'e' }],
      stop_reason: 'refusal',
      stop_details: { type: 'refusal', category: null },
      context_management: { applied_edits: [] },
      container: { id: 'c' },
    }
    expect(read(messageToSse(compacted), 50)).toMatchObject({ kind: 'answer', message: compacted })
  })
})

describe('server-sent events', () => {
  it.each([
    ['LF', 'event: a\ndata: 1\n\ndata: 2\n\n'],
    ['CRLF', 'event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n'],
    ['CR', 'event: a\rdata: 1\r\rdata: 2\r\r\n'],
    ['comments and unknown fields', ': hello\nid: 7\nevent:a\ndata:1\n\n: bye\n\ndata: 2\n\n'],
    ['an event without its blank line', 'event: a\ndata: 1\n\ndata: 2\n\ndata: 3\n'],
  ])('with %s', (_name, wire) => {
    for (const size of [1, 2, 3, 100]) {
      const reader = sseReader()
      const bytes = Buffer.from(wire)
      const events = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        reader.push(bytes.subarray(n * size, (n + 1) * size)),
      ).flat()
      expect(events).toEqual([
        { event: 'a', data: '1' },
        { event: 'message', data: '2' },
      ])
    }
  })

  it('joins data lines', () => {
    expect(sseReader().push(Buffer.from('data: {"a":\ndata: 1}\n\n'))).toEqual([{ event: 'message', data: '{"a":\n1}' }])
  })
})

describe('a stream that is not sound', () => {
  const start: StreamEvent = { type: 'message_start', message: { ...full, content: [], stop_reason: null } }
  const block: StreamEvent = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }
  const delta: StreamEvent = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'x' } }
  const stop: StreamEvent = { type: 'content_block_stop', index: 0 }
  const end: StreamEvent = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } }
  const last: StreamEvent = { type: 'message_stop' }
  const tool: StreamEvent = { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: 'n', input: {} } }
  const json = (partial_json: string): StreamEvent => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'input_json_delta', partial_json },
  })

  it.each<[string, readonly StreamEvent[], string | null]>([
    ['sound', [start, block, delta, stop, end, last], null],
    [
      'with events and deltas of tomorrow',
      [start, { type: 'dawn' }, block, { ...delta, delta: { type: 'dew' } }, delta, stop, end, last],
      null,
    ],
    ['no start', [block, delta], 'a content_block_start out of order'],
    ['two starts', [start, start], 'a message_start that is no start'],
    ['delta without block', [start, delta], 'a content_block_delta without its block'],
    ['delta after its block', [start, block, stop, delta], 'a content_block_delta without its block'],
    ['block left out', [start, { ...block, index: 1 }], 'a content_block_start out of order'],
    ['block stopped twice', [start, block, stop, stop], 'a content_block_stop without its block'],
    ['stopped in a block', [start, block, delta, last], 'a message_stop before the end'],
    ['no stop reason', [start, block, delta, stop, last], 'a message that lacks its parts'],
    [
      'bad tool input',
      [start, tool, json('{"a":'), stop, { ...end, delta: { stop_reason: 'tool_use' } }, last],
      'a tool input that is not JSON',
    ],
    ['tool input that is no object', [start, tool, json('7'), stop, end, last], 'a tool input that is not JSON'],
  ])('%s', (_name, events, wrong) => {
    const assembly = assembleMessage()
    expect(events.map((event) => assembly.add(event)).find((one) => one !== null) ?? null).toBe(wrong)
    expect(assembly.finished()?.message.content ?? null).toEqual(wrong === null ? [{ type: 'text', text: 'x' }] : null)
  })

  it('is sound where the model ran out of tokens in a tool input: the tool gets none, and the wire is not kept', () => {
    const assembly = assembleMessage()
    for (const event of [start, tool, json('{"a": "hal'), stop, { ...end, delta: { stop_reason: 'max_tokens' } }, last]) {
      expect(assembly.add(event)).toBeNull()
    }
    expect(assembly.finished()).toMatchObject({
      exact: false,
      message: { stop_reason: 'max_tokens', content: [{ type: 'tool_use', input: {} }] },
    })
  })

  it('merges usage: totals of the end over those of the start, nulls aside', () => {
    const assembly = assembleMessage()
    const usage = { output_tokens: 50, input_tokens: null, cache_read_input_tokens: 99, server_tool_use: { web_search_requests: 1 } }
    for (const event of [start, block, stop, { ...end, usage }, last]) {
      assembly.add(event)
    }
    expect(assembly.finished()?.message.usage).toEqual({
      ...full.usage,
      output_tokens: 50,
      cache_read_input_tokens: 99,
      server_tool_use: { web_search_requests: 1 },
    })
  })

  it('is one whose bytes are not UTF-8', () => {
    expect(streamReader().push(Buffer.from([0x64, 0xff, 0xfe]))).toMatchObject({ kind: 'retry', cause: 'malformed' })
  })
})
