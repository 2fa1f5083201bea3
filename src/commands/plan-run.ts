import { resolve } from 'node:path'
import { ulid } from 'ulid'
import { canonicalJson, sha256 } from '../evidence/digest.ts'
import type { Prices } from '../gateway/prices.ts'
import type { Upstream } from '../gateway/upstream.ts'
import { findRun } from '../results/find-runs.ts'
import { cellOf } from '../results/identity.ts'
import type { PlannedTask, Run } from '../results/run.ts'
import { chooseRung } from '../sandbox/choose-rung.ts'
import { tryRungs } from '../sandbox/ladder.ts'
import { limitMechanism } from '../sandbox/limits.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import type { Task } from '../task/task.ts'
import { variantOf } from '../variant/variant.ts'
import { openScratch } from '../workspace/scratch.ts'
import type { ChosenVariant } from './choose-variant.ts'
import { assayVersion, hostFacts, readVersions } from './host-facts.ts'
import { openRecording } from './open-upstream.ts'
import type { ReadinessOf } from './prepare-tasks.ts'
import type { TerminalIo } from './terminal-io.ts'

/** What of a run's plan the user may say; null where an option was not given. */
export interface PlanOptions {
  /** Where the agent was read from, as the user named it. */
  readonly agent: string
  readonly command: string | null
  readonly mounts: readonly string[]
  readonly prices: Prices
  readonly strict: boolean
  readonly trials: number | null
  readonly concurrency: number | null
  readonly budgetUsd: number | null
  readonly seed: string | null
  readonly shard: { readonly i: number; readonly n: number } | null
  readonly runId: string | null
  /** From the agent's companion file and the command line. */
  readonly severities: NonNullable<Run['severities']>
}

/** Where a live run stops to start trials, unless the user says otherwise. USD. */
const BUDGET_USD = 5

const LIVE_TRIALS = 3

type Recording = (task: string, k: number) => Promise<Upstream | string>

/** The recorded run that is to answer again; null where none is, a sentence where it cannot be read. */
export async function openReplayed(
  variant: Pick<ChosenVariant, 'replays'>,
  options: { readonly out: string; readonly strict: boolean },
  io: Pick<TerminalIo, 'root'>,
): Promise<Recording | null | string> {
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

/** The rung of the sandbox that these runners may have here, tried. */
export async function settleRung(runners: readonly { readonly tame: boolean }[], forced: Rung | null, cache: string) {
  await using scratch = await openScratch(cache, 'ladder')
  return chooseRung(await tryRungs(scratch.path), { tame: runners.every(({ tame }) => tame), forced })
}

/** A run before it is begun: who, what, how often, and where. */
export async function planRun(
  tasks: readonly Task[],
  variant: ChosenVariant,
  options: PlanOptions,
  where: { readonly readinessOf: ReadinessOf; readonly rung: { readonly rung: Rung; readonly warning?: string } },
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
    const readiness = where.readinessOf(task)
    const environmentDigest = sha256(
      canonicalJson({ assay: assayVersion(), rung, fixture: readiness.kind === 'ready' ? readiness.prepared.digest : 'unready' }),
    )
    const fixtureDigest = task.expected?.fixture ?? ''
    const parts = { taskDigest: task.digest, fixtureDigest, environmentDigest, promptDigest: agent.promptDigest }
    const cell = cellOf({ ...parts, runner: `${runner.name} ${runner.identity}`, model: live ? model : upstream })
    return { task: task.id, cell, taskDigest: task.digest, fixtureDigest, environmentDigest, title: task.title, kind: task.kind }
  })
  return {
    schema: 1,
    run: options.runId ?? ulid(),
    createdAt: new Date().toISOString(),
    variant: variantOf({ agent, file: options.agent, runner, upstream, model, settings }),
    ...(Object.values(options.severities).some((chosen) => Object.keys(chosen).length > 0) && { severities: options.severities }),
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
