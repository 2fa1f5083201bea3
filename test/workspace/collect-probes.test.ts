import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Probe, ProbeCommand } from '../../src/evidence/probe.ts'
import type { PreparedFixture } from '../../src/fixture/prepared-fixture.ts'
import { pytest } from '../../src/stack/pytest.ts'
import { openBlobStore } from '../../src/workspace/blob-store.ts'
import { collectProbes } from '../../src/workspace/collect-probes.ts'
import { openWorkspace } from '../../src/workspace/open-workspace.ts'
import { type Left, prepareToy, toyTask } from './toy-trial.ts'

const RUNG = 'copy+bwrap'
let cache: Awaited<ReturnType<typeof dir>>
let prepared: PreparedFixture

beforeAll(async () => {
  cache = await dir({ unsafeCleanup: true })
  prepared = await prepareToy(cache.path, RUNG)
})
afterAll(() => cache.cleanup())

/** Objects to every file that has the word `bad` in it, as linters do: exit 1. */
const grep: ProbeCommand = {
  command: '! grep -n bad {files} /dev/null',
  reads: 'paths',
  files: ['backend/**/*.py'],
  config: ['backend/lint.cfg'],
}

async function collect(
  left: Left,
  probes: PreparedFixture['fixture']['probes'],
  wanted: Parameters<typeof collectProbes>[1] = ['lint', 'format', 'migrations'],
) {
  const scratch = await dir({ unsafeCleanup: true })
  try {
    const fixture = { ...prepared, fixture: { ...prepared.fixture, probes, protected: ['backend/guard'] } }
    const blobs = openBlobStore(join(scratch.path, 'blobs'))
    const opened = await openWorkspace(fixture, { rung: RUNG, scratch: scratch.path, blobs })
    if (opened.kind === 'failed') {
      throw new Error(opened.reason)
    }
    const files = Object.entries(left).map(
      ([path, text]) => [path, typeof text === 'string' ? { content: Buffer.from(text), executable: false } : null] as const,
    )
    await opened.workspace.install(new Map(files))
    const changes = await opened.workspace.changes()
    await opened.workspace[Symbol.asyncDispose]()
    const plan = { task: toyTask, stack: pytest, prepared: fixture, rung: RUNG, changes, seed: 's', blobs, scratch: scratch.path } as const
    const collected = await collectProbes(plan, wanted)
    if (collected.kind === 'void') {
      throw new Error(collected.message)
    }
    return await Promise.all(
      collected.probes.map(async ({ name, on, files: given, exit, output, errors }: Probe) => ({
        probe: `${name} on ${on}`,
        files: given.join(' '),
        exit: exit.ended === 'exited' ? exit.exitCode : exit.ended,
        output: `${await blobs.get(output)}${await blobs.get(errors)}`,
      })),
    )
  } finally {
    await scratch.cleanup()
  }
}

test('what is clean is not asked of the base', async () => {
  expect(await collect({ 'backend/shop.py': 'good = 1\n', 'frontend/a.js': 'bad' }, { lint: grep })).toEqual([
    { probe: 'lint on result', files: 'backend/shop.py', exit: 0, output: '' },
  ])
})

test('what is not clean is asked of the base too, of the files that it has', async () => {
  const left = { 'backend/shop.py': 'bad = 1\n', "backend/o'new file.py": 'bad = 2\n' }
  expect(await collect(left, { lint: grep })).toEqual([
    {
      probe: 'lint on result',
      files: "backend/o'new file.py backend/shop.py",
      exit: 1,
      output: "backend/o'new file.py:1:bad = 2\nbackend/shop.py:1:bad = 1\n",
    },
    { probe: 'lint on base', files: 'backend/shop.py', exit: 0, output: '' },
  ])
})

test('configuration and protected files stay ours, and rooms leave nothing to one another', async () => {
  const command = 'ls backend/lint.cfg backend/guard backend/left; touch backend/left'
  const left = { 'backend/shop.py': 'a = 1\n', 'backend/lint.cfg': 'ignore all', 'backend/guard': 'mine' }
  const told = await collect(left, { lint: { ...grep, command: `${command}; false` } })
  expect(told.map(({ probe, output }) => [probe, output.match(/No such file/g)?.length])).toEqual([
    ['lint on result', 3],
    ['lint on base', 3],
  ])
})

test.each<[string, Left, PreparedFixture['fixture']['probes'], Parameters<typeof collectProbes>[1]]>([
  ['nothing was changed', {}, { lint: grep }, ['lint']],
  ['nothing that it is about was changed', { 'frontend/a.js': 'bad' }, { lint: grep }, ['lint']],
  ['only litter was left', { 'backend/__pycache__/a.py': 'bad' }, { lint: grep }, ['lint']],
  ['no rule asks for it', { 'backend/shop.py': 'bad = 1\n' }, { lint: grep }, ['format']],
  ['the fixture does not have it', { 'backend/shop.py': 'bad = 1\n' }, {}, ['lint']],
  ['its only file is gone', { 'backend/shop.py': null }, { lint: grep }, ['lint']],
])('not run where %s', async (_, left, probes, wanted) => {
  expect(await collect(left, probes, wanted)).toEqual([])
})

test('a command that is not there is evidence too', async () => {
  const [result] = await collect(
    { 'backend/shop.py': 'a = 1\n' },
    { migrations: { ...grep, command: 'no-such-tool --check', reads: 'text', finds: 'x' } },
  )
  expect(result).toMatchObject({ probe: 'migrations on result', exit: 127 })
})

test('a probe that belongs into a folder runs there, on files relative to it', async () => {
  const there: ProbeCommand = { ...grep, command: 'pwd; ! grep -n bad {files} /dev/null', folder: 'backend' }
  const [probe] = await collect({ 'backend/shop.py': 'bad = 1\n' }, { lint: there }, ['lint'])
  expect(probe).toMatchObject({ files: 'backend/shop.py', exit: 1, output: '/workspace/backend\nshop.py:1:bad = 1\n' })
})
