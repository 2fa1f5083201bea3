import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, test } from 'vitest'
import { commandRunner } from '../../src/runner/command.ts'
import type { Runner } from '../../src/runner/runner.ts'
import type { Rung } from '../../src/sandbox/sandbox.ts'
import { agent, calls, play, says, scripted } from './play.ts'
import { openTestWorkspace } from './test-workspace.ts'

const RUNGS: readonly Rung[] = ['none', 'copy+bwrap', 'overlay+bwrap']

async function runnerOf(command: string, mounts: readonly string[] = []): Promise<Runner> {
  const made = await commandRunner({ command, mounts })
  if (made.kind === 'refused') {
    throw new Error(made.message)
  }
  return made.runner
}

async function run(
  command: string,
  rung: Rung = 'copy+bwrap',
  more: { readonly mounts?: readonly string[]; readonly minutes?: number; readonly signal?: AbortSignal } = {},
) {
  await using workspace = await openTestWorkspace(rung, { 'a.txt': 'a' })
  const { upstream, requests } = scripted((_, n) => (n < 2 ? { content: [says(`answer ${n}`)] } : { content: [calls('x', {})] }))
  const runner = await runnerOf(command, more.mounts)
  const limits = { turns: 2, minutes: more.minutes ?? 1, usd: null }
  const played = await play({ runner, workspace, upstream, limits, ...(more.signal && { signal: more.signal }) })
  return { ...played.output, requests }
}

test('the environment is the allow-list and nothing else', async () => {
  const { finalMessage } = await run('env | grep -v "^_=" | sort')
  const masked = finalMessage.replace(/sk-ant-assay-[0-9a-f]{48}/, 'DUMMY').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:PORT')
  expect(masked).toMatchInlineSnapshot(`
    "ANTHROPIC_API_KEY=DUMMY
    ANTHROPIC_BASE_URL=http://127.0.0.1:PORT
    ASSAY_AGENT_FILE=/run/assay/in/agent.md
    ASSAY_FINAL_MESSAGE_FILE=/run/assay/out/final-message
    ASSAY_INSTRUCTION_FILE=/run/assay/in/instruction.md
    HOME=/home/agent
    LANG=C.UTF-8
    PATH=/usr/bin:/bin
    PWD=/workspace
    "
  `)
})

test.each(RUNGS)('instruction and agent file can be read, the final message is taken from its file (%s)', async (rung) => {
  const { stop, finalMessage } = await run(
    'cat "$ASSAY_INSTRUCTION_FILE" a.txt "$ASSAY_AGENT_FILE" > "$ASSAY_FINAL_MESSAGE_FILE"; echo noise',
    rung,
  )
  expect(stop).toEqual({ kind: 'finished' })
  expect(finalMessage).toBe(`Do the work.a---\nname: coder\ndescription: "Writes: backend code"\nmodel: sonnet\n---\n${agent.body}`)
})

test.each([
  ['exit 0', 1, { kind: 'finished' }],
  ['echo "I read it. One or many?"', 1, { kind: 'asked', questions: ['One or many?'] }],
  ['echo x > b.txt; echo "Done. One more?"', 1, { kind: 'finished' }],
  ['echo "One or many?"; exit 3', 1, { kind: 'failed', message: 'exit code 3' }],
  ['exit 3', 1, { kind: 'failed', message: 'exit code 3' }],
  ['kill -9 $$', 1, { kind: 'failed', message: 'ended by SIGKILL' }],
  ['no-such-program', 1, { kind: 'failed', message: 'exit code 127' }],
  ['sleep 30', 0.01, { kind: 'timed-out', ms: 600 }],
  ['head -c 80000000 /dev/zero', 1, { kind: 'failed', message: 'the limit outputBytes was reached' }],
])('%s, within %d minutes', async (command, minutes, stop) => {
  expect((await run(command, 'copy+bwrap', { minutes })).stop).toEqual(stop)
})

test('an interruption ends the command', async () => {
  const clock = new AbortController()
  setTimeout(() => clock.abort('interrupted'), 400)
  expect((await run('sleep 30', 'copy+bwrap', { signal: clock.signal })).stop).toEqual({ kind: 'failed', message: 'interrupted' })
})

