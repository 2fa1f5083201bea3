import { join } from 'node:path'
import { findFixtures } from '../fixture/find-fixtures.ts'
import type { Fixture } from '../fixture/fixture.ts'
import { rules } from '../grading/rules.ts'
import { stackNames } from '../stack/stacks.ts'
import { findTasks } from '../task/find-tasks.ts'
import { printProblems } from '../task/problem.ts'
import { selectTasks } from '../task/select-tasks.ts'
import type { Task } from '../task/task.ts'

/** What the folders `tasks` and `fixtures-repos` hold. */
export interface Project {
  readonly tasks: readonly Task[]
  readonly fixtures: readonly Fixture[]
}

export type ProjectRead = { readonly kind: 'read'; readonly project: Project } | { readonly kind: 'bad'; readonly message: string }

/** Reads every task and fixture of a project, or tells all mistakes of all its files at once. */
export async function readProject(root: string): Promise<ProjectRead> {
  try {
    const fixtures = await findFixtures(join(root, 'fixtures-repos'), stackNames)
    const names = fixtures.kind === 'found' ? fixtures.fixtures.map(({ name }) => name) : null
    const tasks = await findTasks(join(root, 'tasks'), { fixtures: names, rules })
    const problems = [fixtures, tasks].flatMap((found) => (found.kind === 'bad' ? found.problems : []))
    if (fixtures.kind === 'bad' || tasks.kind === 'bad') {
      return { kind: 'bad', message: printProblems(problems).trimEnd() }
    }
    return { kind: 'read', project: { tasks: tasks.tasks, fixtures: fixtures.fixtures } }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {
        kind: 'bad',
        message: `${(error as NodeJS.ErrnoException).path} is missing: Assay runs in a folder that has tasks and fixtures-repos.`,
      }
    }
    throw error
  }
}

/** What a run of no named task and no named suite takes: the suite `smoke` where there is one. */
export function suiteOf(tasks: readonly Task[], globs: readonly string[], suite: string | null): string | null {
  return suite === null && globs.length === 0 && tasks.some((task) => task.suites.includes('smoke')) ? 'smoke' : suite
}

/** The tasks that globs and a suite name; a sentence where they name none. */
export function chooseTasks(
  tasks: readonly Task[],
  globs: readonly string[],
  suite: string | null,
): { readonly kind: 'chosen'; readonly tasks: readonly Task[] } | { readonly kind: 'bad'; readonly message: string } {
  const suites = [...new Set(tasks.flatMap((task) => task.suites))].toSorted()
  if (suite !== null && !suites.includes(suite)) {
    return { kind: 'bad', message: `There is no suite \`${suite}\`; there are: ${suites.join(', ') || 'none'}.` }
  }
  const selection = selectTasks(tasks, globs)
  if (selection.kind === 'unknown') {
    const hint = selection.nearest === null ? '`npm run assay -- list` shows all tasks.' : `Did you mean \`${selection.nearest}\`?`
    return { kind: 'bad', message: `No task is named \`${selection.glob}\`. ${hint}` }
  }
  const chosen = selection.tasks.filter((task) => suite === null || task.suites.includes(suite))
  return chosen.length === 0 ? { kind: 'bad', message: 'No task is left to run.' } : { kind: 'chosen', tasks: chosen }
}
