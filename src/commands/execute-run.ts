import type { Prices } from '../gateway/prices.ts'
import type { Upstream } from '../gateway/upstream.ts'
import { unfinishedAttempts } from '../results/interrupted.ts'
import type { RunWriter } from '../results/store.ts'
import { runSuite, type SharedTrialPlan, type SuiteArm, type Unprepared } from '../run-suite.ts'
import { stackNamed } from '../stack/stacks.ts'
import { drawReading, inReading, provenTests } from '../task/reading.ts'
import type { Task } from '../task/task.ts'
import { sweepScratch } from '../workspace/scratch.ts'
import { severitiesFor } from './choose-severities.ts'
import type { ChosenVariant } from './choose-variant.ts'
import { judgeExit } from './judge-exit.ts'
import { openReference } from './open-upstream.ts'
import type { ReadinessOf } from './prepare-tasks.ts'
import { showProgress } from './show-progress.ts'
import { render, storeReport, summariseRun, wantsColour } from './show-report.ts'
import type { ExitCode, TerminalIo } from './terminal-io.ts'

/** All that the trials of a run share, settled before the first starts. */
export interface RunSetup {
  readonly variant: ChosenVariant
  /** The tasks of the run by id. */
  readonly tasks: ReadonlyMap<string, Task>
  readonly readinessOf: ReadinessOf
  readonly cache: string
  /** Where answers come from, for the upstreams that are the same for every task or recorded. */
  readonly upstreamOf: ((task: string, k: number) => Promise<Upstream | string>) | null
  readonly json: boolean
  /** Prices given by the user, before the listed ones. */
  readonly prices: Prices
  readonly minPassRate: number | null
}

/** More tokens than any honest trial needs: ends a loop where the price of a model is unknown and dollars cannot. */
const TOKENS_A_TRIAL = 5_000_000

/** Runs what is left of a run, shows it while it goes on, stores and prints the report, and answers with the exit code. */
export async function executeRun(writer: RunWriter, setup: RunSetup, io: TerminalIo): Promise<ExitCode> {
  await sweepScratch(setup.cache)
  const trials = [...writer.trials]
  const progress = showProgress(io, { json: setup.json })
  const arm = await suiteArmOf(writer, setup, io, (event) => {
    if (event.kind === 'trial-ended') {
      trials.push(event.trial)
    }
    progress.take(event)
  })
  const end = await runSuite({ ...arm, signal: io.interrupt })
  progress.stop()
  const summary = await summariseRun(writer.folder, writer.run, trials, io)
  await storeReport(writer.folder, summary)
  if (!setup.json) {
    io.out.write(`\n${render(summary, 'terminal', wantsColour(io))}`)
  }
  const exit = judgeExit(writer.run, trials, end, setup.minPassRate, io.interrupt.reason)
  if (exit.sentence !== null) {
    io.err.write(`\n${exit.sentence}\n`)
  }
  return exit.code
}

/** A run and its settings as what runs the trials wants them. */
export async function suiteArmOf(writer: RunWriter, setup: RunSetup, io: TerminalIo, emit: SuiteArm['emit']): Promise<SuiteArm> {
  const unfinished = await unfinishedAttempts(writer.folder, writer.trials)
  return {
    writer,
    spentBefore: unfinished.reduce((sum, { usage }) => sum + (usage.usd ?? 0), 0),
    trialOf: (pending) => trialOf(writer, setup, io, pending),
    emit,
  }
}

async function trialOf(
  writer: RunWriter,
  setup: RunSetup,
  io: TerminalIo,
  pending: { readonly planned: { readonly task: string }; readonly k: number },
): Promise<SharedTrialPlan | Unprepared> {
  const { run } = writer
  const task = setup.tasks.get(pending.planned.task)
  if (task === undefined || task.expected === null) {
    return { unprepared: `${pending.planned.task} is not in this project any more.`, lacking: false }
  }
  const readiness = setup.readinessOf(task)
  if (readiness.kind === 'unready') {
    return { unprepared: readiness.sentence, lacking: readiness.lacking }
  }
  const stack = stackNamed(readiness.prepared.fixture.stack)
  if (stack === null) {
    return { unprepared: `${task.fixture}: there is no stack of that name.`, lacking: false }
  }
  const { variant } = setup
  const reading = drawReading(task, run.plan.seed, pending.k)
  const settled = inReading(task, reading)
  const upstream = setup.upstreamOf === null ? await openReference(settled, readiness.prepared) : await setup.upstreamOf(task.id, pending.k)
  if (typeof upstream === 'string') {
    return { unprepared: upstream, lacking: false }
  }
  return {
    task: { ...settled, rules: severitiesFor(run, task.rules) },
    receipt: provenTests(task.expected, reading),
    prepared: readiness.prepared,
    prepareSeconds: 0,
    stack,
    rung: run.rung,
    runner: variant.runner,
    agent: variant.agent,
    agentFile: variant.agentFile,
    model: variant.model,
    upstream,
    limits: { ...task.limits, usd: upstream.live ? task.limits.usd : null },
    tokens: TOKENS_A_TRIAL,
    prices: setup.prices,
    seed: run.plan.seed,
    cache: setup.cache,
    signal: io.interrupt,
  }
}
