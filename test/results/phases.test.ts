import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { describe, expect, onTestFinished, test } from 'vitest'
import { unfinishedAttempts } from '../../src/results/interrupted.ts'
import { attemptFolder, attemptState, setAsideInterrupted, writeSealed } from '../../src/results/phases.ts'
import { sumUsage } from '../../src/results/usage.ts'
import { graded, sampleRun } from './sample-run.ts'

async function scratch(): Promise<string> {
  const folder = await dir({ unsafeCleanup: true })
  onTestFinished(() => folder.cleanup())
  return folder.path
}

test.each([
  [[], 'none'],
  [['transcript.jsonl'], 'partial'],
  [['transcript.jsonl', 'objects.pack'], 'partial'],
  [['evidence.json'], 'partial'],
  [['transcript.jsonl', 'objects.pack', 'agent.json'], 'sealed'],
  [['transcript.jsonl', 'objects.pack', 'agent.json', 'reports'], 'sealed'],
  [['transcript.jsonl', 'objects.pack', 'agent.json', 'evidence.json'], 'collected'],
])('with %j in its folder an attempt is %s', async (names, state) => {
  const folder = await scratch()
  await Promise.all(names.map((name) => writeFile(join(folder, name), '')))
  expect(await attemptState(folder)).toBe(state)
})

test('an attempt without a folder has not begun', async () => {
  expect(await attemptState(join(await scratch(), 'absent'))).toBe('none')
})

test('an interrupted attempt is moved aside, as often as it happens', async () => {
  const folder = attemptFolder(await scratch(), { task: 'docket/a', k: 2, attempt: 1 })
  for (const n of [1, 2]) {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'transcript.jsonl'), String(n))
    expect(await setAsideInterrupted(folder)).toBe(`${folder}~interrupted-${n}`)
  }
  expect(await readdir(join(folder, '..'))).toEqual(['1~interrupted-1', '1~interrupted-2'])
  expect(await readFile(`${folder}~interrupted-1/transcript.jsonl`, 'utf8')).toBe('1')
})

describe('a sealed file', () => {
  test('makes its folder, replaces what was there, and leaves no draft', async () => {
    const folder = join(await scratch(), 'a', 'b')
    await writeSealed(folder, 'agent.json', 'first')
    await writeSealed(folder, 'agent.json', new Uint8Array([0, 255]))
    expect(await readFile(join(folder, 'agent.json'))).toEqual(Buffer.from([0, 255]))
    expect(await readdir(folder)).toEqual(['agent.json'])
  })

  test('that cannot be written leaves what was there', async () => {
    const folder = await scratch()
    await mkdir(join(folder, 'agent.json'))
    await chmod(folder, 0o700)
    await expect(writeSealed(folder, 'agent.json', 'x')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['agent.json'])
  })
})

describe('what interrupted attempts used', () => {
  const usage = { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, requests: 1, usd: 0.5 }
  const response = (change: object) => `${JSON.stringify({ kind: 'response', usage: { ...usage, ...change }, seq: 1, at: 1 })}\n`

  test('is read from their transcripts, torn ends left out; attempts that have a line are not counted again', async () => {
    const run = sampleRun(['docket/a'], 3)
    const folder = await scratch()
    const write = async (path: string, text: string) => {
      await mkdir(join(folder, 'trials', path), { recursive: true })
      await writeFile(join(folder, 'trials', path, 'transcript.jsonl'), text)
    }
    await write('docket/a/1/1', response({}))
    await write('docket/a/2/1~interrupted-1', `${response({})}${response({ usd: 0.25 })}{"kind":"resp`)
    await write('docket/a/10/1', response({ usd: null }))
    await write('docket/a/2/notes', response({}))
    await mkdir(join(folder, 'trials/docket/a/3/1'), { recursive: true })

    const found = await unfinishedAttempts(folder, [graded(run, 'docket/a', 1)])
    expect(found.map((attempt) => [attempt.folder, attempt.task, attempt.k, attempt.usage.usd, attempt.usage.requests])).toEqual([
      ['trials/docket/a/2/1~interrupted-1', 'docket/a', 2, 0.75, 2],
      ['trials/docket/a/3/1', 'docket/a', 3, 0, 0],
      ['trials/docket/a/10/1', 'docket/a', 10, null, 1],
    ])
  })

  test('a run without attempts has none', async () => {
    expect(await unfinishedAttempts(await scratch(), [])).toEqual([])
  })

  test('a sum with an unknown price is unknown', () => {
    expect(sumUsage([usage, { ...usage, usd: null }])).toEqual({
      input: 20,
      output: 10,
      cacheRead: 0,
      cacheWrite: 0,
      requests: 2,
      usd: null,
    })
    expect(sumUsage([]).usd).toBe(0)
  })
})
