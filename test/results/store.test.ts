import { appendFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { dir } from 'tmp-promise'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createRun, lockRun, openRun, type RunWriter } from '../../src/results/store.ts'
import { graded, RUN_ID, sampleRun, voided } from './sample-run.ts'

const run = sampleRun(['docket/a', 'docket/b'], 2)

async function scratch(): Promise<string> {
  const folder = await dir({ unsafeCleanup: true })
  onTestFinished(() => folder.cleanup())
  return folder.path
}

async function created(out: string): Promise<RunWriter> {
  const answer = await createRun(out, run)
  if (answer.kind !== 'locked') {
    throw new Error(JSON.stringify(answer))
  }
  return answer.writer
}

async function locked(folder: string): Promise<RunWriter> {
  const answer = await lockRun(folder)
  if (answer.kind !== 'locked') {
    throw new Error(JSON.stringify(answer))
  }
  return answer.writer
}

/** A run's folder with these trials, closed. */
async function folderWith(...trials: Parameters<RunWriter['append']>[0][]): Promise<string> {
  await using writer = await created(await scratch())
  for (const trial of trials) {
    expect(await writer.append(trial)).toEqual({ kind: 'appended' })
  }
  return writer.folder
}

test('a run is read as it was written', async () => {
  const trials = [voided(run, 'docket/a', 1), graded(run, 'docket/a', 1, { attempt: 2 })]
  const folder = await folderWith(...trials)
  expect(await openRun(folder)).toEqual({ kind: 'open', run, trials })
  expect((await readdir(folder)).toSorted()).toEqual(['run.json', 'trials.jsonl'])
})

test('a run is made once', async () => {
  const out = await scratch()
  await using writer = await created(out)
  expect(await createRun(out, run)).toEqual({ kind: 'bad', problems: [`${writer.folder} exists already`] })
})

test('trials added at the same time are whole lines, each in the file when its promise resolves', async () => {
  await using writer = await created(await scratch())
  const ks = Array.from({ length: 200 }, (_, index) => index + 1)
  await Promise.all(
    ks.map(async (k) => {
      expect(await writer.append(graded(run, 'docket/a', k))).toEqual({ kind: 'appended' })
      expect(await readFile(join(writer.folder, 'trials.jsonl'), 'utf8')).toContain(`"k":${k},`)
    }),
  )
  const read = await openRun(writer.folder)
  expect(read.kind === 'open' && read.trials.map((trial) => trial.k)).toEqual(ks)
})

test('a trial of another run is our bug', async () => {
  await using writer = await created(await scratch())
  await expect(writer.append({ ...graded(run, 'docket/a', 1), run: 'other' })).rejects.toThrow('a trial of run other')
})

