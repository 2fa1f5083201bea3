import { basename, join } from 'node:path'
import type { Baseline } from '../comparison/baseline.ts'
import type { Prices } from '../gateway/prices.ts'
import { rulesDigest } from '../grading/rules.ts'
import type { RunVariant } from '../results/run.ts'
import { isStale } from '../task/stale.ts'
import { announceComparison } from './announce-comparison.ts'
import { beginComparison, type PlannedArm, planComparison } from './begin-comparison.ts'
import { executeComparison } from './execute-comparison.ts'
import { variantAgain } from './open-setup.ts'
import { readProject } from './project.ts'
import { type LoadedArm, loadFolder } from './stored-arms.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

type Ran =
  | { readonly kind: 'ran'; readonly a: LoadedArm; readonly b: LoadedArm }
  /** Something kept it from an answer, and has been told. */
  | { readonly kind: 'ended'; readonly code: ExitCode }

/** Runs the baseline's revision and a run's, interleaved, on that run's tasks with its draws: the run's own trials were made at another time, and drift would be in the difference. */
export async function runAgainstBaseline(
  loaded: LoadedArm,
  baseline: Baseline,
  options: { readonly out: string; readonly budgetUsd: number | null; readonly concurrency: number | null; readonly trials: number | null },
  io: TerminalIo,
): Promise<Ran> {
  const ended = (message: string): Ran => ({ kind: 'ended', code: refuse(io, message) })
  const { run } = loaded.arm
  if (run.variant.upstream === 'api' && !io.env.ANTHROPIC_API_KEY) {
    return ended('The gate runs both revisions now, and needs ANTHROPIC_API_KEY in the environment. Without a key: --stored-baseline')
  }
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return ended(read.message)
  }
  const tasks = read.project.tasks.filter((task) => run.plan.tasks.some((planned) => planned.task === task.id))
  const stale = tasks.flatMap((task) => isStale(task, read.project.fixtures, rulesDigest) ?? [])
  if (tasks.length === 0 || stale.length > 0) {
    return ended(stale.length > 0 ? stale.join('\n') : `No task of run ${run.run} is in this project.`)
  }
  const a = await armAgain(baseline.variant, Buffer.from(baseline.agentText), 'the baseline')
  const b = await armAgain(run.variant, loaded.agentFile, `run ${run.run}`)
  if (typeof a === 'string' || typeof b === 'string') {
    return ended([a, b].filter((one) => typeof one === 'string').join('\n'))
  }
  const { seed, trials, concurrency } = run.plan
  const shared = {
    project: read.project,
    tasks,
    sandbox: run.rung,
    seed,
    severities: run.severities ?? { agent: {}, commandLine: {} },
    trials: options.trials ?? trials,
    concurrency: options.concurrency ?? concurrency,
    budgetUsd: options.budgetUsd,
  }
  const planned = await planComparison([a, b], shared, io)
  if (planned.kind !== 'planned') {
    return planned.kind === 'bad' ? ended(planned.message) : { kind: 'ended', code: 130 }
  }
  const lines = await announceComparison(planned, tasks, options, io)
  io.err.write([...planned.sentences, ...lines].map((line) => `${line}\n`).join(''))
  const folder = await beginComparison(planned, [a, b], { out: options.out, sequential: false }, io)
  return await finish(folder, options, io)
}

async function finish(folder: string, options: { readonly out: string; readonly budgetUsd: number | null }, io: TerminalIo): Promise<Ran> {
  const end = await executeComparison(folder, options, io)
  if (end.kind === 'bad') {
    return { kind: 'ended', code: refuse(io, end.message) }
  }
  const { exit, record, finished } = end
  if (!finished) {
    io.err.write(`\n${exit.sentence}\nThen: npm run assay -- gate ${basename(folder)}\n`)
    return { kind: 'ended', code: exit.code === 0 ? 3 : exit.code }
  }
  const arms = await Promise.all([record.runs.a, record.runs.b].map((run) => loadFolder(join(folder, run), io)))
  const [a, b] = arms.flatMap((arm) => (arm.kind === 'loaded' ? [arm.loaded] : []))
  return a === undefined || b === undefined
    ? { kind: 'ended', code: refuse(io, arms.flatMap((arm) => (arm.kind === 'bad' ? [arm.message] : [])).join('\n')) }
    : { kind: 'ran', a, b }
}

async function armAgain(variant: RunVariant, agentFile: Uint8Array | null, whose: string): Promise<PlannedArm | string> {
  const chosen = agentFile === null ? null : await variantAgain(variant, agentFile)
  if (chosen === null || typeof chosen === 'string') {
    return chosen ?? `The agent of ${whose} is not there as it was measured: it cannot be run again.`
  }
  const { command, mounts, prices, strict } = variant.settings
  return {
    variant: chosen,
    file: variant.agent.file,
    settings: {
      command: typeof command === 'string' ? command : null,
      mounts: typeof mounts === 'string' ? mounts.split(':') : [],
      prices: JSON.parse(String(prices ?? '{}')) as Prices,
      strict: strict === true,
    },
  }
}
