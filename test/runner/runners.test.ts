import { expect, test } from 'vitest'
import { runners } from '../../src/runner/runners.ts'
import { play, scripted } from './play.ts'
import { openTestWorkspace } from './test-workspace.ts'

const options = { scripted: false, command: null, mounts: [] }

test('the runners, what their word is worth, and whether a weak sandbox may do', async () => {
  const made = await Promise.all(Object.values(runners).map((make) => make({ ...options, command: 'true' })))
  expect(
    made.map((choice) =>
      choice.kind === 'runner' ? `${choice.runner.name} ${choice.runner.trust} ${choice.runner.tame}` : choice.message,
    ),
  ).toEqual(['builtin observed false', 'command claimed false', 'nop observed true'])
  expect(await runners.builtin({ ...options, scripted: true })).toMatchObject({ runner: { tame: true } })
})

test('command needs a command', async () => {
  expect(await runners.command(options)).toEqual({
    kind: 'refused',
    message: "--runner command needs --command 'CMD': the program that is the agent.",
  })
})

test('nop does nothing', async () => {
  await using workspace = await openTestWorkspace('none')
  const { upstream } = scripted(() => ({ content: [] }))
  const { runner } = await runners.nop()
  expect(await play({ runner, workspace, upstream })).toMatchObject({
    output: { stop: { kind: 'finished' }, finalMessage: '' },
    events: [],
  })
})
