import { type CheckEnd, checkTask } from '../check-task.ts'
import { rulesDigest } from '../grading/rules.ts'
import { duration, plural } from '../report/figures.ts'
import { stackNamed } from '../stack/stacks.ts'
import { completenessOf } from '../task/completeness.ts'
import { printProblems } from '../task/problem.ts'
import { isRotating } from '../task/rotation.ts'
import { isStale } from '../task/stale.ts'
import type { Receipt, Task } from '../task/task.ts'
import { writeReceipt } from '../task/write-receipt.ts'
import { cacheFolder, sweepScratch } from '../workspace/scratch.ts'
import { settleRung } from './plan-run.ts'
import { prepareTasks, type Readiness } from './prepare-tasks.ts'
import { chooseTasks, readProject } from './project.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface CheckOptions {
  /** How often each candidate is judged. */
  readonly times: number
  readonly concurrency: number
  /** Only look whether receipts still fit; prove again what does not, and a rotating tenth, once. */
  readonly verify: boolean
  /** Only tasks whose receipt does not fit, so that a check that was interrupted goes on where it was. */
  readonly stale: boolean
}

/** Proves tasks fair and writes their receipts, or tells what is unfair about them. */
export async function check(globs: readonly string[], options: CheckOptions, io: TerminalIo): Promise<ExitCode> {
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const chosen = chooseTasks(read.project.tasks, globs, null)
  if (chosen.kind === 'bad') {
    return refuse(io, chosen.message)
  }
  const { fixtures } = read.project
  const stale = chosen.tasks.filter((task) => isStale(task, fixtures, rulesDigest) !== null)
  const today = new Date()
  const isDue = (task: Task) => stale.includes(task) || (options.verify && isRotating(task, today))
  const tasks = options.verify || options.stale ? chosen.tasks.filter(isDue) : chosen.tasks
  const incomplete = chosen.tasks.flatMap((task) => completenessOf(task, `tasks/${task.id}`))
  io.err.write(printProblems(incomplete))

  const cache = cacheFolder(io.env)
  await sweepScratch(cache)
  const rung = await settleRung([{ tame: true }], null, cache)
  if (rung.kind === 'refused') {
    return refuse(io, rung.message)
  }
  const { readinessOf } = await prepareTasks(tasks, fixtures, { cache, rung: rung.rung }, io)
  let unfair = incomplete.length > 0
  const begun = performance.now()
  for (const task of tasks) {
    const started = performance.now()
    const times = options.verify && !stale.includes(task) ? 1 : options.times
    const end = await checkOne(task, readinessOf(task), { ...options, times, rung: rung.rung, cache }, io)
    if (end.kind === 'interrupted') {
      io.err.write('Interrupted; receipts of the tasks above are written. To prove only what has none: --stale\n')
      return 130
    }
    unfair = !(await tell(task, end, { ...options, seconds: secondsSince(started) }, io)) || unfair
  }
  io.err.write(`${plural(tasks.length, 'task')} judged in ${duration(secondsSince(begun))}.\n`)
  if (options.verify) {
    io.out.write(`${chosen.tasks.length} receipts looked at, ${stale.length} stale, ${tasks.length} tasks proven again.\n`)
  }
  return unfair ? 1 : 0
}

async function checkOne(
  task: Task,
  readiness: Readiness,
  how: {
    readonly times: number
    readonly concurrency: number
    readonly rung: Parameters<typeof checkTask>[0]['rung']
    readonly cache: string
  },
  io: TerminalIo,
): Promise<CheckEnd> {
  if (readiness.kind !== 'ready') {
    return { kind: 'unfair', problems: [readiness.sentence] }
  }
  const { prepared } = readiness
  const stack = stackNamed(prepared.fixture.stack)
  if (stack === null) {
    return { kind: 'unfair', problems: [`there is no stack ${prepared.fixture.stack}`] }
  }
  const onJudged = (candidate: string, done: number, of: number) => io.err.write(`${task.id}: ${done} of ${of} (${candidate})\n`)
  return checkTask({ task, prepared, stack, ...how, signal: io.interrupt, onJudged })
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000

async function tell(
  task: Task,
  end: Exclude<CheckEnd, { kind: 'interrupted' }>,
  options: { readonly verify: boolean; readonly seconds: number },
  io: TerminalIo,
): Promise<boolean> {
  if (end.kind === 'unfair') {
    io.out.write(`${task.id}: not fair\n${end.problems.map((problem) => `  ${problem}\n`).join('')}`)
    return false
  }
  const counts = countsOf(task, end.receipt)
  const differs = options.verify && task.expected !== null && proof(task.expected) !== proof(end.receipt)
  if (differs) {
    io.out.write(
      `${task.id}: not fair\n  it was proven with other tests or digests than expected.json has; run check without --verify and look at the difference\n`,
    )
    return false
  }
  io.out.write(`${task.id}: fair (${counts}; ${duration(options.seconds)})\n`)
  if (!options.verify) {
    const session = task.expected?.task === task.digest ? task.expected.session : undefined
    await writeReceipt(task, { ...end.receipt, ...(session !== undefined && { session }) })
  }
  return true
}

function countsOf({ kind, mutants }: Task, { failToPass, passToPass, readings, contradicting }: Receipt): string {
  const inReadings = Object.entries(readings ?? {}).map(([id, lists]) => `${id} ${lists.failToPass.length}`)
  switch (kind) {
    case 'tests':
      return `${mutants.size} mutants`
    case 'clarify':
      return `fail-to-pass by reading: ${inReadings.join(', ')}`
    case 'impossible':
      return `${contradicting?.length ?? 0} contradicting, ${passToPass.length} pass-to-pass`
    default:
      return `${failToPass.length} fail-to-pass, ${passToPass.length} pass-to-pass`
  }
}

function proof({ failToPass, passToPass, readings, contradicting, task, fixture, rules }: Receipt): string {
  return JSON.stringify([failToPass, passToPass, readings, contradicting, task, fixture, rules])
}
