import type { Problem } from './problem.ts'
import { didYouMean } from './problem.ts'
import type { Reading } from './task.ts'

/** The files of a task's folder, sorted by what they are for. Names of patches are without `.patch`. */
export interface TaskFiles {
  readonly texts: ReadonlyMap<'task.md' | 'expected.json' | 'start.patch' | 'solution.patch' | 'ask.md' | 'decline.md', string>
  readonly tests: ReadonlyMap<string, Uint8Array>
  readonly right: ReadonlyMap<string, string>
  readonly wrong: ReadonlyMap<string, string>
  readonly mutants: ReadonlyMap<string, string>
  readonly readings: ReadonlyMap<string, Reading>
}

const topTexts = ['task.md', 'expected.json', 'start.patch', 'solution.patch', 'ask.md', 'decline.md'] as const
const topNames = [...topTexts, 'tests', 'right', 'wrong', 'mutants', 'readings']

/** Sorts the files of one task; `shown` is the folder as problems name it. A file that no task has is a problem. */
export function sortTaskFiles(
  files: ReadonlyMap<string, Uint8Array>,
  shown: string,
): { readonly files: TaskFiles; readonly problems: readonly Problem[] } {
  const texts: Map<(typeof topTexts)[number], string> = new Map()
  const tests = new Map<string, Uint8Array>()
  const patches = { right: new Map<string, string>(), wrong: new Map<string, string>(), mutants: new Map<string, string>() }
  const readings = new Map<string, { solution: string; tests: Map<string, Uint8Array> }>()
  const problems: Problem[] = []
  const text = (path: string, content: Uint8Array): string => {
    const decoded = decodeText(content)
    const mistake = decoded === null ? 'is not UTF-8' : patchMistake(path, decoded)
    if (mistake !== null) {
      problems.push({ file: `${shown}/${path}`, line: 1, message: mistake })
    }
    return decoded ?? ''
  }
  for (const [path, content] of files) {
    const role = roleOf(path)
    switch (role.kind) {
      case 'text':
        texts.set(role.name, text(path, content))
        break
      case 'test':
        tests.set(role.path, content)
        break
      case 'patch':
        patches[role.folder].set(role.name, text(path, content))
        break
      case 'reading-solution':
        readingOf(readings, role.reading).solution = text(path, content)
        break
      case 'reading-test':
        readingOf(readings, role.reading).tests.set(role.path, content)
        break
      case 'unknown':
        problems.push({ file: `${shown}/${path}`, line: 1, message: role.message })
    }
  }
  return { files: { texts, tests, ...patches, readings }, problems }
}

type Role =
  | { readonly kind: 'text'; readonly name: (typeof topTexts)[number] }
  | { readonly kind: 'test'; readonly path: string }
  | { readonly kind: 'patch'; readonly folder: 'right' | 'wrong' | 'mutants'; readonly name: string }
  | { readonly kind: 'reading-solution'; readonly reading: string }
  | { readonly kind: 'reading-test'; readonly reading: string; readonly path: string }
  | { readonly kind: 'unknown'; readonly message: string }

function roleOf(path: string): Role {
  const [top = '', ...rest] = path.split('/')
  const name = topTexts.find((candidate) => candidate === path)
  if (name !== undefined) {
    return { kind: 'text', name }
  }
  if (top === 'tests' && rest.length > 0) {
    return { kind: 'test', path: rest.join('/') }
  }
  if (top === 'right' || top === 'wrong' || top === 'mutants') {
    const patch = /^([^/]+)\.patch$/.exec(rest.join('/'))?.[1]
    return patch === undefined
      ? { kind: 'unknown', message: `is not part of a task: \`${top}\` holds patches named \`NAME.patch\`` }
      : { kind: 'patch', folder: top, name: patch }
  }
  return top === 'readings' ? roleInReading(rest) : { kind: 'unknown', message: `is not part of a task${didYouMean(top, topNames)}` }
}

function roleInReading([reading = '', part, ...below]: readonly string[]): Role {
  if (part === 'solution.patch' && below.length === 0) {
    return { kind: 'reading-solution', reading }
  }
  if (part === 'tests' && below.length > 0) {
    return { kind: 'reading-test', reading, path: below.join('/') }
  }
  return { kind: 'unknown', message: 'is not part of a task: a reading holds `solution.patch` and `tests/`' }
}

function readingOf(readings: Map<string, { solution: string; tests: Map<string, Uint8Array> }>, id: string) {
  const reading = readings.get(id) ?? { solution: '', tests: new Map<string, Uint8Array>() }
  readings.set(id, reading)
  return reading
}

function patchMistake(path: string, text: string): string | null {
  if (!path.endsWith('.patch') || /^(?:diff --git |--- )/m.test(text)) {
    return null
  }
  return text.trim() === '' ? 'is empty' : 'is not a patch: expected what `git diff` prints'
}

/** Text of UTF-8 bytes, byte order mark dropped; null for other bytes. */
export function decodeText(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return null
  }
}
