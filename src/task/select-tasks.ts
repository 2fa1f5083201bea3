import { matcher } from '../evidence/glob.ts'
import { nearestTo } from './problem.ts'
import type { Task } from './task.ts'

export type Selection =
  | { readonly kind: 'selected'; readonly tasks: readonly Task[] }
  | { readonly kind: 'unknown'; readonly glob: string; readonly nearest: string | null }

/**
 * The tasks that one of `globs` names, in the order of `tasks`; all of them for no glob.
 * A glob with a slash is matched against `FIXTURE/NAME`, one without against the fixture's and the task's own name.
 * The first glob that names nothing is `unknown`.
 */
export function selectTasks(tasks: readonly Task[], globs: readonly string[]): Selection {
  if (globs.length === 0) {
    return { kind: 'selected', tasks }
  }
  const matchers = globs.map((glob) => ({ glob, matches: matcherOf(glob) }))
  const idle = matchers.find(({ matches }) => !tasks.some(matches))
  if (idle !== undefined) {
    return { kind: 'unknown', glob: idle.glob, nearest: nearestName(idle.glob, tasks) }
  }
  return { kind: 'selected', tasks: tasks.filter((task) => matchers.some(({ matches }) => matches(task))) }
}

function matcherOf(glob: string): (task: Task) => boolean {
  const trimmed = glob.replace(/\/$/, '')
  const matches = matcher([trimmed])
  return (task) => (trimmed.includes('/') ? matches(task.id) : matches(task.name) || matches(task.fixture))
}

function nearestName(glob: string, tasks: readonly Task[]): string | null {
  const ids = tasks.map((task) => task.id)
  if (glob.includes('/')) {
    return nearestTo(glob, ids)
  }
  const names = [...new Set(tasks.flatMap((task) => [task.name, task.fixture]))]
  return nearestTo(glob, names) ?? nearestTo(glob, ids)
}
