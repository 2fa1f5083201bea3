import { expect, test } from 'vitest'
import { builtinRunner } from '../../src/runner/builtin.ts'
import type { Question } from '../../src/simulated-user/question.ts'
import { NEUTRAL, simulatedUser } from '../../src/simulated-user/simulated-user.ts'
import { calls, play, says, scripted } from './play.ts'
import { openTestWorkspace } from './test-workspace.ts'

const builtin = builtinRunner({ scripted: false })

test('asking ends the trial where nobody answers: calls before it run, those behind it do not', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream } = scripted(() => ({
    content: [
      says('I am not sure.'),
      calls('bash', { command: 'echo before' }),
      calls('ask_user', { questions: [{ text: 'Which status?', options: ['404', '409'] }, { text: 'Who may?' }] }),
      calls('bash', { command: 'echo behind' }),
    ],
  }))
  const { output, events } = await play({ runner: builtin, workspace, upstream })
  expect(output).toEqual({ stop: { kind: 'asked', questions: ['Which status?', 'Who may?'] }, finalMessage: 'I am not sure.' })
  expect(events.map(({ kind }) => kind)).toEqual(['request', 'response', 'tool-call', 'tool-result', 'tool-call', 'question', 'question'])
  expect(events.at(-2)).toEqual({ thread: 't1', trust: 'observed', kind: 'question', text: 'Which status?', options: ['404', '409'] })
})

test('asking goes on where somebody answers, and bad questions are told', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream, requests } = scripted((_, n) =>
    n === 2
      ? { content: [says('Thanks.')] }
      : { content: [calls('ask_user', n === 0 ? { question: 'Which?' } : { questions: [{ text: 'Which?' }] })] },
  )
  const user = { reply: (questions: readonly Question[]) => questions.map(({ text }) => ({ text: `${text} The second.`, settles: null })) }
  const { output, events } = await play({ runner: builtin, workspace, upstream, user })
  expect(output.stop).toEqual({ kind: 'finished' })
  expect(requests[1]?.body.messages.at(-1)?.content).toMatchObject([{ is_error: true, content: expect.stringMatching(/questions/) }])
  expect(requests[2]?.body.messages.at(-1)?.content).toMatchObject([{ content: 'Which? The second.' }])
  expect(events.filter(({ kind }) => kind === 'answer')).toHaveLength(1)
})

test('a final message that asks is answered in the same thread, at most three times', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream, requests } = scripted((_, n) => ({ content: [says(`I read it. One or many (round ${n + 1})?`)] }))
  const table = { reading: 'many', questions: [{ id: 'how-many', terms: [['one'], ['many']], mustAsk: true, answer: 'Many.' }] }
  const { output, events, threads } = await play({ runner: builtin, workspace, upstream, user: simulatedUser(table) })
  expect(output).toEqual({
    stop: { kind: 'asked', questions: ['One or many (round 4)?'] },
    finalMessage: 'I read it. One or many (round 4)?',
  })
  expect(threads).toBe(0)
  expect(requests.map(({ body }) => body.messages.length)).toEqual([1, 3, 5, 7])
  expect(requests[1]?.body.messages.slice(1)).toMatchObject([
    { role: 'assistant', content: [{ type: 'text', text: 'I read it. One or many (round 1)?' }] },
    { role: 'user', content: 'Many.' },
  ])
  expect(events.filter(({ kind }) => kind === 'question' || kind === 'answer').slice(0, 4)).toEqual([
    { thread: 't1', trust: 'observed', kind: 'question', text: 'One or many (round 1)?', options: [], context: 'I read it.' },
    { thread: 't1', trust: 'observed', kind: 'answer', text: 'Many.', settles: { ambiguity: 'how-many', reading: 'many' } },
    { thread: 't1', trust: 'observed', kind: 'question', text: 'One or many (round 2)?', options: [], context: 'I read it.' },
    { thread: 't1', trust: 'observed', kind: 'answer', text: NEUTRAL },
  ])
})

test('the loop goes on after the answer, and a question behind work is an offer', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream } = scripted((_, n) =>
    n === 1
      ? { content: [calls('bash', { command: 'echo done > work.txt' })] }
      : { content: [says(n === 0 ? 'One or many?' : 'Done. Shall I add more?')] },
  )
  const { output, events } = await play({ runner: builtin, workspace, upstream, user: simulatedUser(null) })
  expect(output).toEqual({ stop: { kind: 'finished' }, finalMessage: 'Done. Shall I add more?' })
  expect(events.filter(({ kind }) => kind === 'question')).toHaveLength(1)
})

test('an answer that no turn is left for is the limit, not an end', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream } = scripted(() => ({ content: [says('One or many?')] }))
  const limits = { turns: 2, minutes: 1, usd: null }
  const { output } = await play({ runner: builtin, workspace, upstream, limits, user: simulatedUser(null) })
  expect(output.stop).toEqual({ kind: 'turn-limit', turns: 2 })
})

test('a final message that asks ends the trial where nobody answers', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream } = scripted(() => ({ content: [says('One or many?')] }))
  const { output } = await play({ runner: builtin, workspace, upstream })
  expect(output.stop).toEqual({ kind: 'asked', questions: ['One or many?'] })
})
