import type { Usage } from '../evidence/transcript.ts'
import type { Finding } from '../grading/finding.ts'
import type { Rule } from '../grading/rule.ts'
import { countingTrials, pendingTrials } from '../results/plan.ts'
import type { Run } from '../results/run.ts'
import type { PhaseSeconds, Trial, VoidTrial } from '../results/trial.ts'
import { sumUsage } from '../results/usage.ts'
import { type AskSummary, askSummary } from './ask-summary.ts'
import { notesOf } from './notes.ts'
import { type Conformance, conformanceOf, type Rate, rateOf } from './rates.ts'
import { isComplete, summariseTask, sumSeconds, type TaskSummary } from './task-summary.ts'

/** What a summary is made of, beside the run and its trials. */
export interface SummaryInput {
  /** Makes a sentence of a finding: `describe` of sentences.ts. */
  readonly describe: (finding: Finding) => string
  /** The rulebook: rules without a gate make the conformance table. */
  readonly rules: readonly Pick<Rule, 'id' | 'gate'>[]
  /** What attempts used that no trial tells of: they were interrupted, and paid for. */
  readonly unfinished: readonly { readonly task: string; readonly usage: Usage }[]
  /** Where the run lies, as a person would type it: evidence is named below it. */
  readonly folder: string
}

/** All that a report shows, as data. Texts of agents are as they were: each reporter makes them safe for its own output. */
export interface Summary {
  readonly schema: 1
  readonly run: string
  readonly createdAt: string
  readonly folder: string
  readonly agent: Run['variant']['agent']
  readonly runner: string
  readonly upstream: Run['variant']['upstream']
  readonly model: { readonly asked: string; readonly answered: readonly string[] }
  readonly rung: Run['rung']
  readonly limitsBy: Run['limitsBy']
  readonly versions: Run['versions']
  readonly shard: Run['plan']['shard']
  readonly trialsPerTask: number
  /** Sentences for the first lines: what limits all that follows. */
  readonly notes: readonly string[]
  /** Worst first. */
  readonly tasks: readonly TaskSummary[]
  readonly totals: Totals
  readonly conformance: readonly Conformance[]
  /** How the agent asks; null where the run has no task that tells. */
  readonly asking: AskSummary | null
}

interface Totals {
  /** Passed trials of those graded. Null where none was: then there is no rate. */
  readonly trials: Rate | null
  /** Tasks passed in every trial, and in at least one; only where each task has all its trials, and more than one. */
  readonly tasks: { readonly always: Rate; readonly once: Rate } | null
  /** Void attempts by phase and cause, those that were tried again with better luck too. */
  readonly voids: readonly { readonly phase: VoidTrial['phase']; readonly cause: string; readonly count: number }[]
  /** Trials whose last attempt is void and that are not tried again. */
  readonly withoutVerdict: number
  /** Trials that `resume` would run. */
  readonly notRun: number
  /** Of every attempt, void and interrupted ones too. */
  readonly usage: Usage
  readonly seconds: PhaseSeconds
  /** Attempts that were interrupted, or are under way. */
  readonly unfinished: number
}

/** Brings a run and its trials into the shape that reports show. */
export function summarise(run: Run, trials: readonly Trial[], input: SummaryInput): Summary {
  const pending = pendingTrials(run, trials)
  const attempts = Map.groupBy(trials, ({ task }) => task)
  const unfinished = Map.groupBy(input.unfinished, ({ task }) => task)
  const left = Map.groupBy(pending, ({ planned }) => planned)
  const tasks = run.plan.tasks
    .map((planned) =>
      summariseTask(planned, attempts.get(planned.task) ?? [], {
        notRun: left.get(planned)?.length ?? 0,
        describe: input.describe,
        unfinished: unfinished.get(planned.task) ?? [],
      }),
    )
    .filter((task) => task.trials.length > 0 || task.notRun > 0)
  const { variant, plan, rung, limitsBy, versions } = run
  const answered = [...new Set(trials.flatMap((trial) => trial.models))].toSorted()
  return {
    schema: 1,
    run: run.run,
    createdAt: run.createdAt,
    folder: input.folder,
    agent: variant.agent,
    runner: variant.runner,
    upstream: variant.upstream,
    model: { asked: variant.model, answered },
    rung,
    limitsBy,
    versions,
    shard: plan.shard,
    trialsPerTask: plan.trials,
    notes: notesOf(run, answered),
    tasks: tasks.toSorted((a, b) => badness(b) - badness(a)),
    totals: totalsOf(run, trials, { tasks, notRun: pending.length, unfinished: input.unfinished }),
    conformance: conformanceOf(countingTrials(trials), input.rules, input.describe),
    asking: askSummary(countingTrials(trials)),
  }
}

/** Failures first, those that fail most often before others; then what has no verdict; then what has not run. */
function badness(task: TaskSummary): number {
  if (task.graded > 0) {
    return task.passed < task.graded ? 4 - task.passed / task.graded : isComplete(task) ? 0 : 0.5
  }
  return task.voids > 0 ? 2 : 1
}

function totalsOf(
  run: Run,
  trials: readonly Trial[],
  {
    tasks,
    notRun,
    unfinished,
  }: { readonly tasks: readonly TaskSummary[]; readonly notRun: number; readonly unfinished: SummaryInput['unfinished'] },
): Totals {
  const graded = tasks.reduce((sum, task) => sum + task.graded, 0)
  const passed = tasks.reduce((sum, task) => sum + task.passed, 0)
  const complete = run.plan.trials > 1 && tasks.length > 0 && tasks.every((task) => task.graded === run.plan.trials)
  const tasksWith = (isCounted: (task: TaskSummary) => boolean) => rateOf(tasks.filter(isCounted).length, tasks.length)
  const ofVoids = trials.filter((trial) => trial.outcome === 'void')
  const causes = new Map(ofVoids.map((trial) => [`${trial.phase} ${trial.cause}`, trial]))
  return {
    trials: graded === 0 ? null : rateOf(passed, graded),
    tasks: complete ? { always: tasksWith((task) => task.passed === task.graded), once: tasksWith((task) => task.passed > 0) } : null,
    voids: [...causes.values()]
      .map(({ phase, cause }) => ({
        phase,
        cause,
        count: ofVoids.filter((trial) => trial.phase === phase && trial.cause === cause).length,
      }))
      .toSorted((a, b) => b.count - a.count),
    withoutVerdict: countingTrials(trials).filter((trial) => trial.outcome === 'void').length - pendingVoids(run, trials),
    notRun,
    usage: sumUsage([...trials, ...unfinished].map(({ usage }) => usage)),
    seconds: sumSeconds(trials),
    unfinished: unfinished.length,
  }
}

function pendingVoids(run: Run, trials: readonly Trial[]): number {
  return pendingTrials(run, trials).filter(({ attempt }) => attempt > 1).length
}
