import { expect, it } from 'vitest'
import type { Snapshot } from '../../../src/evidence/change.ts'
import type { TranscriptEvent, TranscriptLine } from '../../../src/evidence/transcript.ts'
import { readableTranscript, timelineEntries } from '../../../src/report/html/timeline-entries.ts'

const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 1, usd: 0 }
const base = { thread: 't1', trust: 'observed' } as const
const lines = (events: readonly TranscriptEvent[]): readonly TranscriptLine[] =>
  events.map((event, seq) => ({ seq, at: seq * 1000, ...event }))
const response = (content: unknown, thread = 't1'): TranscriptEvent => ({
  ...base,
  thread,
  kind: 'response',
  attempts: 1,
  usage,
  message: { content },
})
const request: TranscriptEvent = { ...base, kind: 'request', model: 'm', system: 's', tools: 't', messages: [] }
const call = (id: string, name: string, input: unknown, trust: 'observed' | 'claimed' = 'observed'): TranscriptEvent => ({
  ...base,
  trust,
  kind: 'tool-call',
  id,
  name,
  input,
})
const result = (id: string, text: string): TranscriptEvent => ({
  ...base,
  kind: 'tool-result',
  id,
  name: 'bash',
  text,
  isError: false,
  ms: 1500,
})
const told = (events: readonly TranscriptEvent[], snapshots: readonly Snapshot[] = []) =>
  timelineEntries(lines(events), snapshots).map((entry) => {
    switch (entry.kind) {
      case 'tool':
        return `${entry.at} ${entry.name}(${entry.about}) -> ${entry.result?.head ?? 'nothing'}${entry.claimed ? ', claimed' : ''}`
      case 'snapshot':
        return `${entry.at} changed ${entry.changed.join(' ')}${entry.left > 0 ? ` and ${entry.left}` : ''}`
      case 'left-out':
        return 'left out'
      case 'end':
        return `${entry.at} end ${entry.stop}: ${entry.text.head}`
      default:
        return `${entry.at} ${entry.kind} ${entry.text.head}${entry.thread === undefined ? '' : ` in ${entry.thread}`}`
    }
  })

it('tells what was said, thought, called and answered, in order', () => {
  const events = [
    request,
    response([
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'a' },
    ]),
    call('a', 'bash', { timeout: 9, command: 'ls\n-l' }),
    result('a', 'one\n\u{1b}[31mtwo\u{1b}[0m'),
    call('b', 'mystery', 'just text', 'claimed'),
    { ...base, kind: 'question', text: 'Which?', options: ['x'] },
    { ...base, kind: 'answer', text: 'This.' },
    response('Done.', 't2'),
    { ...base, kind: 'end', stop: 'finished', message: 'Done.' },
  ] satisfies readonly TranscriptEvent[]
  expect(told(events)).toMatchInlineSnapshot(`
    [
      "1 thought hm",
      "1 said I look.",
      "2 bash(ls\\n-l) -> one
    two",
      "4 mystery(just text) -> nothing, claimed",
      "5 question Which?",
      "6 answer This.",
      "7 said Done. in t2",
      "8 end finished: ",
    ]
  `)
})

it('gives each call the next result of its id, where an id is used twice or never answered', () => {
  const events = [
    call('a', 'bash', { command: '1' }),
    result('a', 'first'),
    call('a', 'bash', { command: '2' }),
    call('a', 'bash', { command: '3' }),
    result('a', 'third'),
    result('z', 'nobody asked'),
  ]
  expect(told(events)).toEqual(['0 bash(1) -> first', '2 bash(2) -> nothing', '3 bash(3) -> third'])
})

it('shows of a snapshot what differs from the one before, what was put back too', () => {
  const file = (path: string, digest: string) => ({
    path,
    kind: 'added' as const,
    now: { type: 'file' as const, digest, size: 1, executable: false },
  })
  const snapshots = [
    { seq: 0, at: 0, tree: '', changes: [] },
    { seq: 1, at: 1, tree: '', changes: [file('a', '1'), file('b', '1')] },
    { seq: 2, at: 2, tree: '', changes: [file('a', '2'), file('b', '1')] },
    { seq: 3, at: 3, tree: '', changes: [file('a', '2')] },
    { seq: 4, at: 4, tree: '', changes: [file('a', '2')] },
  ]
  const events = snapshots.map(({ seq }): TranscriptEvent => ({ ...base, kind: 'snapshot', snapshot: seq, tree: '', changed: [] }))
  expect(told(events, snapshots)).toEqual(['1 changed a b', '2 changed a', '3 changed b'])
})

it('takes messages of any shape, and lines that were cut short', () => {
  expect(told([null, 7, [null, 3, { type: 'text' }], {}].map((content) => response(content)))).toEqual([])
  expect(readableTranscript('{"seq":0}\nnull\n7\n\n{"se')).toEqual([{ seq: 0 }])
})
