import type { Usage } from '../evidence/transcript.ts'
import type { Check } from '../grading/check.ts'
import type { Finding } from '../grading/finding.ts'
import { countingTrials } from '../results/plan.ts'
import type { PlannedTask } from '../results/run.ts'
import type { PhaseSeconds, Trial, VoidTrial } from '../results/trial.ts'
import { sumUsage } from '../results/usage.ts'
import type { Stop } from '../runner/runner.ts'
import { evidenceOf, type Tally, tallyOf, worstOf } from './rates.ts'

/** The gates of the column `scope`; those of the column `tests` are the ones about tests that run. What is in neither is named beside the verdict. */
const scopeGates: ReadonlySet<string> = new Set(['scope', 'deliverable'])
const testGates: ReadonlySet<string> = new Set(['fail-to-pass', 'pass-to-pass', 'new-tests', 'green', 'mutants', 'shuffled'])

export interface TaskSummary {
  readonly task: string
  readonly title: string
  readonly kind: PlannedTask['kind']
  /** Of the trials that were graded, how many passed. */
  readonly passed: number
  readonly graded: number
  /** Void attempts, those that were tried again too. */
  readonly voids: number
  /** Trials that are still to be run. */
  readonly notRun: number
  /** One answer a graded trial. */
  readonly tests: Tally
  readonly scope: Tally
  /** Of all attempts, void and interrupted ones too; `usd` is null where a price is unknown. */
  readonly usage: Usage
  readonly seconds: PhaseSeconds
  /** The attempts that count, by `k`. */
  readonly trials: readonly TrialSummary[]
}

/** One trial's last attempt. `evidence` is the attempt's folder below the run's folder. */
export type TrialSummary = { readonly k: number; readonly attempt: number; readonly evidence: string } & (
  | {
      readonly outcome: 'graded'
      readonly passed: boolean
      readonly tests: Check
      readonly scope: Check
      /** Required gates of neither column that did not pass. */
      readonly otherGates: readonly string[]
      readonly stop: Stop
      readonly findings: readonly (Finding & { readonly sentence: string })[]
    }
  | { readonly outcome: 'void'; readonly phase: VoidTrial['phase']; readonly cause: string; readonly message: string }
)

interface TaskParts {
  readonly notRun: number
  readonly describe: (finding: Finding) => string
  readonly unfinished: readonly { readonly usage: Usage }[]
}

/** Sums up all attempts at one task. */
export function summariseTask(planned: PlannedTask, attempts: readonly Trial[], { notRun, describe, unfinished }: TaskParts): TaskSummary {
  const trials = countingTrials(attempts)
    .toSorted((a, b) => a.k - b.k)
    .map((trial) => summariseTrial(trial, describe))
  const graded = trials.filter((trial) => trial.outcome === 'graded')
  return {
    task: planned.task,
    title: planned.title,
    kind: planned.kind,
    passed: graded.filter(({ passed }) => passed).length,
    graded: graded.length,
    voids: attempts.filter(({ outcome }) => outcome === 'void').length,
    notRun,
    tests: tallyOf(graded.map(({ tests }) => tests)),
    scope: tallyOf(graded.map(({ scope }) => scope)),
    usage: sumUsage([...attempts, ...unfinished].map(({ usage }) => usage)),
    seconds: sumSeconds(attempts),
    trials,
  }
}

/** Whether each planned trial of a task has a verdict. */
export function isComplete(task: TaskSummary): boolean {
  return task.notRun === 0 && task.graded > 0 && task.graded === task.trials.length
}

/** Seconds of many attempts, phase by phase. */
export function sumSeconds(trials: readonly { readonly seconds: PhaseSeconds }[]): PhaseSeconds {
  const sum = (phase: keyof PhaseSeconds) => trials.reduce((total, { seconds }) => total + seconds[phase], 0)
  return { prepare: sum('prepare'), agent: sum('agent'), suites: sum('suites'), grade: sum('grade') }
}

function summariseTrial(trial: Trial, describe: (finding: Finding) => string): TrialSummary {
  const { task, k, attempt } = trial
  const place = { k, attempt, evidence: evidenceOf({ task, k, attempt }) }
  if (trial.outcome === 'void') {
    const { phase, cause, message } = trial
    return { ...place, outcome: 'void', phase, cause, message }
  }
  const gates = Object.entries(trial.gates)
  const column = (names: ReadonlySet<string>) => worstOf(gates.flatMap(([name, check]) => (names.has(name) ? [check] : [])))
  const others = gates.filter(([name, check]) => !testGates.has(name) && !scopeGates.has(name) && check !== 'pass')
  return {
    ...place,
    outcome: 'graded',
    passed: trial.passed,
    tests: column(testGates),
    scope: column(scopeGates),
    otherGates: others.map(([name, check]) => (check === 'fail' ? name : `${name} ${check}`)),
    stop: trial.stop,
    findings: trial.findings
      .toSorted((a, b) => Number(a.severity === 'warn') - Number(b.severity === 'warn'))
      .map((finding) => ({ ...finding, sentence: describe(finding) })),
  }
}
