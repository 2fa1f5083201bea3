import type { Comparison, TaskDifference } from '../../comparison/comparison.ts'
import type { Check } from '../../grading/check.ts'
import type { Finding } from '../../grading/finding.ts'
import type { Trial } from '../../results/trial.ts'
import { cut, printable } from '../escape.ts'
import { dollars, duration } from '../figures.ts'
import { rateOf } from '../rates.ts'
import { describe } from '../sentences.ts'
import type { Summary } from '../summary.ts'
import type { TaskSummary } from '../task-summary.ts'
import { costCell, passedText, signOf, stopSentence, tallyText, timeCell } from '../wording.ts'
import { type ShownRate, shownRate } from './shown-rate.ts'

/** One run of a report: its summary and every attempt. */
export interface PageArm {
  readonly summary: Summary
  readonly trials: readonly Trial[]
}

/** One task in the page's list, in every arm that has it. */
export interface TaskRow {
  readonly task: string
  readonly title: string
  readonly kind: string
  /** In order of the page's arms; null where an arm does not have the task. */
  readonly arms: readonly (TaskInArm | null)[]
  readonly difference: Pick<TaskDifference, 'difference' | 'p' | 'change'> | null
}

interface TaskInArm {
  readonly sign: ReturnType<typeof signOf>
  readonly rate: ShownRate | null
  readonly passed: string
  readonly planned: number
  readonly tests: string
  readonly scope: string
  readonly cost: string
  readonly time: string
  readonly trials: readonly TrialRow[]
}

interface TrialRow {
  readonly k: number
  readonly state: 'passed' | 'failed' | 'void' | 'not run'
  readonly attempt: number
  /** The attempt's folder below the run's folder. */
  readonly evidence: string
  readonly cost: string
  readonly time: string
  readonly turns: number
  readonly phases: string
  readonly stop: string | null
  readonly void: string | null
  /** Attempts before this one: they were void. */
  readonly earlier: readonly string[]
  readonly gates: readonly (readonly [gate: string, check: Check])[]
  readonly checks: readonly (readonly [rule: string, check: Check])[]
  readonly findings: readonly ShownFinding[]
}

interface ShownFinding {
  readonly code: string
  readonly rule: string
  readonly severity: 'fail' | 'warn'
  readonly sentence: string
}

/** The tasks of all arms: in the order of the comparison, else of the first run's summary. */
export function rows(arms: readonly PageArm[], comparison: Comparison | null): readonly TaskRow[] {
  const compared = new Map((comparison?.tasks ?? []).map((task) => [task.task, task]))
  const names = [...new Set([...compared.keys(), ...arms.flatMap(({ summary }) => summary.tasks.map(({ task }) => task))])]
  return names.map((name) => {
    const summaries = arms.map(({ summary }) => summary.tasks.find(({ task }) => task === name) ?? null)
    const some = summaries.find((one) => one !== null)
    const difference = compared.get(name)
    return {
      task: cut(printable(name), 200),
      title: cut(printable(some?.title ?? ''), 200),
      kind: some?.kind ?? '',
      arms: summaries.map((summary, index) => (summary === null ? null : taskInArm(summary, arms[index]))),
      difference: difference === undefined ? null : { difference: difference.difference, p: difference.p, change: difference.change },
    }
  })
}

function taskInArm(task: TaskSummary, arm: PageArm | undefined): TaskInArm {
  const trialsPerTask = arm?.summary.trialsPerTask ?? 1
  const attempts = Map.groupBy(
    (arm?.trials ?? []).filter((trial) => trial.task === task.task),
    ({ k }) => k,
  )
  const tried = task.trials.flatMap(({ k, attempt, evidence }) => {
    const of = attempts.get(k) ?? []
    const trial = of.find((one) => one.attempt === attempt)
    return trial === undefined ? [] : [trialRow(trial, of, printable(evidence))]
  })
  const planned = arm?.summary.shard === null ? trialsPerTask : tried.length
  const ks = new Set(tried.map(({ k }) => k))
  const missing = Array.from({ length: planned }, (_, index) => index + 1).filter((k) => !ks.has(k))
  return {
    sign: signOf(task),
    rate: shownRate(rateOf(task.passed, task.graded)),
    passed: passedText(task),
    planned,
    tests: tallyText(task.tests, trialsPerTask),
    scope: tallyText(task.scope, trialsPerTask),
    cost: costCell(task),
    time: timeCell(task),
    trials: [...tried, ...missing.map(notRun)].toSorted((a, b) => a.k - b.k),
  }
}

function trialRow(trial: Trial, attempts: readonly Trial[], evidence: string): TrialRow {
  const { prepare, agent, suites, grade } = trial.seconds
  const isGraded = trial.outcome === 'graded'
  const stop = isGraded ? stopSentence(trial.stop) : null
  return {
    k: trial.k,
    state: isGraded ? (trial.passed ? 'passed' : 'failed') : 'void',
    attempt: trial.attempt,
    evidence,
    cost: dollars(trial.usage.usd),
    time: duration(prepare + agent + suites + grade),
    turns: trial.usage.requests,
    phases: `agent ${duration(agent)}, suites ${duration(suites)}`,
    stop: stop === null ? null : cut(printable(stop), 600),
    void: isGraded ? null : voidText(trial),
    earlier: attempts
      .filter(({ attempt }) => attempt < trial.attempt)
      .map((one) => `Attempt ${one.attempt} was ${one.outcome === 'void' ? `void: ${voidText(one)}` : 'graded'}`),
    gates: isGraded ? namedChecks(trial.gates) : [],
    checks: isGraded ? namedChecks(trial.checks) : [],
    findings: isGraded ? orderedFindings(trial.findings).map(shownFinding) : [],
  }
}

/** The findings of a trial as they are listed: those that decide the verdict first. */
export function orderedFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => Number(a.severity === 'warn') - Number(b.severity === 'warn'))
}

function shownFinding(finding: Finding): ShownFinding {
  const { code, rule, severity } = finding
  return { code: cut(printable(code), 60), rule: cut(printable(rule), 80), severity, sentence: cut(printable(describe(finding)), 600) }
}

function namedChecks(checks: Readonly<Record<string, Check>>): readonly (readonly [string, Check])[] {
  return Object.entries(checks).map(([name, check]) => [cut(printable(name), 80), check] as const)
}

function voidText({ phase, cause, message }: Extract<Trial, { readonly outcome: 'void' }>): string {
  return cut(printable(`${phase}, ${cause}: ${message}`), 600)
}

function notRun(k: number): TrialRow {
  const nothing = { cost: '-', time: '-', turns: 0, phases: '', stop: null, void: null, earlier: [], gates: [], checks: [], findings: [] }
  return { k, state: 'not run', attempt: 0, evidence: '', ...nothing }
}