describe('the end of trials.jsonl after a kill, a power cut or a full disk', () => {
  const line = JSON.stringify(graded(run, 'docket/a', 2))

  test.each([
    ['half a line', Buffer.from(line.slice(0, 40))],
    ['a line without its last byte', Buffer.from(line.slice(0, -1))],
    ['half a character', Buffer.from(`${line.slice(0, 20)}é`).subarray(0, -1)],
    ['zeros, as ext4 leaves them', Buffer.alloc(300)],
    ['zeros and the end of a line', Buffer.concat([Buffer.alloc(300), Buffer.from('"}\n')])],
  ])('%s is put aside, byte by byte, and the trial is not finished', async (_, tail) => {
    const folder = await folderWith(graded(run, 'docket/a', 1))
    await appendFile(join(folder, 'trials.jsonl'), tail)

    const read = await openRun(folder)
    expect(read.kind === 'open' && read.trials).toHaveLength(1)
    expect(await readdir(folder)).not.toContain('trials.jsonl.torn-1')

    await using writer = await locked(folder)
    expect(writer.trials).toHaveLength(1)
    expect(writer.tornKeptAt).toBe(join(folder, 'trials.jsonl.torn-1'))
    expect(await readFile(join(folder, 'trials.jsonl.torn-1'))).toEqual(tail)
    await writer.append(graded(run, 'docket/a', 2))
    const after = await openRun(folder)
    expect(after.kind === 'open' && after.trials.map((trial) => trial.k)).toEqual([1, 2])
  })

  test('a second torn line does not replace the first', async () => {
    const folder = await folderWith()
    for (const n of [1, 2]) {
      await appendFile(join(folder, 'trials.jsonl'), `{"torn":${n}`)
      await using writer = await locked(folder)
      expect(writer.tornKeptAt).toBe(join(folder, `trials.jsonl.torn-${n}`))
    }
    expect(await readFile(join(folder, 'trials.jsonl.torn-1'), 'utf8')).toBe('{"torn":1')
  })

  test('a whole line that lacks only its line break is a finished trial', async () => {
    const folder = await folderWith(graded(run, 'docket/a', 1))
    await appendFile(join(folder, 'trials.jsonl'), line)
    await using writer = await locked(folder)
    expect(writer.tornKeptAt).toBe(null)
    await writer.append(graded(run, 'docket/a', 3))
    const read = await openRun(folder)
    expect(read.kind === 'open' && read.trials.map((trial) => trial.k)).toEqual([1, 2, 3])
  })
})

describe('what cannot be counted from is named, with its line, and nothing is changed', () => {
  const good = JSON.stringify(graded(run, 'docket/a', 1))
  const with_ = (change: object) => JSON.stringify({ ...graded(run, 'docket/a', 1), ...change })

  test.each([
    ['a torn line in the middle', `${good.slice(0, 30)}\n${good}\n`, 'trials.jsonl:1: is not JSON; it was cut short or overwritten'],
    ['a blank line', `${good}\n\n${good}\n`, 'trials.jsonl:2: is not JSON; it was cut short or overwritten'],
    ['no trial', `${good}\n7\n${good}\n`, 'trials.jsonl:2: ``: expected keys with values, got 7'],
    ['an unknown key', `${with_({ secnods: 1 })}\n`, 'trials.jsonl:1: unknown key `secnods`; did you mean `seconds`?'],
    [
      'another run',
      `${with_({ run: RUN_ID.replace('S', 'T') })}\n`,
      'trials.jsonl:1: is a trial of another run (01KAQ3T8ZR4W6T9X2B5C7D8E9F)',
    ],
    ['a path that leaves the folder', `${with_({ task: '../x' })}\n`, 'trials.jsonl:1: task is not FIXTURE/NAME'],
    ['a path that leaves the folder later', `${with_({ task: 'x/..' })}\n`, 'trials.jsonl:1: task is not FIXTURE/NAME'],
    ['a k that is no number', `${with_({ k: '../1' })}\n`, 'trials.jsonl:1: `k`: expected a number, got "../1"'],
    ['an unknown outcome', `${with_({ outcome: 'won' })}\n`, 'trials.jsonl:1: `outcome`: expected one of graded, void, got "won"'],
    [
      'two results for one attempt',
      `${good}\n${with_({ passed: false })}\n`,
      'trials.jsonl:2: another result for attempt 1 of docket/a #1, which line 1 has already',
    ],
  ])('%s', async (_, text, problem) => {
    const folder = await folderWith()
    await writeFile(join(folder, 'trials.jsonl'), text)
    const bad = { kind: 'bad', problems: [problem] }
    expect(await openRun(folder)).toEqual(bad)
    expect(await lockRun(folder)).toEqual(bad)
    expect(await readFile(join(folder, 'trials.jsonl'), 'utf8')).toBe(text)
  })

  test('the same line twice is one trial', async () => {
    const folder = await folderWith()
    await writeFile(join(folder, 'trials.jsonl'), `${good}\n${good}\n`)
    const read = await openRun(folder)
    expect(read.kind === 'open' && read.trials).toHaveLength(1)
  })

  test.each([
    ['{"schema": 1', /^run.json:1: is not JSON/],
    ['null', /^run.json:1: /],
    [JSON.stringify({ ...run, schema: 2 }), /schema 2 was written by another version of Assay/],
  ])('run.json %#', async (text, problem) => {
    const folder = await folderWith()
    await writeFile(join(folder, 'run.json'), text)
    expect(await openRun(folder)).toEqual({ kind: 'bad', problems: [expect.stringMatching(problem)] })
  })

  test('a folder without run.json', async () => {
    const folder = await scratch()
    expect(await openRun(folder)).toEqual({ kind: 'bad', problems: [`${folder} is not the folder of a run: it has no run.json`] })
  })
})

