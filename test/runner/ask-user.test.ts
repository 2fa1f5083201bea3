import { expect, test } from 'vitest'
import { builtinRunner } from '../../src/runner/builtin.ts'
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
  const answering = builtinRunner({ scripted: true, answer: async (questions) => questions.map(({ text }) => `${text} The second.`) })
  const { output, events } = await play({ runner: answering, workspace, upstream })
  expect(output.stop).toEqual({ kind: 'finished' })
  expect(requests[1]?.body.messages.at(-1)?.content).toMatchObject([{ is_error: true, content: expect.stringMatching(/questions/) }])
  expect(requests[2]?.body.messages.at(-1)?.content).toMatchObject([{ content: 'Which? The second.' }])
  expect(events.filter(({ kind }) => kind === 'answer')).toHaveLength(1)
})
