import { mkdir, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkShape } from '../task/check-shape.ts'
import { readJson } from '../task/json-document.ts'
import type { Problem } from '../task/problem.ts'
import { takeLock } from './lock.ts'
import { syncFolder, writeSealed } from './phases.ts'
import type { Run } from './run.ts'
import { runSchema } from './schema.ts'
import type { Trial } from './trial.ts'
import { readTrialLines } from './trial-lines.ts'
import { openTrialLog, type TrialLog } from './trial-log.ts'

/** The right to add trials to a run's folder, until it is disposed of. */
export interface RunWriter extends AsyncDisposable {
  readonly folder: string
  readonly run: Run
  /** The trials that were in the folder when it was opened. */
  readonly trials: readonly Trial[]
  /** Where a last line that was cut short has been put; null where there was none. */
  readonly tornKeptAt: string | null
  readonly append: TrialLog['append']
}

export type OpenedRun =
  | { readonly kind: 'open'; readonly run: Run; readonly trials: readonly Trial[] }
  | { readonly kind: 'bad'; readonly problems: readonly string[] }

export type LockedRun =
  | { readonly kind: 'locked'; readonly writer: RunWriter }
  /** Another process is at work on the run. */
  | { readonly kind: 'held'; readonly message: string }
  | { readonly kind: 'bad'; readonly problems: readonly string[] }

/** Makes `OUT/RUN/` with its `run.json`, locked for us. `bad` where the folder exists already. Rejects where the disk refuses: nothing has been paid for yet. */
export async function createRun(outFolder: string, run: Run): Promise<LockedRun> {
  const folder = join(outFolder, run.run)
  await mkdir(outFolder, { recursive: true })
  try {
    await mkdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return { kind: 'bad', problems: [`${folder} exists already`] }
    }
    throw error
  }
  try {
    await syncFolder(outFolder)
    await writeSealed(folder, 'run.json', `${JSON.stringify(run, null, 2)}\n`)
    return await lockRun(folder)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Reads a run, also one that another process is adding to: changes nothing, and leaves out a last line that is not whole. */
export async function openRun(folder: string): Promise<OpenedRun> {
  const read = await readRun(folder)
  return read.kind === 'bad' ? read : { kind: 'open', run: read.run, trials: read.lines.trials }
}

/** Opens a run to go on with it. A last line that was cut short is moved to `trials.jsonl.torn-N`, and its trial counts as not finished. */
export async function lockRun(folder: string): Promise<LockedRun> {
  const before = await readRun(folder)
  if (before.kind === 'bad') {
    return before
  }
  const lock = await takeLock(folder)
  if (lock.kind === 'held') {
    const message = `process ${lock.pid} on ${lock.host} is at work on this run; if it is no longer there, delete ${lock.file}`
    return { kind: 'held', message }
  }
  try {
    // Read again: the one who held the lock may have added to it since.
    const read = await readRun(folder)
    if (read.kind === 'bad') {
      await lock.release()
      return read
    }
    const tornKeptAt = await mend(folder, read.lines)
    const log = await openTrialLog(folder, read.run.run)
    const dispose = async () => {
      await log.close()
      await lock.release()
    }
    const { run, lines } = read
    return { kind: 'locked', writer: { folder, run, trials: lines.trials, tornKeptAt, append: log.append, [Symbol.asyncDispose]: dispose } }
  } catch (error) {
    await lock.release()
    throw error
  }
}

type ReadRun =
  | { readonly kind: 'read'; readonly run: Run; readonly lines: ReturnType<typeof readTrialLines> }
  | { readonly kind: 'bad'; readonly problems: readonly string[] }

async function readRun(folder: string): Promise<ReadRun> {
  const text = await readIfThere(join(folder, 'run.json'))
  if (text === null) {
    return { kind: 'bad', problems: [`${folder} is not the folder of a run: it has no run.json`] }
  }
  const read = parseRun(text.toString('utf8'))
  if (read.kind === 'bad') {
    return read
  }
  const lines = readTrialLines((await readIfThere(join(folder, 'trials.jsonl'))) ?? Buffer.alloc(0), read.run.run)
  return lines.problems.length > 0 ? { kind: 'bad', problems: lines.problems } : { kind: 'read', run: read.run, lines }
}

function parseRun(
  text: string,
): { readonly kind: 'run'; readonly run: Run } | { readonly kind: 'bad'; readonly problems: readonly string[] } {
  const document = readJson(text, 'run.json')
  if (document.kind === 'bad') {
    return { kind: 'bad', problems: document.problems.map(asLine) }
  }
  const { data } = document
  if (typeof data === 'object' && data !== null && 'schema' in data && data.schema !== 1) {
    const version = JSON.stringify(data.schema)
    return { kind: 'bad', problems: [`run.json: schema ${version} was written by another version of Assay; this one reads schema 1`] }
  }
  const shape = checkShape(runSchema, document, 'run.json')
  return shape.kind === 'bad' ? { kind: 'bad', problems: shape.problems.map(asLine) } : { kind: 'run', run: shape.value }
}

function asLine({ file, line, message }: Problem): string {
  return `${file}:${line}: ${message}`
}

async function readIfThere(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return null
    }
    throw error
  })
}

/** Makes the end of `trials.jsonl` fit to be added to. What is cut is safe elsewhere first. */
async function mend(folder: string, lines: ReturnType<typeof readTrialLines>): Promise<string | null> {
  const file = join(folder, 'trials.jsonl')
  if (lines.unended) {
    await writeFile(file, '\n', { flag: 'a', flush: true })
    return null
  }
  if (lines.tornAt === null) {
    return null
  }
  const name = await freeName(folder)
  await writeSealed(folder, name, (await readFile(file)).subarray(lines.tornAt))
  await truncate(file, lines.tornAt)
  const handle = await open(file, 'r+')
  try {
    await handle.datasync()
  } finally {
    await handle.close()
  }
  return join(folder, name)
}

async function freeName(folder: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = `trials.jsonl.torn-${n}`
    const taken = await stat(join(folder, name)).then(
      () => true,
      () => false,
    )
    if (!taken) {
      return name
    }
  }
}
