import { cut, printable } from './escape.ts'
import { bounds, percent, plural } from './figures.ts'
import { rateOf } from './rates.ts'
import { isComplete, type TaskSummary, type TrialSummary } from './task-summary.ts'
import { stopSentence } from './wording.ts'

/**
 * All trials of a task as one answer, for formats that know one case a task. `failed`: a trial was graded and did not pass. `broken`: none did badly, but
 * some have no verdict, which is ours. `not run`: nothing was tried.
 */
export interface TaskOutcome {
  readonly kind: 'passed' | 'failed' | 'broken' | 'not run'
  /** Stable: what stood in the way (`tests`, `scope`, another gate, the cause of a void, `not-run`); empty where nothing did. */
  readonly type: string
  /** One line. */
  readonly message: string
  /** Every trial with its findings, line by line. Text of agents is safe to print. */
  readonly lines: readonly string[]
}

/** Sentences a trial, and characters of each: CI servers keep what they are given in memory. */
const MOST_SENTENCES = 20
const MOST_CHARACTERS = 600

/** Sums up a task's trials in one answer. */
export function outcomeOf(task: TaskSummary): TaskOutcome {
  const lines = task.trials.flatMap(trialLines)
  const message = messageOf(task)
  if (task.passed < task.graded) {
    return { kind: 'failed', type: failureType(task), message, lines }
  }
  if (isComplete(task)) {
    return { kind: 'passed', type: '', message, lines }
  }
  const lost = task.trials.find((trial) => trial.outcome === 'void')
  if (lost?.outcome === 'void') {
    return { kind: 'broken', type: printable(`${lost.phase}.${lost.cause}`), message, lines }
  }
  return { kind: task.graded === 0 ? 'not run' : 'broken', type: 'not-run', message, lines }
}

function messageOf({ passed, graded, trials, notRun }: TaskSummary): string {
  const missing = trials.filter(({ outcome }) => outcome === 'void').length
  const rate = rateOf(passed, graded)
  const passes =
    graded === 0
      ? 'No trial was graded'
      : `${passed} of ${plural(graded, 'trial')} passed (${percent(passed / graded)} %, 95 % interval ${bounds(rate.interval)})`
  return [passes, ...(missing > 0 ? [`${missing} void`] : []), ...(notRun > 0 ? [`${notRun} not run`] : [])].join(', ')
}

/** What stood in the way in the first trial that did not pass. */
function failureType({ trials }: TaskSummary): string {
  const first = trials.find((trial) => trial.outcome === 'graded' && !trial.passed)
  if (first?.outcome !== 'graded') {
    return 'failed'
  }
  return first.tests !== 'pass' ? 'tests' : first.scope !== 'pass' ? 'scope' : (first.otherGates[0]?.split(' ')[0] ?? 'failed')
}

function trialLines(trial: TrialSummary): readonly string[] {
  if (trial.outcome === 'void') {
    return [line(`Trial ${trial.k}: void, not counted: ${trial.phase}, ${trial.cause}: ${trial.message}`)]
  }
  const stop = stopSentence(trial.stop)
  const shown = trial.findings.slice(0, MOST_SENTENCES)
  const left = trial.findings.length - shown.length
  return [
    `Trial ${trial.k}: ${trial.passed ? 'passed' : 'failed'} (${trial.evidence})`,
    ...(stop === null ? [] : [line(`  ${stop}`)]),
    ...shown.map(({ severity, sentence }) => line(`  ${severity}: ${sentence}`)),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ]
}

function line(text: string): string {
  return cut(printable(text), MOST_CHARACTERS)
}
