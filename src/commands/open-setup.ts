import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Prices } from '../gateway/prices.ts'
import { findRun } from '../results/find-runs.ts'
import type { Run, RunVariant } from '../results/run.ts'
import type { RunWriter } from '../results/store.ts'
import { runners } from '../runner/runners.ts'
import { didYouMean } from '../task/problem.ts'
import { parseAgent } from '../variant/parse-agent.ts'
import { cacheFolder } from '../workspace/scratch.ts'
import type { ChosenVariant } from './choose-variant.ts'
import type { RunSetup } from './execute-run.ts'
import { openApi, openRecording } from './open-upstream.ts'
import { prepareTasks } from './prepare-tasks.ts'
import { type Project, readProject } from './project.ts'
import type { TerminalIo } from './terminal-io.ts'

type OpenedSetup =
  | { readonly kind: 'open'; readonly setup: Omit<RunSetup, 'json' | 'minPassRate'> }
  | { readonly kind: 'bad'; readonly message: string }

/** All that the trials of a stored run share, as it was begun: the agent, the tasks and the settings; or why it cannot go on. */
export async function openSetup(writer: RunWriter, options: { readonly out: string }, io: TerminalIo): Promise<OpenedSetup> {
  const { run, folder } = writer
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return read
  }
  const changed = whatChanged(run, read.project)
  if (changed.length > 0) {
    return { kind: 'bad', message: `${changed.join('\n')}\nA run is of one set of tasks: start a new one with npm run eval.` }
  }
  const variant = await variantOfRun(run, folder)
  if (typeof variant === 'string') {
    return { kind: 'bad', message: variant }
  }
  const upstreamOf = await upstreamOfRun(run, options.out, io)
  if (typeof upstreamOf === 'string') {
    return { kind: 'bad', message: upstreamOf }
  }
  const cache = cacheFolder(io.env)
  const planned = new Set(run.plan.tasks.map(({ task }) => task))
  const needed = read.project.tasks.filter(({ id }) => planned.has(id))
  const { readinessOf } = await prepareTasks(needed, read.project.fixtures, { cache, rung: run.rung }, io)
  const tasks = new Map(needed.map((task) => [task.id, task]))
  const prices = JSON.parse(String(run.variant.settings.prices ?? '{}')) as Prices
  return { kind: 'open', setup: { variant, tasks, readinessOf, cache, upstreamOf, prices } }
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
  const missing = `The agent that run ${run.run} was begun with is not in its folder (agent.md): it cannot go on.`
  return bytes === null ? missing : ((await variantAgain(run.variant, bytes)) ?? missing)
}

/** A variant as it was measured, to be measured again; a sentence where that is not possible, null where `bytes` are not its agent's file. */
export async function variantAgain(variant: RunVariant, bytes: Uint8Array): Promise<ChosenVariant | string | null> {
  const reading = parseAgent(bytes, 'agent.md')
  if (reading.kind === 'bad' || reading.agent.fileDigest !== variant.agent.fileDigest) {
    return null
  }
  const { command, mounts, replays } = variant.settings
  const made = await runners[variant.runner as keyof typeof runners]({
    scripted: variant.upstream === 'reference',
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
    upstream: variant.upstream,
    replays: typeof replays === 'string' ? replays : null,
    model: variant.model,
  }
}

async function upstreamOfRun(run: Run, out: string, io: TerminalIo) {
  if (run.variant.upstream === 'reference') {
    return null
  }
  if (run.variant.upstream === 'api') {
    return io.env.ANTHROPIC_API_KEY ? async () => openApi(io.env) : 'This run needs ANTHROPIC_API_KEY in the environment to go on.'
  }
  const found = await findRun(resolve(io.root, out), String(run.variant.settings.replays))
  if (found.kind === 'unknown') {
    return found.message
  }
  const opened = await openRecording(found.folder, run.variant.settings.strict === true)
  return opened.kind === 'bad' ? opened.message : opened.of
}
