import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Prices } from '../gateway/prices.ts'
import { findRun } from '../results/find-runs.ts'
import type { Run } from '../results/run.ts'
import { lockRun } from '../results/store.ts'
import { runners } from '../runner/runners.ts'
import { didYouMean } from '../task/problem.ts'
import { parseAgent } from '../variant/parse-agent.ts'
import { cacheFolder } from '../workspace/scratch.ts'
import type { ChosenVariant } from './choose-variant.ts'
import { executeRun } from './execute-run.ts'
import { openApi, openRecording } from './open-upstream.ts'
import { prepareTasks } from './prepare-tasks.ts'
import { type Project, readProject } from './project.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface ResumeOptions {
  readonly out: string
  readonly json: boolean
  readonly budgetUsd: number | null
  readonly minPassRate: number | null
}

/** Goes on with a run after an interruption: with the agent, the tasks and the settings that it was begun with, or not at all. */
export async function resume(name: string, options: ResumeOptions, io: TerminalIo): Promise<ExitCode> {
  const found = await findRun(resolve(io.root, options.out), name)
  if (found.kind === 'unknown') {
    return refuse(io, found.message)
  }
  const locked = await lockRun(found.folder)
  if (locked.kind !== 'locked') {
    return refuse(io, locked.kind === 'held' ? locked.message : locked.problems.join('\n'))
  }
  await using writer = locked.writer
  if (writer.tornKeptAt !== null) {
    io.err.write(`The last line of trials.jsonl was cut short; it is kept as ${writer.tornKeptAt}, and its trial is graded again.\n`)
  }
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const changed = whatChanged(writer.run, read.project)
  if (changed.length > 0) {
    return refuse(io, `${changed.join('\n')}\nA run is of one set of tasks: start a new one with npm run eval.`)
  }
  const variant = await variantOfRun(writer.run, writer.folder)
  if (typeof variant === 'string') {
    return refuse(io, variant)
  }
  const upstreamOf = await upstreamOfRun(writer.run, options, io)
  if (typeof upstreamOf === 'string') {
    return refuse(io, upstreamOf)
  }
  const cache = cacheFolder(io.env)
  const planned = new Set(writer.run.plan.tasks.map(({ task }) => task))
  const needed = read.project.tasks.filter(({ id }) => planned.has(id))
  const { readinessOf } = await prepareTasks(needed, read.project.fixtures, { cache, rung: writer.run.rung }, io)
  const tasks = new Map(needed.map((task) => [task.id, task]))
  const run = { ...writer.run, plan: { ...writer.run.plan, budgetUsd: options.budgetUsd ?? writer.run.plan.budgetUsd } }
  const setup = {
    variant,
    tasks,
    readinessOf,
    cache,
    upstreamOf,
    json: options.json,
    prices: JSON.parse(String(run.variant.settings.prices ?? '{}')) as Prices,
    minPassRate: options.minPassRate,
  }
  return await executeRun({ ...writer, run }, setup, io)
}

function whatChanged(run: Run, project: Project): readonly string[] {
  const ids = project.tasks.map(({ id }) => id)
  return run.plan.tasks.flatMap((planned) => {
    const task = project.tasks.find(({ id }) => id === planned.task)
    if (task === undefined) {
      return [`${planned.task} is not in this project any more${didYouMean(planned.task, ids)}`]
    }
    const fixture = project.fixtures.find(({ name }) => name === task.fixture)
    const same = task.digest === planned.taskDigest && fixture?.digest === planned.fixtureDigest
    return same ? [] : [`${planned.task} or its fixture changed since the run began.`]
  })
}

async function variantOfRun(run: Run, folder: string): Promise<ChosenVariant | string> {
  const bytes = await readFile(join(folder, 'agent.md')).catch(() => null)
  const reading = bytes === null ? null : parseAgent(bytes, 'agent.md')
  if (bytes === null || reading === null || reading.kind === 'bad' || reading.agent.fileDigest !== run.variant.agent.fileDigest) {
    return `The agent that run ${run.run} was begun with is not in its folder (agent.md): it cannot go on.`
  }
  const { command, mounts, replays } = run.variant.settings
  const made = await runners[run.variant.runner as keyof typeof runners]({
    scripted: run.variant.upstream === 'reference',
    command: typeof command === 'string' ? command : null,
    mounts: typeof mounts === 'string' ? mounts.split(':') : [],
  })
  if (made.kind === 'refused') {
    return made.message
  }
  return {
    agent: reading.agent,
    agentFile: bytes,
    warnings: [],
    runner: made.runner,
    upstream: run.variant.upstream,
    replays: typeof replays === 'string' ? replays : null,
    model: run.variant.model,
  }
}

async function upstreamOfRun(run: Run, options: ResumeOptions, io: TerminalIo) {
  if (run.variant.upstream === 'reference') {
    return null
  }
  if (run.variant.upstream === 'api') {
    return io.env.ANTHROPIC_API_KEY ? async () => openApi(io.env) : 'This run needs ANTHROPIC_API_KEY in the environment to go on.'
  }
  const found = await findRun(resolve(io.root, options.out), String(run.variant.settings.replays))
  if (found.kind === 'unknown') {
    return found.message
  }
  const opened = await openRecording(found.folder, run.variant.settings.strict === true)
  return opened.kind === 'bad' ? opened.message : opened.of
}
