import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { factsOfTask } from '../src/evidence/assemble.ts'
import type { EvidenceView } from '../src/evidence/evidence.ts'
import { findFixtures } from '../src/fixture/find-fixtures.ts'
import { stackNames } from '../src/stack/stacks.ts'
import { findTasks } from '../src/task/find-tasks.ts'
import type { Task } from '../src/task/task.ts'
import { applyPatchToTree } from '../src/workspace/apply-patch.ts'
import { installFiles } from '../src/workspace/install-files.ts'
import { evidenceOfPatch, type Ground, openGround } from './ground.ts'

/** Who wrote a clean change: somebody who has never seen the rules, somebody who aimed at them, or the author of a task. */
export const sources = ['blind', 'aware', 'solutions'] as const

export type Source = (typeof sources)[number]

/** A change that a careful reviewer would merge, as evidence. `name` is the path of its patch below the repository of Assay. */
export interface CleanChange {
  readonly source: Source
  readonly name: string
  readonly view: EvidenceView
}

const CHANGES = 'test/samples/clean-changes'

/**
 * Every clean change there is: `test/samples/clean-changes/{blind,aware}/REPOSITORY/*.patch`, made to a fixture or to a small repository of the corpus, and
 * the solutions of all tasks. What stands above the first `diff --git` of a patch is what its author was asked for.
 */
export async function readCorpus(assay: string): Promise<readonly CleanChange[]> {
  const grounds = await openGrounds(assay)
  const found: CleanChange[] = []
  for (const source of ['blind', 'aware'] as const) {
    for (const repository of await foldersIn(join(assay, CHANGES, source))) {
      const ground = grounds.get(repository)
      if (ground === undefined) {
        throw new Error(`${CHANGES}/${source}/${repository}: there is no repository of that name.`)
      }
      const folder = `${CHANGES}/${source}/${repository}`
      const patches = (await readdir(join(assay, folder))).filter((name) => name.endsWith('.patch')).toSorted()
      found.push(...(await Promise.all(patches.map((name) => written(assay, source, `${folder}/${name}`, ground)))))
    }
  }
  return [...found, ...(await solutions(assay, grounds))]
}

async function openGrounds(assay: string): Promise<ReadonlyMap<string, Ground>> {
  const grounds = new Map<string, Ground>()
  for (const folder of [join(assay, 'fixtures-repos'), join(assay, CHANGES, 'repositories')]) {
    const read = await findFixtures(folder, stackNames)
    if (read.kind === 'bad') {
      throw new Error(read.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'))
    }
    for (const fixture of read.fixtures) {
      grounds.set(fixture.name, await openGround(fixture, join(folder, fixture.name, 'repo')))
    }
  }
  return grounds
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
}

async function written(assay: string, source: Source, name: string, ground: Ground): Promise<CleanChange> {
  const text = await readFile(join(assay, name), 'utf8')
  const at = Math.max(0, text.search(/^diff --git /m))
  return { source, name, view: await evidenceOfPatch(ground, text.slice(at), { id: name, kind: 'feature' }, text.slice(0, at)) }
}

async function solutions(assay: string, grounds: ReadonlyMap<string, Ground>): Promise<readonly CleanChange[]> {
  const read = await findTasks(join(assay, 'tasks'), { fixtures: null, rules: null })
  if (read.kind === 'bad') {
    throw new Error(read.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'))
  }
  const found: CleanChange[] = []
  for (const task of read.tasks) {
    const ground = grounds.get(task.fixture)
    if (ground !== undefined) {
      await using begun = await whereItBegins(ground, task)
      found.push(...(await Promise.all(patchesOf(task).map((one) => solved(task, begun.ground, one)))))
    }
  }
  return found
}

interface Solution {
  readonly name: string
  readonly patch: string
  readonly kind: Task['kind']
}

/** In kind `tests` the `right` patches are ways to write the code, not the tests. */
function patchesOf(task: Task): readonly Solution[] {
  const { kind } = task
  return [
    ...(task.solution === '' ? [] : [{ name: 'solution', patch: task.solution, kind }]),
    ...[...task.readings].map(([id, { solution }]) => ({ name: `readings/${id}/solution`, patch: solution, kind })),
    ...[...task.right].map(([name, patch]) => ({ name: `right/${name}`, patch, kind: kind === 'tests' ? ('feature' as const) : kind })),
  ]
}

/** Hidden tests did not run here, so no rule may lean on them: it has to answer by the source alone. */
async function solved(task: Task, ground: Ground, { name, patch, kind }: Solution): Promise<CleanChange> {
  const { measures: _, instruction: __, ...facts } = factsOfTask(task, { failToPass: [], passToPass: [] }, '')
  const path = `tasks/${task.id}/${name}.patch`
  return { source: 'solutions', name: path, view: await evidenceOfPatch(ground, patch, { ...facts, kind }, task.instruction) }
}

/** The repository of a task, with its `start.patch` where it has one. */
async function whereItBegins(ground: Ground, task: Task): Promise<{ readonly ground: Ground } & AsyncDisposable> {
  if (task.start === '') {
    return { ground, [Symbol.asyncDispose]: async () => {} }
  }
  const scratch = await dir({ prefix: 'assay-corpus-', unsafeCleanup: true })
  const root = join(scratch.path, 'repo')
  await cp(ground.root, root, { recursive: true })
  const applied = await applyPatchToTree(root, task.start)
  if (applied.kind === 'rejected') {
    throw new Error(`${task.id}: start.patch does not apply: ${applied.message}`)
  }
  installFiles(root, applied.files)
  return { ground: await openGround(ground.fixture, root), [Symbol.asyncDispose]: () => scratch.cleanup() }
}
