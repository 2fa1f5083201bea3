import { expect, test } from 'vitest'
import { builtinRunner } from '../../src/runner/builtin.ts'
import { calls, play, says, scripted } from './play.ts'
import { openTestWorkspace } from './test-workspace.ts'

const builtin = builtinRunner({ scripted: false })

test('a history near the end of the context is summarised before the next turn, and the work goes on from the summary', async () => {
  await using workspace = await openTestWorkspace('none')
  const summary = { type: 'compaction', content: 'So far: echoed.', encrypted_content: null, signature: 'c2ln' }
  const { upstream, requests } = scripted(({ body }, n) => {
    if ('compaction' in body) {
      return { stop_reason: 'compaction', content: [summary] }
    }
    return n === 0
      ? {
          content: [says('I echo.'), calls('bash', { command: 'echo' })],
          usage: { input_tokens: 9000, output_tokens: 1000, cache_read_input_tokens: 141_000 },
        }
      : { content: [says('Done.')] }
  })
  const { output } = await play({ runner: builtin, workspace, upstream })
  expect(output).toEqual({ stop: { kind: 'finished' }, finalMessage: 'Done.' })
  expect(requests.map(({ body }) => [body.compaction, body.messages.map(({ role }) => role)])).toEqual([
    [undefined, ['user']],
    [{ type: 'summarize' }, ['user', 'assistant', 'user']],
    [undefined, ['assistant']],
  ])
  expect(requests[1]?.beta).toBe('compact-2026-09-04')
  expect(requests[2]?.body.messages[0]?.content).toEqual([summary])
})

test('a history of a scripted model is never summarised', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream, requests } = scripted((_, n) => ({
    model: 'assay-reference',
    usage: { input_tokens: 500_000, output_tokens: 0 },
    content: n === 0 ? [calls('bash', { command: 'echo' })] : [says('Done.')],
  }))
  await play({ runner: builtin, workspace, upstream })
  expect(requests).toHaveLength(2)
})
