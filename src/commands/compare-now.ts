import type { Severity } from '../evidence/evidence.ts'
import type { Prices } from '../gateway/prices.ts'
import { rulesDigest } from '../grading/rules.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import { isStale } from '../task/stale.ts'
import { announceComparison } from './announce-comparison.ts'
import { beginComparison, type PlannedArm, planComparison } from './begin-comparison.ts'
import { severityMistakes } from './choose-severities.ts'
import { chooseVariant } from './choose-variant.ts'
import { finishComparison } from './finish-comparison.ts'
import { chooseTasks, readProject, suiteOf } from './project.ts'
import type { Formats } from './show-comparison.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** What of a comparison that is run now the user may say; null where an option was not given. */
export interface CompareNowOptions extends Formats {
  readonly plan: boolean
  /** Whether it stops when it is decided, or cannot be any more. */
  readonly sequential: boolean
  /** Whether a drop on this suite is exit code 1. */
  readonly gate: boolean
  /** Share that the mean may drop by before a gate minds. */
  readonly tolerance: number
  readonly out: string
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
  readonly seed: string | null
}

/** Runs the agents of two sources now, on the same tasks with the same draws, and compares them; with `plan` it only tells what that would be. */
export async function compareNow(
  sources: readonly [string, string],
  globs: readonly string[],
  options: CompareNowOptions,
  io: TerminalIo,
): Promise<ExitCode> {
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const chosen = chooseTasks(read.project.tasks, globs, suiteOf(read.project.tasks, globs, options.suite))
  const choices = await Promise.all(sources.map(async (agent) => ({ agent, choice: await chooseVariant({ ...options, agent }, io) })))
  const bad = [...new Set([chosen, ...choices.map(({ choice }) => choice)].flatMap((one) => (one.kind === 'bad' ? [one.message] : [])))]
  if (chosen.kind === 'bad' || bad.length > 0) {
    return refuse(io, bad.join('\n'))
  }
  const stale = chosen.tasks.flatMap((task) => isStale(task, read.project.fixtures, rulesDigest) ?? [])
  if (stale.length > 0) {
    return refuse(io, stale.join('\n'))
  }
  const settings = { command: options.command, mounts: options.mounts, prices: options.prices, strict: false }
  const [a, b] = choices.flatMap(({ agent, choice }): PlannedArm[] =>
    choice.kind === 'chosen' ? [{ variant: choice.variant, file: agent, settings }] : [],
  )
  if (a === undefined || b === undefined) {
    throw new Error('a variant was neither chosen nor refused')
  }
  if (a.variant.model !== b.variant.model) {
    return refuse(io, `The model differs: ${a.variant.model} in A, ${b.variant.model} in B. Run both with one (--model).`)
  }
  // Companion files beside the agents are left out: both must be judged by the same rulebook.
  const mistakes = severityMistakes(options.rules)
  if (mistakes !== null) {
    return refuse(io, mistakes)
  }
  const severities = { agent: {}, commandLine: options.rules }
  const planned = await planComparison([a, b], { ...options, severities, project: read.project, tasks: chosen.tasks }, io)
  if (planned.kind !== 'planned') {
    return planned.kind === 'bad' ? refuse(io, planned.message) : 130
  }
  const lines = await announceComparison(planned, chosen.tasks, options, io)
  const told = [...new Set([...a.variant.warnings, ...b.variant.warnings, ...planned.sentences])]
  io.err.write([...told, ...(options.plan ? [] : lines)].map((line) => `${line}\n`).join(''))
  if (options.plan) {
    io.out.write(lines.map((line) => `${line}\n`).join(''))
    return 0
  }
  const folder = await beginComparison(planned, [a, b], options, io)
  return await finishComparison(folder, options, io)
}
