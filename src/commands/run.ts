import { resolve } from 'node:path'
import type { StoredArm } from '../comparison/stored-arm.ts'
import type { Severity } from '../evidence/evidence.ts'
import { rulesDigest } from '../grading/rules.ts'
import { writeSealed } from '../results/phases.ts'
import { plannedTrials } from '../results/plan.ts'
import type { Run } from '../results/run.ts'
import { createRun } from '../results/store.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import { isStale } from '../task/stale.ts'
import type { Task } from '../task/task.ts'
import { cacheFolder } from '../workspace/scratch.ts'
import { chooseSeverities } from './choose-severities.ts'
import { type ChosenVariant, chooseVariant } from './choose-variant.ts'
import { executeRun } from './execute-run.ts'
import { costSentences } from './foretell-cost.ts'
import { openApi } from './open-upstream.ts'
import { openReplayed, type PlanOptions, planRun, settleRung } from './plan-run.ts'
import { prepareTasks } from './prepare-tasks.ts'
import { chooseTasks, readProject, suiteOf } from './project.ts'
import { recentArms } from './stored-arms.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** `assay run`, as the user gave it; null where an option was not given. */
export interface RunOptions extends Omit<PlanOptions, 'severities'> {
  /** Rule to severity, from `--rule`. */
  readonly rules: Readonly<Record<string, Severity>>
  readonly runner: string | null
  readonly upstream: string | null
  readonly model: string | null
  readonly sandbox: Rung | null
  readonly suite: string | null
  readonly out: string
  readonly dryRun: boolean
  readonly json: boolean
  readonly minPassRate: number | null
}

/** Plans a run, says what it will be, and executes it. */
export async function run(globs: readonly string[], options: RunOptions, io: TerminalIo): Promise<ExitCode> {
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const suite = suiteOf(read.project.tasks, globs, options.suite)
  const chosen = chooseTasks(read.project.tasks, globs, suite)
  if (chosen.kind === 'bad') {
    return refuse(io, chosen.message)
  }
  const choice = await chooseVariant(options, io)
  if (choice.kind === 'bad') {
    return refuse(io, choice.message)
  }
  const { variant } = choice
  const severities = await chooseSeverities(options, io.root)
  if (severities.kind === 'bad') {
    return refuse(io, severities.message)
  }
  const fixtures = read.project.fixtures.filter(({ name }) => chosen.tasks.some((task) => task.fixture === name))
  const stale = chosen.tasks.flatMap((task) => isStale(task, fixtures, rulesDigest) ?? [])
  if (stale.length > 0) {
    return refuse(io, stale.join('\n'))
  }
  const recording = await openReplayed(variant, options, io)
  if (typeof recording === 'string') {
    return refuse(io, recording)
  }
  const cache = cacheFolder(io.env)
  const rung = await settleRung([variant.runner], options.sandbox, cache)
  if (rung.kind === 'refused') {
    return refuse(io, rung.message)
  }
  const { readinessOf, sentences } = await prepareTasks(chosen.tasks, fixtures, { cache, rung: rung.rung }, io)
  if (io.interrupt.aborted) {
    return 130
  }
  const planned = await planRun(chosen.tasks, variant, { ...options, severities: severities.severities }, { readinessOf, rung })
  const part = suite === options.suite ? [] : partOf(chosen.tasks, read.project.tasks)
  for (const line of [
    ...variant.warnings,
    ...part,
    ...(await announce(planned, chosen.tasks, variant, () => recentArms(options.out, io))),
  ]) {
    io.err.write(`${line}\n`)
  }
  io.err.write(sentences.map((sentence) => `${sentence}\n`).join(''))
  if (options.dryRun) {
    io.out.write(
      plannedTrials(planned)
        .map(({ planned: { task }, k }) => `${task} #${k}\n`)
        .join(''),
    )
    return 0
  }
  const created = await createRun(resolve(io.root, options.out), planned)
  if (created.kind !== 'locked') {
    return refuse(io, created.kind === 'held' ? created.message : created.problems.join('\n'))
  }
  await using writer = created.writer
  // What resume measures must be what was begun with, whatever became of the file since.
  await writeSealed(writer.folder, 'agent.md', variant.agentFile)
  const upstreamOf = variant.upstream === 'api' ? async () => openApi(io.env) : recording
  const tasks = new Map(chosen.tasks.map((task) => [task.id, task]))
  return await executeRun(
    writer,
    { variant, tasks, readinessOf, cache, upstreamOf, json: options.json, prices: options.prices, minPassRate: options.minPassRate },
    io,
  )
}

/** That a run which was told nothing takes only a part of the tasks, where it does. */
function partOf(chosen: readonly Task[], all: readonly Task[]): readonly string[] {
  return chosen.length === all.length ? [] : [`The suite smoke: ${chosen.length} of ${all.length} tasks. All of them: npm run eval -- '*'`]
}

/** What is about to happen and what it may cost, before it does. */
async function announce(
  run: Run,
  tasks: readonly Task[],
  { upstream, runner, agent }: ChosenVariant,
  stored: () => Promise<readonly StoredArm[]>,
): Promise<readonly string[]> {
  const trials = plannedTrials(run).length
  const who = `${agent.name} (prompt ${agent.promptDigest.slice(0, 12)}) on ${runner.name}`
  const count = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}, ${trials} ${trials === 1 ? 'trial' : 'trials'}`
  if (upstream !== 'api') {
    return [`${count}: ${who}; no live model, nothing is spent.`, ...run.warnings]
  }
  return [`${count}: ${who}.`, ...costSentences(run, tasks, 1, await stored()), ...run.warnings]
}
