import { basename, join } from 'node:path'
import type { ComparisonRecord } from '../comparison/comparison-record.ts'
import { interleave } from '../comparison/interleave.ts'
import { sequentialAnswer } from '../comparison/sequential.ts'
import { readComparisonRecord, writeComparisonRecord } from '../results/comparison-folder.ts'
import type { RunEvent } from '../results/run.ts'
import { lockRun, type RunWriter } from '../results/store.ts'
import type { Trial } from '../results/trial.ts'
import { runArms, type SuiteEnd } from '../run-suite.ts'
import { sweepScratch } from '../workspace/scratch.ts'
import { type RunSetup, suiteArmOf } from './execute-run.ts'
import { judgeExit, type RunExit } from './judge-exit.ts'
import { openSetup } from './open-setup.ts'
import { compareLoaded } from './show-comparison.ts'
import { showProgress } from './show-progress.ts'
import { storeReport, summariseRun } from './show-report.ts'
import { loadFolder } from './stored-arms.ts'
import type { TerminalIo } from './terminal-io.ts'

/** `ended`: as far as it got. `exit` tells what a person has to know beside the answer; its code is not 0 where there is none to give. */
export type ComparisonEnd =
  | { readonly kind: 'ended'; readonly record: ComparisonRecord; readonly finished: boolean; readonly exit: RunExit }
  | { readonly kind: 'bad'; readonly message: string }

interface OpenArm {
  readonly writer: RunWriter
  readonly setup: RunSetup
}

/** Runs what is left of a comparison, both arms interleaved under one budget, and stores what came of it. `budgetUsd`: another bound than it was begun with. */
export async function executeComparison(
  folder: string,
  options: { readonly out: string; readonly budgetUsd: number | null },
  io: TerminalIo,
): Promise<ComparisonEnd> {
  const read = await readComparisonRecord(folder)
  if (read.kind !== 'read') {
    return { kind: 'bad', message: read.kind === 'bad' ? read.problems.join('\n') : `${folder} has no comparison.json` }
  }
  const record = { ...read.value, budgetUsd: options.budgetUsd ?? read.value.budgetUsd }
  await using locks = new AsyncDisposableStack()
  const arms: OpenArm[] = []
  for (const run of [record.runs.a, record.runs.b]) {
    const locked = await lockRun(join(folder, run))
    if (locked.kind !== 'locked') {
      return { kind: 'bad', message: locked.kind === 'held' ? locked.message : locked.problems.join('\n') }
    }
    const writer = locks.use(locked.writer)
    const opened = await openSetup(writer, options, io)
    if (opened.kind === 'bad') {
      return opened
    }
    arms.push({ writer, setup: { ...opened.setup, json: false, minPassRate: null } })
  }
  return await runBoth(folder, record, arms, io)
}

async function runBoth(folder: string, record: ComparisonRecord, arms: readonly OpenArm[], io: TerminalIo): Promise<ComparisonEnd> {
  const [first] = arms
  if (first === undefined) {
    throw new Error('a comparison has two arms')
  }
  await sweepScratch(first.setup.cache)
  const progress = showProgress(io, { json: false })
  const take = jointEvents((event) => progress.take(event))
  const suiteArms = await Promise.all(arms.map(({ writer, setup }, arm) => suiteArmOf(writer, setup, io, (event) => take(arm, event))))
  const end = await runArms(suiteArms, {
    order: (pending) => interleave(pending, record.seed),
    concurrency: first.writer.run.plan.concurrency,
    budgetUsd: record.budgetUsd,
    isSettled: ([a = [], b = []]) => record.sequential && isSettled(arms, [a, b]),
    signal: io.interrupt,
  })
  progress.stop()
  return await storeEnd(folder, record, end, io)
}

function isSettled(arms: readonly OpenArm[], trials: readonly [readonly Trial[], readonly Trial[]]): boolean {
  const [a, b] = arms.map(({ writer }, index) => ({ run: writer.run, folder: writer.folder, trials: trials[index] ?? [] }))
  return a !== undefined && b !== undefined && sequentialAnswer(a, b).state !== 'open'
}

async function storeEnd(folder: string, record: ComparisonRecord, end: SuiteEnd, io: TerminalIo): Promise<ComparisonEnd> {
  const loadings = await Promise.all([record.runs.a, record.runs.b].map((run) => loadFolder(join(folder, run), io)))
  const [a, b] = loadings.flatMap((loading) => (loading.kind === 'loaded' ? [loading.loaded] : []))
  if (a === undefined || b === undefined) {
    return { kind: 'bad', message: loadings.flatMap((loading) => (loading.kind === 'bad' ? [loading.message] : [])).join('\n') }
  }
  for (const { arm } of [a, b]) {
    await storeReport(join(folder, arm.run.run), await summariseRun(join(folder, arm.run.run), arm.run, arm.trials, io))
  }
  const exits = [a, b].map(({ arm }) => judgeExit(arm.run, arm.trials, end, null, io.interrupt.reason, basename(folder)))
  const exit = exits.find(({ code }) => code !== 0) ?? exits[0] ?? { code: 0, sentence: null }
  const compared = await compareLoaded(a, b, 'interleaved', io, record.sequential)
  if (compared.kind === 'refused') {
    return { kind: 'bad', message: compared.sentences.join('\n') }
  }
  const ended = { ...record, result: compared.comparison }
  const finished = end.why === 'finished' || end.why === 'settled'
  await writeComparisonRecord(folder, finished ? ended : { ...ended, result: null })
  return { kind: 'ended', record: ended, finished, exit }
}

/** The events of two runs as those of one, for who shows them: tasks bear the name of their arm. */
function jointEvents(take: (event: RunEvent) => void): (arm: number, event: RunEvent) => void {
  const started: Extract<RunEvent, { kind: 'run-started' }>[] = []
  const names = ['A', 'B']
  const named = (arm: number, task: string) => `${names[arm]} ${task}`
  return (arm, event) => {
    switch (event.kind) {
      case 'run-started': {
        started.push(event)
        const tasks = started.flatMap(({ run }, index) =>
          run.plan.tasks.map((planned) => ({ ...planned, task: named(index, planned.task) })),
        )
        const done = started.flatMap((one) => one.done)
        take({ ...event, run: { ...event.run, plan: { ...event.run.plan, tasks } }, done })
        return
      }
      case 'trial-ended':
        take({ ...event, trial: { ...event.trial, task: named(arm, event.trial.task) } })
        return
      case 'trial-started':
      case 'phase':
      case 'turn':
        take({ ...event, task: named(arm, event.task) })
        return
      default:
        take(event)
    }
  }
}
