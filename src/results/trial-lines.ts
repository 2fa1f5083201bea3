import { checkShape } from '../task/check-shape.ts'
import { trialSchema } from './schema.ts'
import type { Trial } from './trial.ts'

const FILE = 'trials.jsonl'

/** What `trials.jsonl` holds. `tornAt`: where a last line begins that was not wholly written, in bytes; null where there is none. */
export interface TrialLines {
  readonly trials: readonly Trial[]
  readonly tornAt: number | null
  /** The last line is whole but for its line break. */
  readonly unended: boolean
  /** `FILE:LINE: message`. */
  readonly problems: readonly string[]
}

/**
 * Reads `trials.jsonl`. A last line that is no JSON was cut short by a kill, a power cut or a full disk, and is told apart (`tornAt`);
 * any other line that cannot be a trial of `run` is a problem, named with its number: counting from a damaged file would be a guess.
 */
export function readTrialLines(bytes: Buffer, run: string): TrialLines {
  const seen = new Map<string, { readonly line: number; readonly trial: Trial }>()
  const problems: string[] = []
  let tornAt: number | null = null
  let line = 0
  for (const { start, text } of linesOf(bytes)) {
    line += 1
    const reading = readLine(text, run, line)
    if (reading.kind === 'torn' && isLast(bytes, start)) {
      tornAt = start
    } else if (reading.kind === 'torn') {
      problems.push(`${FILE}:${line}: is not JSON; it was cut short or overwritten`)
    } else if (reading.kind === 'bad') {
      problems.push(...reading.problems)
    } else {
      problems.push(...remember(seen, reading.trial, line))
    }
  }
  const unended = tornAt === null && bytes.length > 0 && bytes.at(-1) !== 0x0a
  return { trials: [...seen.values()].map(({ trial }) => trial), tornAt, unended, problems }
}

/** Remembers a trial, once; an attempt with two different results is a problem. */
function remember(seen: Map<string, { readonly line: number; readonly trial: Trial }>, trial: Trial, line: number): readonly string[] {
  const key = `${trial.id} ${trial.attempt}`
  const before = seen.get(key)
  if (before === undefined) {
    seen.set(key, { line, trial })
    return []
  }
  const what = `attempt ${trial.attempt} of ${trial.task} #${trial.k}`
  const same = JSON.stringify(before.trial) === JSON.stringify(trial)
  return same ? [] : [`${FILE}:${line}: another result for ${what}, which line ${before.line} has already`]
}

type LineReading =
  | { readonly kind: 'trial'; readonly trial: Trial }
  | { readonly kind: 'torn' }
  | { readonly kind: 'bad'; readonly problems: readonly string[] }

function readLine(text: string, run: string, line: number): LineReading {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return { kind: 'torn' }
  }
  const shape = checkShape(trialSchema, { data, at: () => ({ line, column: 1 }) }, FILE)
  if (shape.kind === 'bad') {
    return { kind: 'bad', problems: shape.problems.map((problem) => `${FILE}:${line}: ${problem.message}`) }
  }
  const trial = shape.value
  if (trial.run !== run) {
    return { kind: 'bad', problems: [`${FILE}:${line}: is a trial of another run (${trial.run})`] }
  }
  // Task and numbers become paths inside the run's folder, and the file may come from another machine.
  if (!/^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/.test(trial.task)) {
    return { kind: 'bad', problems: [`${FILE}:${line}: task is not FIXTURE/NAME`] }
  }
  return { kind: 'trial', trial }
}

function* linesOf(bytes: Buffer): Generator<{ readonly start: number; readonly text: string }> {
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start)
    const stop = end === -1 ? bytes.length : end
    yield { start, text: bytes.toString('utf8', start, stop) }
    start = stop + 1
  }
}

function isLast(bytes: Buffer, start: number): boolean {
  const end = bytes.indexOf(0x0a, start)
  return end === -1 || end === bytes.length - 1
}
