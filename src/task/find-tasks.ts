import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { listFiles } from './list-files.ts'
import { parseTask } from './parse-task.ts'
import type { Problem } from './problem.ts'
import { compareText, didYouMean } from './problem.ts'
import { type KnownRule, measureMistake, severityMistake } from './severity-mistake.ts'
import type { Task } from './task.ts'
import type { Positioned } from './yaml-document.ts'

export type TasksFound =
  | { readonly kind: 'found'; readonly tasks: readonly Task[] }
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

/** Names that a task may refer to; null where they are not to be checked. */
export interface KnownNames {
  readonly fixtures: readonly string[] | null
  readonly rules: readonly KnownRule[] | null
}

/**
 * Reads every `FIXTURE/NAME/task.md` below the tasks folder, sorted by id, or tells the problems of all of them together.
 * Rejects where the folder itself cannot be read. Symbolic links are problems: a task holds its own bytes.
 */
export async function findTasks(tasksFolder: string, known: KnownNames): Promise<TasksFound> {
  const { folders, problems } = await readFolders(tasksFolder)
  const readings = folders.map((folder) => parseTask(folder))
  const read = readings.flatMap((reading) => (reading.kind === 'read' ? [reading] : []))
  const shownTasks = basename(tasksFolder)
  const names = {
    ...known,
    tasks: new Map(read.map(({ task }) => [task.id, task])),
    mentioned: folders.map((folder) => `${folder.fixture}/${folder.name}`),
  }
  const all = [
    ...problems,
    ...readings.flatMap((reading) => (reading.kind === 'bad' ? reading.problems : [])),
    ...read.flatMap(({ task, at }) => referenceProblems(task, at, names, `${shownTasks}/${task.id}/task.md`)),
  ]
  return all.length > 0 ? { kind: 'bad', problems: all } : { kind: 'found', tasks: withTwins(read.map(({ task }) => task)) }
}

function withTwins(tasks: readonly Task[]): readonly Task[] {
  const namedBy = new Map(tasks.flatMap(({ id, twin }) => (twin === null ? [] : [[twin, id] as const])))
  return tasks.map((task) => ({ ...task, twinOf: namedBy.get(task.id) ?? null }))
}

interface Folder {
  readonly fixture: string
  readonly name: string
  readonly folder: string
  readonly shown: string
  readonly files: Map<string, Uint8Array>
}

async function readFolders(tasksFolder: string): Promise<{ readonly folders: readonly Folder[]; readonly problems: readonly Problem[] }> {
  const shownTasks = basename(tasksFolder)
  const folders = new Map<string, Folder>()
  const problems: Problem[] = []
  for (const { path, type } of await listFiles(tasksFolder)) {
    const [fixture = '', name = '', ...rest] = path.split('/')
    const file = `${shownTasks}/${path}`
    if (type !== 'file') {
      problems.push({
        file,
        line: 1,
        message: `is a ${type === 'symlink' ? 'symbolic link' : 'special file'}: a task holds plain files only`,
      })
    } else if (rest.length > 0) {
      const id = `${fixture}/${name}`
      const folder = folders.get(id) ?? { fixture, name, folder: join(tasksFolder, id), shown: `${shownTasks}/${id}`, files: new Map() }
      folders.set(id, folder)
      folder.files.set(rest.join('/'), await readFile(join(tasksFolder, path)))
    } else if (path.endsWith('.md') && name !== '') {
      problems.push({ file, line: 1, message: `is in no task: a task lies at ${shownTasks}/FIXTURE/NAME/task.md` })
    }
  }
  const tasks = [...folders.values()].toSorted((a, b) => compareText(a.shown, b.shown))
  return { folders: tasks.filter(({ files }) => files.has('task.md')), problems: [...problems, ...tasks.flatMap(missingPage)] }
}

function missingPage({ files, shown }: Folder): readonly Problem[] {
  return files.has('task.md') ? [] : [{ file: `${shown}/task.md`, line: 1, message: 'is missing: every task has one' }]
}

interface Names extends KnownNames {
  readonly tasks: ReadonlyMap<string, Task>
  /** Tasks that exist, readable or not. */
  readonly mentioned: readonly string[]
}

function referenceProblems(task: Task, at: Positioned['at'], names: Names, file: string): readonly Problem[] {
  const problems: Problem[] = []
  if (names.fixtures !== null && !names.fixtures.includes(task.fixture)) {
    problems.push({ file, line: 1, message: `there is no fixture \`${task.fixture}\`${didYouMean(task.fixture, names.fixtures)}` })
  }
  for (const { path, message } of names.rules === null ? [] : ruleMistakes(task, names.rules)) {
    problems.push({ file, ...at(path), message })
  }
  const twin = twinMistake(task, names)
  return twin === null ? problems : [...problems, { file, ...at(['clarify', 'twin']), message: twin }]
}

function ruleMistakes(task: Task, known: readonly KnownRule[]): readonly { readonly path: readonly string[]; readonly message: string }[] {
  const told = (key: string, rule: string, message: string | null) => (message === null ? [] : [{ path: [key, rule], message }])
  return [
    ...Object.entries(task.rules).flatMap(([rule, severity]) => told('rules', rule, severityMistake(rule, severity, known))),
    ...Object.keys(task.measures).flatMap((rule) => told('measures', rule, measureMistake(rule, known))),
  ]
}

function twinMistake({ twin }: Task, names: Names): string | null {
  if (twin === null) {
    return null
  }
  if (!names.mentioned.includes(twin)) {
    return `\`clarify.twin\`: there is no task \`${twin}\`${didYouMean(twin, names.mentioned)}`
  }
  return names.tasks.get(twin)?.kind === 'clarify' ? '`clarify.twin`: the twin has open questions itself (kind `clarify`)' : null
}