test.each([
  ['nothing written', 'echo out', 'out\n'],
  ['a symlink', 'ln -s /etc/passwd "$ASSAY_FINAL_MESSAGE_FILE"; echo out', 'out\n'],
  ['a fifo', 'mkfifo "$ASSAY_FINAL_MESSAGE_FILE"; echo out', 'out\n'],
  ['a folder', 'mkdir "$ASSAY_FINAL_MESSAGE_FILE"; echo out', 'out\n'],
  ['an empty file', ': > "$ASSAY_FINAL_MESSAGE_FILE"; echo out', ''],
])('final message: %s', async (_, command, message) => {
  expect((await run(command)).finalMessage).toBe(message)
})

test('a giant final message is cut', async () => {
  const { finalMessage } = await run('head -c 20000000 /dev/zero | tr "\\0" y > "$ASSAY_FINAL_MESSAGE_FILE"')
  expect(finalMessage).toHaveLength(256 * 1024)
})

const CLIENT = `
const body = (stream) => JSON.stringify({ model: 'm', max_tokens: 9, stream, messages: [{ role: 'user', content: 'hi' }] })
const ask = async (stream, key = process.env.ANTHROPIC_API_KEY) => {
  const response = await fetch(process.env.ANTHROPIC_BASE_URL + '/v1/messages', { method: 'POST', headers: { 'x-api-key': key }, body: body(stream) })
  return [response.status, response.headers.get('content-type'), await response.text()]
}
const [json, sse, wrong, last] = [await ask(false), await ask(true), await ask(false, 'sk-other'), await ask(false)]
console.log(json[0], JSON.parse(json[2]).content[0].text)
console.log(sse[0], sse[1], sse[2].match(/^event: .*$/gm).join(' '))
console.log(wrong[0], last[0])
`

test.each(RUNGS)('the model is reached through the relay, plain and streamed, with the dummy key only (%s)', async (rung) => {
  const node = rung === 'none' ? process.execPath : '/opt/assay/node'
  const { stop, finalMessage, requests } = await run(`${node} --input-type=module <<'END'\n${CLIENT}\nEND`, rung)
  expect(finalMessage).toBe(
    '200 answer 0\n200 text/event-stream; charset=utf-8 event: message_start event: content_block_start event: ping event: content_block_delta event: content_block_stop event: message_delta event: message_stop\n401 400\n',
  )
  expect(requests).toHaveLength(2)
  expect(stop).toEqual({ kind: 'turn-limit', turns: 2 })
})

test('mounted folders are seen read-only under their name, and decide the identity with the command', async () => {
  const folder = await dir({ unsafeCleanup: true })
  const tool = join(folder.path, 'tool')
  await mkdir(join(tool, 'bin'), { recursive: true })
  await writeFile(join(tool, 'bin', 'go'), '#!/bin/sh\necho gone\n', { mode: 0o755 })
  const command = '/mnt/tool/bin/go; touch /mnt/tool/x 2>/dev/null || echo read-only'
  expect((await run(command, 'copy+bwrap', { mounts: [tool] })).finalMessage).toBe('gone\nread-only\n')

  const identities = [(await runnerOf(command)).identity]
  const remember = async () => identities.push((await runnerOf(command, [tool])).identity)
  await remember()
  await writeFile(join(tool, 'bin', 'go'), '#!/bin/sh\necho come\n')
  await remember()
  await symlink('bin/go', join(tool, 'go'))
  await remember()
  await remember()
  expect(new Set(identities).size).toBe(identities.length - 1)
  expect(identities.at(-1)).toBe(identities.at(-2))
  await folder.cleanup()
})

test('a mount that cannot be is refused before any trial', async () => {
  const folder = await dir({ unsafeCleanup: true })
  await mkdir(join(folder.path, 'a', 'x'), { recursive: true })
  await mkdir(join(folder.path, 'b', 'x'), { recursive: true })
  const [one, other] = [join(folder.path, 'a', 'x'), join(folder.path, 'b', 'x')]
  expect(await commandRunner({ command: 'true', mounts: [one, other] })).toMatchObject({
    kind: 'refused',
    message: expect.stringMatching(/already mounted at \/mnt\/x/),
  })
  expect(await commandRunner({ command: 'true', mounts: ['/no/such'] })).toMatchObject({
    kind: 'refused',
    message: '--mount /no/such: there is no such folder.',
  })
  await folder.cleanup()
})

test('background processes do not outlive the command', async () => {
  const began = performance.now()
  expect((await run('sleep 71.5 & setsid sleep 71.5 & echo done')).finalMessage).toBe('done\n')
  expect(performance.now() - began).toBeLessThan(10_000)
})
