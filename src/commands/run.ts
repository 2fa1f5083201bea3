import { resolve } from 'node:path'
import { ulid } from 'ulid'
import { canonicalJson, sha256 } from '../evidence/digest.ts'
import type { Severity } from '../evidence/evidence.ts'
import type { Prices } from '../gateway/prices.ts'
import { rulesDigest } from '../grading/rules.ts'
import { findRun } from '../results/find-runs.ts'
import { cellOf } from '../results/identity.ts'
import { writeSealed } from '../results/phases.ts'
import { plannedTrials } from '../results/plan.ts'
import type { PlannedTask, Run } from '../results/run.ts'
import { createRun } from '../results/store.ts'
import { chooseRung } from '../sandbox/choose-rung.ts'
import { tryRungs } from '../sandbox/ladder.ts'
import { limitMechanism } from '../sandbox/limits.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import { isStale } from '../task/stale.ts'
import type { Task } from '../task/task.ts'
import { variantOf } from '../variant/variant.ts'
import { cacheFolder, openScratch } from '../workspace/scratch.ts'
import { chooseSeverities } from './choose-severities.ts'
import { type ChosenVariant, chooseVariant } from './choose-variant.ts'
import { executeRun } from './execute-run.ts'
import { assayVersion, hostFacts, readVersions } from './host-facts.ts'
import { openApi, openRecording } from './open-upstream.ts'
import { prepareFixtures, type Readiness } from './prepare-fixtures.ts'
import { chooseTasks, readProject } from './project.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** `assay run`, as the user gave it; null where an option was not given. */
export interface RunOptions {
  readonly agent: string
  readonly runner: string | null
  readonly upstream: string | null
  readonly model: string | null
  readonly command: string | null
  readonly mounts: readonly string[]
  readonly prices: Prices
  /** Rule to severity, from `--rule`. */
  readonly rules: Readonly<Record<string, Severity>>
  readonly trials: number | null
  readonly concurrency: number | null
  readonly budgetUsd: number | null
  readonly sandbox: Rung | null
  readonly suite: string | null
  readonly shard: { readonly i: number; readonly n: number } | null
  readonly out: string
  readonly runId: string | null
  readonly seed: string | null
  readonly strict: boolean
  readonly dryRun: boolean
  readonly json: boolean
  readonly minPassRate: number | null
}

/** Where a live run stops to start trials, unless the user says otherwise. USD. */
const BUDGET_USD = 5

const LIVE_TRIALS = 3

/** Plans a run, says what it will be, and executes it. */
export async function run(globs: readonly string[], options: RunOptions, io: TerminalIo): Promise<ExitCode> {
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const chosen = chooseTasks(read.project.tasks, globs, options.suite)
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
  const rung = await settleRung(variant, options, cache)
  if (rung.kind === 'refused') {
    return refuse(io, rung.message)
  }
  const readiness = await prepareFixtures(fixtures, { cache, rung: rung.rung }, io)
  if (io.interrupt.aborted) {
    return 130
  }
  const planned = await planRun(chosen.tasks, variant, options, { readiness, rung, severities: severities.severities })
  for (const line of [...variant.warnings, ...announce(planned, chosen.tasks, variant)]) {
    io.err.write(`${line}\n`)
  }
  const unready = [...readiness.values()].flatMap((one) => (one.kind === 'unready' ? [one.sentence] : []))
  io.err.write(unready.map((sentence) => `${sentence}\n`).join(''))
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
    { variant, tasks, readiness, cache, upstreamOf, json: options.json, prices: options.prices, minPassRate: options.minPassRate },
    io,
  )
}

type Recording = Extract<Awaited<ReturnType<typeof openRecording>>, { kind: 'open' }>['of']

async function openReplayed(variant: ChosenVariant, options: RunOptions, io: TerminalIo): Promise<Recording | null | string> {
  if (variant.replays === null) {
    return null
  }
  const found = await findRun(resolve(io.root, options.out), variant.replays)
  if (found.kind === 'unknown') {
    return found.message
  }
  const opened = await openRecording(found.folder, options.strict)
  return opened.kind === 'bad' ? opened.message : opened.of
}

async function settleRung(variant: ChosenVariant, options: RunOptions, cache: string) {
  await using scratch = await openScratch(cache, 'ladder')
  return chooseRung(await tryRungs(scratch.path), { tame: variant.runner.tame, forced: options.sandbox })
}

async function planRun(
  tasks: readonly Task[],
  variant: ChosenVariant,
  options: RunOptions,
  where: {
    readonly readiness: ReadonlyMap<string, Readiness>
    readonly rung: { readonly rung: Rung; readonly warning?: string }
    readonly severities: NonNullable<Run['severities']>
  },
): Promise<Run> {
  const { agent, runner, model, upstream } = variant
  const versions = await readVersions(process.env)
  const { rung, warning } = where.rung
  const settings = {
    command: options.command,
    mounts: options.mounts.join(':') || null,
    strict: options.strict,
    replays: variant.replays,
    prices: JSON.stringify(options.prices),
  }
  const live = upstream === 'api'
  const planned = tasks.map((task): PlannedTask => {
    const readiness = where.readiness.get(task.fixture)
    const environmentDigest = sha256(
      canonicalJson({ assay: assayVersion(), rung, fixture: readiness?.kind === 'ready' ? readiness.prepared.digest : 'unready' }),
    )
    const fixtureDigest = task.expected?.fixture ?? ''
    const parts = { taskDigest: task.digest, fixtureDigest, environmentDigest, promptDigest: agent.promptDigest }
    const cell = cellOf({ ...parts, runner: `${runner.name} ${runner.identity}`, model: live ? model : upstream })
    return { task: task.id, cell, taskDigest: task.digest, fixtureDigest, title: task.title, kind: task.kind }
  })
  return {
    schema: 1,
    run: options.runId ?? ulid(),
    createdAt: new Date().toISOString(),
    variant: variantOf({ agent, file: options.agent, runner, upstream, model, settings }),
    ...(Object.values(where.severities).some((chosen) => Object.keys(chosen).length > 0) && { severities: where.severities }),
    rung,
    limitsBy: limitMechanism(),
    plan: {
      tasks: planned,
      trials: options.trials ?? (live ? LIVE_TRIALS : 1),
      concurrency: options.concurrency ?? Math.min(2, hostFacts().cpus),
      seed: options.seed ?? 'assay',
      shard: options.shard,
      budgetUsd: options.budgetUsd ?? (live ? BUDGET_USD : null),
    },
    versions,
    host: hostFacts(),
    warnings: warning === undefined ? [] : [warning],
  }
}

/** What is about to happen and what it may cost, before it does. */
function announce(run: Run, tasks: readonly Task[], { upstream, runner, model, agent }: ChosenVariant): readonly string[] {
  const trials = plannedTrials(run).length
  const who = `${agent.name} (prompt ${agent.promptDigest.slice(0, 12)}) on ${runner.name}`
  const count = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}, ${trials} ${trials === 1 ? 'trial' : 'trials'}`
  if (upstream !== 'api') {
    return [`${count}: ${who}; no live model, nothing is spent.`, ...run.warnings]
  }
  const most = tasks.reduce((sum, task) => sum + task.limits.usd, 0) * run.plan.trials
  return [
    `${count}: ${who}, model ${model}.`,
    `At most ${most.toFixed(2)} USD by the limits of the tasks; no trial starts after ${run.plan.budgetUsd} USD.`,
    ...run.warnings,
  ]
}
