import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { dir } from 'tmp-promise'
import { expect, test } from 'vitest'
import { openKeeper } from '../../src/sandbox/keeper.ts'
import { command, leftBehind, openStage, play } from './stage.ts'

const SANDBOX = join(import.meta.dirname, '..', '..', 'src', 'sandbox')

test('the merged tree can be read from outside, and writes go to the upper folder alone', async () => {
  await using stage = await openStage('kept')
  const script = 'cat given; echo more >> given; echo new > added; mkdir -p deep/er; rm -f nothing'
  expect(await play(stage, command(['/bin/sh', '-c', script]))).toMatchObject({ ended: 'exited', exitCode: 0, stdout: 'given\n' })
  expect((await readdir(stage.written)).sort()).toEqual(['added', 'deep', 'given'])
  expect(await readFile(join(stage.scratch, 'lower', 'given'), 'utf8')).toBe('given\n')
  const { view } = stage
  const seen = view.kind === 'kept' ? await readdir(view.keeper.hostView) : []
  expect(seen.sort()).toEqual(['added', 'deep', 'given'])
  expect(await readdir(join(stage.scratch, 'view'))).toEqual([])
})

test('one command sees what the one before it wrote', async () => {
  await using stage = await openStage('kept')
  await play(stage, command(['/bin/sh', '-c', 'echo one > file']))
  expect(await play(stage, command(['cat', 'file']))).toMatchObject({ stdout: 'one\n' })
})

test('disposing ends the keeper, its mount and what still runs over it', async () => {
  const stage = await openStage('kept')
  const { view } = stage
  const pid = view.kind === 'kept' ? view.keeper.pid : 0
  expect(existsSync(`/proc/${pid}`)).toBe(true)
  await stage[Symbol.asyncDispose]()
  expect(existsSync(`/proc/${pid}`)).toBe(false)
  expect(existsSync(stage.scratch)).toBe(false)
  expect(await play(stage, command(['true']))).toMatchObject({ ended: 'not-started' })
})

test('a harness that is killed leaves neither keeper nor command', async () => {
  const scratch = await dir({ unsafeCleanup: true })
  await Promise.all(['lower', 'upper', 'work', 'view'].map((name) => mkdir(join(scratch.path, name))))
  await writeFile(join(scratch.path, 'harness.ts'), HARNESS)
  const harness = execa(process.execPath, ['harness.ts'], { cwd: scratch.path, reject: false, buffer: false })
  const [line] = await once(createInterface({ input: harness.stdout }), 'line')
  expect(line).toBe('running')
  expect(leftBehind('62.0600').length).toBeGreaterThan(0)
  harness.kill('SIGKILL')
  await harness
  await expect.poll(() => [...leftBehind('62.0600'), ...leftBehind(scratch.path)]).toEqual([])
  await execa('chmod', ['700', 'work/work'], { cwd: scratch.path })
  await scratch.cleanup()
})

const HARNESS = `
import { openKeeper } from ${JSON.stringify(join(SANDBOX, 'keeper.ts'))}
import { startCommand } from ${JSON.stringify(join(SANDBOX, 'start-command.ts'))}
const here = import.meta.dirname
const opened = await openKeeper({ lower: here + '/lower', upper: here + '/upper', work: here + '/work', view: here + '/view' })
const limits = { processes: 50, memoryBytes: 2 ** 28, fileBytes: 2 ** 20, diskBytes: 2 ** 20, outputBytes: 1000, wallMs: 60000 }
const argv = ['/bin/sh', '-c', 'setsid sleep 62.0600 & echo up; sleep 62.0600']
const child = startCommand({ kind: 'kept', keeper: opened.keeper }, [], {}, { argv, cwd: '.', env: {}, mounts: [], limits, network: false })
child.stdout.once('data', () => console.log('running'))
`

test.each([
  ['a comma in a path', 'lo,wer', /overlay options cannot hold/],
  ['a colon in a path', 'lo:wer', /overlay options cannot hold/],
  ['a folder that is not there', 'nowhere', /nowhere|mount|special device/],
])('%s is a value, not an exception', async (_name, lower, reason) => {
  await using stage = await openStage('bare')
  const at = (name: string): string => join(stage.scratch, name)
  const opened = await openKeeper({ lower: at(lower), upper: at('upper'), work: at('work'), view: at('view') })
  expect(opened).toMatchObject({ kind: 'failed', call: expect.stringContaining('mount -t overlay'), reason: expect.stringMatching(reason) })
})
