import { rulesDigest } from '../grading/rules.ts'
import { type MutateEnd, mutateTask } from '../mutate-task.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import { stackNamed } from '../stack/stacks.ts'
import { isStale } from '../task/stale.ts'
import type { Task } from '../task/task.ts'
import { cacheFolder, sweepScratch } from '../workspace/scratch.ts'
import { settleRung } from './plan-run.ts'
import { prepareTasks, type Readiness } from './prepare-tasks.ts'
import { chooseTasks, readProject } from './project.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface MutateOptions {
  readonly concurrency: number
  /** How many mutants of each solution are judged. */
  readonly most: number
}

/** `check --mutate`: plants faults in the solutions of proven tasks and tells which of them no test sees. Exit 1 where one survives that the task does not list as equivalent. */
export async function mutate(globs: readonly string[], options: MutateOptions, io: TerminalIo): Promise<ExitCode> {
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const chosen = chooseTasks(read.project.tasks, globs, null)
  if (chosen.kind === 'bad') {
    return refuse(io, chosen.message)
  }
  // Kind `tests` has mutants of its own, and the other kinds no solution to plant a fault in.
  const tasks = chosen.tasks.filter(({ kind }) => ['feature', 'bugfix', 'plan'].includes(kind))
  const stale = tasks.flatMap((task) => isStale(task, read.project.fixtures, rulesDigest) ?? [])
  if (stale.length > 0) {
    return refuse(io, stale.join('\n'))
  }
  const cache = cacheFolder(io.env)
  await sweepScratch(cache)
  const rung = await settleRung([{ tame: true }], null, cache)
  if (rung.kind === 'refused') {
    return refuse(io, rung.message)
  }
  const { readinessOf } = await prepareTasks(tasks, read.project.fixtures, { cache, rung: rung.rung }, io)
  let survived = false
  for (const task of tasks) {
    const end = await mutateOne(task, readinessOf(task), { ...options, rung: rung.rung, cache }, io)
    if (end.kind === 'interrupted') {
      return 130
    }
    const told = tell(task, end)
    io.out.write(told.text)
    survived = survived || !told.fine
  }
  return survived ? 1 : 0
}

async function mutateOne(
  task: Task,
  readiness: Readiness,
  how: MutateOptions & { readonly rung: Rung; readonly cache: string },
  io: TerminalIo,
): Promise<MutateEnd> {
  if (readiness.kind !== 'ready' || task.expected === null) {
    return { kind: 'failed', problems: readiness.kind === 'ready' ? [] : [readiness.sentence] }
  }
  const { prepared } = readiness
  const stack = stackNamed(prepared.fixture.stack)
  if (stack === null) {
    return { kind: 'failed', problems: [`there is no stack ${prepared.fixture.stack}`] }
  }
  const onJudged = (name: string, done: number, of: number) => io.err.write(`${task.id}: ${done} of ${of} (${name})\n`)
  return mutateTask({ task, prepared, stack, ...how, receipt: task.expected, signal: io.interrupt, onJudged })
}

function tell(task: Task, end: Exclude<MutateEnd, { kind: 'interrupted' }>): { readonly text: string; readonly fine: boolean } {
  if (end.kind === 'failed') {
    return { text: `${task.id}: not judged\n${end.problems.map((problem) => `  ${problem}\n`).join('')}`, fine: false }
  }
  const listed = end.survivors.filter((name) => name in task.equivalent)
  const unlisted = end.survivors.filter((name) => !(name in task.equivalent))
  const killed = end.planted - end.survivors.length
  const counts = `${killed} of ${end.planted} mutants killed (${end.possible} can be planted)`
  const equivalent = listed.length === 0 ? '' : `, ${listed.length} listed as equivalent`
  const survivors = unlisted.map((name) => `  survives: ${name}\n`).join('')
  return { text: `${task.id}: ${counts}${equivalent}\n${survivors}`, fine: unlisted.length === 0 }
}