describe('real processes', () => {
  const start = (folder: string, filler = 0, limit = 'unlimited') =>
    execa(
      'sh',
      [
        '-c',
        `ulimit -f ${limit}; exec "$0" "$@"`,
        process.execPath,
        join(import.meta.dirname, 'append-forever.ts'),
        folder,
        String(filler),
      ],
      {
        extendEnv: false,
        reject: false,
        stderr: 'inherit',
      },
    )
  const told = (stdout: string) =>
    stdout
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as { k: number; kind: string; cause?: string })

  test('after SIGKILL, again and again, every trial that was told safe is there once', async () => {
    const folder = await folderWith()
    let safe = 0
    for (const ms of [5, 20, 35]) {
      const child = start(folder, 3000)
      await new Promise((go) => child.stdout.once('data', go))
      await new Promise((go) => setTimeout(go, ms))
      child.kill('SIGKILL')
      safe = told((await child).stdout).at(-1)?.k ?? 0
      const read = await openRun(folder)
      const ks = read.kind === 'open' ? read.trials.map((trial) => trial.k) : []
      expect(ks).toEqual(ks.map((_, index) => index + 1))
      expect(ks.length).toBeGreaterThanOrEqual(safe)
    }
    expect(safe).toBeGreaterThan(3)
  })

  test('a disk that is full (a limit on the size of files) is an answer, and leaves no half line', async () => {
    const folder = await folderWith()
    const { stdout, exitCode } = await start(folder, 3000, '32')
    const last = told(stdout).at(-1)
    expect({ exitCode, last }).toMatchObject({ exitCode: 0, last: { kind: 'failed', cause: 'disk-full' } })
    const text = await readFile(join(folder, 'trials.jsonl'), 'utf8')
    expect(text.endsWith('}\n')).toBe(true)
    const read = await openRun(folder)
    expect(read.kind === 'open' && read.trials).toHaveLength((last?.k ?? 0) - 1)
  })

  test('two processes do not add to one run', async () => {
    const folder = await folderWith()
    const child = start(folder)
    await new Promise((go) => child.stdout.once('data', go))
    expect(await lockRun(folder)).toEqual({
      kind: 'held',
      message: expect.stringMatching(
        `^process ${child.pid} on .* is at work on this run; if it is no longer there, delete ${folder}/lock.1$`,
      ),
    })
    child.kill('SIGKILL')
    await child
    await using writer = await locked(folder)
    expect(writer.run.run).toBe(RUN_ID)
  })
})

test('a line that was cut behind our back is not added to as if it were whole', async () => {
  const folder = await folderWith(graded(run, 'docket/a', 1), graded(run, 'docket/a', 2))
  await truncate(join(folder, 'trials.jsonl'), 100)
  await using writer = await locked(folder)
  expect(writer.trials).toEqual([])
})

test('a file where the results folder should be is an error, and nothing is left', async () => {
  const out = await scratch()
  await writeFile(join(out, 'results'), '')
  await expect(createRun(join(out, 'results'), run)).rejects.toThrow()
  await mkdir(join(out, 'fine'))
  expect(await readdir(out)).toEqual(['fine', 'results'])
})
