import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openToyProject, type ToyProject } from '../toy-project.ts'

let project: ToyProject
beforeAll(async () => {
  project = await openToyProject()
})
afterAll(() => project[Symbol.asyncDispose]())

it.each([
  ['an unknown task', ['run', 'shiping'], 'No task is named `shiping`. Did you mean `shipping`?'],
  ['an unknown task of a fixture', ['run', 'toy-shop/shiping'], 'No task is named `toy-shop/shiping`. Did you mean `toy-shop/shipping`?'],
  ['an unknown suite', ['run', '--suite', 'smok'], 'There is no suite `smok`; there are: smoke.'],
  [
    'an unknown runner',
    ['run', '--runner', 'bultin'],
    'There is no runner `bultin`; did you mean `builtin`?; there are: builtin, command, nop.',
  ],
  [
    'an unknown upstream',
    ['run', '--upstream', 'refrence'],
    '--upstream refrence: expected api, reference or replay:RUN; did you mean `reference`?',
  ],
  ['a live run without a key', ['run', '--upstream', 'api'], '--upstream api needs ANTHROPIC_API_KEY in the environment'],
  ['a command without the runner', ['run', '--command', 'true'], '--command is for --runner command; the runner here is builtin.'],
  ['the runner without a command', ['run', '--runner', 'command'], "--runner command needs --command 'CMD'"],
  [
    'an agent that is not there',
    ['run', '--agent', 'agents/nobody.md'],
    'The agent agents/nobody.md cannot be read: there is no such file.',
  ],
  ['a run that is not there', ['resume', '01ZZZZ'], '01ZZZZ'],
  ['an unknown command', ['rum'], "error: unknown command 'rum'\n(Did you mean run?)"],
  ['an unknown option', ['run', '--trails', '3'], "error: unknown option '--trails'\n(Did you mean --trials?)"],
  ['no number of trials', ['run', '--trials', '0'], 'Expected a whole number from 1.'],
  ['a shard beyond its parts', ['run', '--shard', '3/2'], 'Expected I/N, such as 1/3.'],
  ['a rate above one', ['run', '--min-pass-rate', '80'], 'Expected a share from 0 to 1, such as 0.8.'],
  ['an unknown rung', ['run', '--sandbox', 'docker'], 'Allowed choices are overlay+bwrap, copy+bwrap, none.'],
])('%s: one message, exit 2', async (_name, args, message) => {
  const { code, out, err } = await project.assay(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(message)
})

it('wants a live run in CI to be said', async () => {
  const { code, err } = await project.assay(['run'], { CI: 'true', ANTHROPIC_API_KEY: 'sk-ant-none' })
  expect({ code, err }).toEqual({
    code: 2,
    err: 'In CI a live run must say so: add --runner builtin, or --upstream reference for a run without the model.',
  })
})

it('tells every mistake of every file at once', async () => {
  await using bad = await openToyProject({ proven: false })
  await bad.write('tasks/toy-shop/shipping/task.md', '---\ntitel: Shipping\nkind: featur\nlimits: { turn: 3 }\n---\nDo it.\n')
  await bad.write('fixtures-repos/toy-shop/fixture.md', '---\nstack: pytst\ncommands: {}\n---\n')
  const { code, err } = await bad.assay(['run'])
  expect(code).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "fixtures-repos/toy-shop/fixture.md:1: missing key \`prepare\`
    fixtures-repos/toy-shop/fixture.md:1: missing key \`scope\`
    fixtures-repos/toy-shop/fixture.md:1: missing key \`tests\`
    fixtures-repos/toy-shop/fixture.md:3: missing key \`commands.test\`
    tasks/toy-shop/shipping/task.md:1: missing key \`title\`
    tasks/toy-shop/shipping/task.md:2: unknown key \`titel\`; did you mean \`title\`?
    tasks/toy-shop/shipping/task.md:3: \`kind\`: expected one of feature, bugfix, plan, tests, clarify, impossible, got "featur"; did you mean \`feature\`?
    tasks/toy-shop/shipping/task.md:4: unknown key \`limits.turn\`; did you mean \`turns\`?"
  `)
})

it('does not run a task that was never proven fair, nor one that changed since', async () => {
  await using bare = await openToyProject({ proven: false })
  expect(await bare.assay(['run'])).toMatchObject({
    code: 2,
    err: 'toy-shop/shipping was never proven fair: expected.json is missing. Prove it again: npm run assay -- check toy-shop/shipping',
  })
  await using changed = await openToyProject()
  const page = await readFile(join(changed.root, 'tasks/toy-shop/shipping/task.md'), 'utf8')
  await changed.write('tasks/toy-shop/shipping/task.md', `${page}Soon.\n`)
  expect(await changed.assay(['run'])).toMatchObject({
    code: 2,
    err: 'toy-shop/shipping: the task changed after it was proven fair. Prove it again: npm run assay -- check toy-shop/shipping',
  })
})
