import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Evidence } from '../src/evidence/evidence.ts'
import { attemptFolder } from '../src/results/phases.ts'
import type { Trial } from '../src/results/trial.ts'
import { nopRunner } from '../src/runner/nop.ts'
import { spreadOf } from './pairs.ts'
import type { Place } from './place.ts'
import { type Measured, shownMs } from './row.ts'
import { runTrials } from './run-trials.ts'

/** One whole trial in milliseconds. What an agent took is nothing here: this one does nothing. */
interface TimedTrial {
  readonly whole: number
  readonly suite: number
  readonly agentPhase: number
  readonly suitesPhase: number
  readonly grade: number
}

export interface TrialRows {
  readonly harness: Measured
  readonly agentPhase: Measured
  readonly suitesPhase: Measured
  readonly grade: Measured
  readonly rest: Measured
}

/**
 * Whole trials of an agent that does nothing, one after another, each split into its parts and divided by its own suite.
 * `sandboxMs`, what the sandbox adds to the suite's command, is counted as the harness's.
 */
export async function measureTrials(place: Place, count: number, sandboxMs: number): Promise<TrialRows> {
  const ended: { readonly at: number; readonly trial: Trial; readonly folder: string }[] = []
  await runTrials({
    ...place,
    runner: nopRunner(),
    // The first warms up and gives the second its start.
    trials: count + 1,
    concurrency: 1,
    onTrial: (trial, _done, folder) => ended.push({ at: performance.now(), trial, folder }),
  })
  const timed: TimedTrial[] = []
  for (const [index, { at, trial, folder }] of ended.entries()) {
    const before = ended[index - 1]
    if (before !== undefined) {
      timed.push(await timedTrial(at - before.at, trial, folder, sandboxMs))
    }
  }
  const part = (name: string, ours: (one: TimedTrial) => number): Measured => {
    const context = `${shownMs(spreadOf(timed.map(ours)).median)} ${name}`
    return { kind: 'figure', spread: spreadOf(timed.map((one) => ours(one) / one.suite)), unit: '', context }
  }
  const suite = shownMs(spreadOf(timed.map((one) => one.suite)).median)
  return {
    harness: part(
      `÷ ${suite} suite, ${count} trials; ${shownMs(sandboxMs)} of it the sandbox's start`,
      ({ whole, suite }) => whole - suite,
    ),
    agentPhase: part('workspace, snapshots, gateway, seal', ({ agentPhase }) => agentPhase),
    suitesPhase: part('clean room, sandbox, seal', ({ suitesPhase }) => suitesPhase),
    grade: part('', ({ grade }) => grade),
    rest: part(
      'stored line, scratch folder',
      ({ whole, suite, agentPhase, suitesPhase, grade }) => whole - suite - agentPhase - suitesPhase - grade,
    ),
  }
}

async function timedTrial(whole: number, trial: Trial, runFolder: string, sandboxMs: number): Promise<TimedTrial> {
  const evidence = JSON.parse(await readFile(join(attemptFolder(runFolder, trial), 'evidence.json'), 'utf8')) as Evidence
  const suite = evidence.suites.reduce((sum, { ms }) => sum + ms - sandboxMs, 0)
  const { agent, suites, grade } = trial.seconds
  return { whole, suite, agentPhase: agent * 1000, suitesPhase: suites * 1000 - suite, grade: grade * 1000 }
}
