import { canonicalJson, digestOfFiles } from '../evidence/digest.ts'
import { checkShape } from './check-shape.ts'
import { crossCheck } from './cross-check.ts'
import { readFrontMatter } from './front-matter.ts'
import { readJson } from './json-document.ts'
import type { Problem } from './problem.ts'
import type { Ambiguity, ExpectedFinding, Receipt, Task } from './task.ts'
import type { TaskFiles } from './task-files.ts'
import { sortTaskFiles } from './task-files.ts'
import type { TaskFrontMatter } from './task-schema.ts'
import { receiptSchema, taskSchema } from './task-schema.ts'
import type { Positioned } from './yaml-document.ts'

/** A task's folder as bytes: `files` by path below it, `/` between parts. */
export interface TaskFolder {
  readonly fixture: string
  readonly name: string
  /** Absolute, on the host. */
  readonly folder: string
  /** The folder as problems name it. */
  readonly shown: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** A task, and where each key of its task.md stands; or every mistake in the folder. */
export type TaskReading =
  | { readonly kind: 'read'; readonly task: Task; readonly at: Positioned['at'] }
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

/** Reads one task. Pure: all bytes come in. */
export function parseTask(folder: TaskFolder): TaskReading {
  const { files, problems } = sortTaskFiles(folder.files, folder.shown)
  const front = readTaskPage(files, folder.shown)
  const receipt = readReceipt(files, folder.shown)
  const mistakes = [...problems, ...front.problems, ...receipt.problems]
  if (front.page === null || mistakes.length > 0) {
    return { kind: 'bad', problems: mistakes }
  }
  const { value, written, instruction, at } = front.page
  const digest = digestOf(folder, written, instruction)
  return { kind: 'read', at, task: assemble({ folder, front: value, files, instruction, digest, expected: receipt.expected }) }
}

interface TaskPage {
  readonly value: TaskFrontMatter
  /** The front matter as it was written, without defaults. */
  readonly written: unknown
  readonly instruction: string
  readonly at: Positioned['at']
}

function readTaskPage(files: TaskFiles, shown: string): { readonly page: TaskPage | null; readonly problems: readonly Problem[] } {
  const file = `${shown}/task.md`
  const reading = readFrontMatter(files.texts.get('task.md') ?? '', file)
  if (reading.kind === 'bad') {
    return { page: null, problems: reading.problems }
  }
  const instruction = reading.body.trim()
  const empty = instruction === '' ? [{ file, line: 1, message: 'has no instruction: nothing stands below the front matter' }] : []
  const shape = checkShape(taskSchema, reading, file)
  if (shape.kind === 'bad') {
    return { page: null, problems: [...shape.problems, ...empty] }
  }
  const problems = [...crossCheck(shape.value, files, reading, shown), ...empty]
  return { page: { value: shape.value, written: reading.data, instruction, at: reading.at }, problems }
}

function readReceipt(files: TaskFiles, shown: string): { readonly expected: Receipt | null; readonly problems: readonly Problem[] } {
  const text = files.texts.get('expected.json')
  if (text === undefined) {
    return { expected: null, problems: [] }
  }
  const file = `${shown}/expected.json`
  const reading = readJson(text, file)
  const shape = reading.kind === 'bad' ? reading : checkShape(receiptSchema, reading, file)
  return shape.kind === 'bad' ? { expected: null, problems: shape.problems } : { expected: shape.value, problems: [] }
}

interface Parts {
  readonly folder: TaskFolder
  readonly front: TaskFrontMatter
  readonly files: TaskFiles
  readonly instruction: string
  readonly digest: string
  readonly expected: Receipt | null
}

function assemble({ folder, front, files, instruction, digest, expected }: Parts): Task {
  return {
    id: `${folder.fixture}/${folder.name}`,
    fixture: folder.fixture,
    name: folder.name,
    folder: folder.folder,
    title: front.title,
    kind: front.kind,
    tags: front.tags,
    suites: front.suites,
    difficulty: front.difficulty,
    exercises: front.exercises,
    limits: front.limits,
    mayChange: front.may_change,
    deliverable: front.deliverable,
    kill: front.kill ?? 0,
    rules: front.rules,
    needs: front.needs,
    mistake: front.mistake ?? '',
    ambiguities: ambiguitiesOf(front),
    twin: twinOf(front, folder.fixture),
    scope: front.scope,
    instruction,
    tests: files.tests,
    start: files.texts.get('start.patch') ?? '',
    solution: files.texts.get('solution.patch') ?? '',
    right: files.right,
    wrong: new Map([...files.wrong].map(([name, patch]) => [name, { patch, draws: (front.wrong[name] ?? []).map(expectedFinding) }])),
    mutants: files.mutants,
    readings: files.readings,
    ask: files.texts.get('ask.md')?.trim() ?? null,
    decline: files.texts.get('decline.md')?.trim() ?? null,
    digest,
    expected,
  }
}

/** Keys of task.md that tell people about a task and decide nothing in a trial of it. */
const labels: readonly string[] = ['title', 'tags', 'suites', 'difficulty', 'exercises', 'mistake']

/** sha256 over all that decides a trial or a proof: another label neither stales a receipt nor keeps two runs from being compared. */
function digestOf(folder: TaskFolder, written: unknown, instruction: string): string {
  const front = Object.fromEntries(Object.entries(written ?? {}).filter(([key]) => !labels.includes(key)))
  const page = Buffer.from(canonicalJson({ front, instruction }))
  return digestOfFiles([
    ...[...folder.files].filter(([path]) => path !== 'expected.json' && path !== 'task.md'),
    ['task.md', page] as const,
  ])
}

function expectedFinding(draw: string): ExpectedFinding {
  const space = draw.indexOf(' ')
  return space === -1 ? { code: draw } : { code: draw.slice(0, space), path: draw.slice(space + 1).trim() }
}

function ambiguitiesOf(front: TaskFrontMatter): readonly Ambiguity[] {
  const { must_ask = [], must_not_ask = [] } = front.clarify ?? {}
  return [
    ...must_ask.map(({ readings, ...question }) => ({
      ...question,
      mustAsk: true,
      readings: Object.entries(readings).map(([id, answer]) => ({ id, answer })),
    })),
    ...must_not_ask.map((question) => ({ ...question, mustAsk: false, readings: [] })),
  ]
}

function twinOf(front: TaskFrontMatter, fixture: string): string | null {
  const twin = front.clarify?.twin ?? null
  return twin === null || twin.includes('/') ? twin : `${fixture}/${twin}`
}
