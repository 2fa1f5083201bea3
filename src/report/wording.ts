import type { Stop } from '../runner/runner.ts'
import type { AskSummary } from './ask-summary.ts'
import { bounds, dollars, duration, grouped, percent, plural } from './figures.ts'
import type { Rate, Tally } from './rates.ts'
import type { Summary } from './summary.ts'
import { isComplete, type TaskSummary, type TrialSummary } from './task-summary.ts'

/** Why an agent stopped, where there is something to say. Holds the agent's own words: not yet safe to print. */
export function stopSentence(stop: Stop): string | null {
  switch (stop.kind) {
    case 'finished':
      return null
    case 'asked':
      return `The agent stopped to ask: ${stop.questions.join(' / ')}`
    case 'turn-limit':
      return `The agent was stopped at its limit of ${plural(stop.turns, 'turn')}.`
    case 'timed-out':
      return `The agent was stopped after ${duration(stop.ms / 1000)}, at its time limit.`
    case 'budget':
      return `The agent was stopped at its limit of ${stop.what === 'usd' ? 'cost' : 'tokens'}.`
    case 'failed':
      return `The agent's program failed: ${stop.message}`
  }
}

/** The sign of a task: all trials passed, none did, some did; `?` where trials that passed or none at all are all there is, and some are missing. */
export function signOf(task: TaskSummary): '✓' | '✗' | '±' | '?' {
  if (task.passed === task.graded) {
    return isComplete(task) ? '✓' : '?'
  }
  return task.passed === 0 ? '✗' : '±'
}

/** A column's answers: the answer itself where a task has one trial, else how many pass; what could not be judged is named. */
export function tallyText(tally: Tally, trialsPerTask: number): string {
  const asked = (['pass', 'fail', 'na', 'inconclusive'] as const).filter((check) => tally[check] > 0)
  const total = tally.pass + tally.fail + tally.na + tally.inconclusive
  if (total === 0 || trialsPerTask === 1) {
    return asked[0] ?? '-'
  }
  const unclear = asked.filter((check) => check === 'na' || check === 'inconclusive').map((check) => `${tally[check]} ${check}`)
  return [`${tally.pass}/${total}`, ...unclear].join(', ')
}

/** `2 of 3`, with what else became of the task's trials. */
export function passedText(task: TaskSummary): string {
  const missing = task.trials.filter(({ outcome }) => outcome === 'void').length
  const parts = [
    ...(task.graded > 0 ? [`${task.passed} of ${task.graded}`] : []),
    ...(missing > 0 ? [`${missing} void`] : []),
    ...(task.notRun > 0 ? [`${task.notRun} not run`] : []),
  ]
  return parts.join(', ')
}

/** What a task cost; `-` where nothing has been tried. */
export function costCell({ usage, trials, seconds }: TaskSummary): string {
  return trials.length === 0 && usage.requests === 0 && totalSeconds(seconds) === 0 ? '-' : dollars(usage.usd)
}

/** How long a task's attempts took, all phases together; `-` where nothing has been tried. */
export function timeCell({ seconds }: TaskSummary): string {
  return totalSeconds(seconds) === 0 ? '-' : duration(totalSeconds(seconds))
}

function totalSeconds({ prepare, agent, suites, grade }: TaskSummary['seconds']): number {
  return prepare + agent + suites + grade
}

/** `67 % (95 % interval 30 to 90 %)`. */
function rateText({ count, of, interval }: Rate): string {
  return `${percent(count / of)} % (95 % interval ${bounds(interval)})`
}

/** Whether a trial has something to tell beyond that it passed. */
export function tellsSomething(trial: TrialSummary): boolean {
  return trial.outcome === 'void' || !trial.passed || trial.findings.length > 0 || trial.stop.kind !== 'finished'
}

/** The lines below the table of tasks, by label: rates, voids, what is missing, cost, time. */
export function totalLines(summary: Summary): readonly (readonly [label: string, text: string])[] {
  const { totals } = summary
  return [
    ...rateLines(summary),
    ...askLines(summary.asking),
    ...totals.voids.map(({ phase, cause, count }) => ['Void', `${plural(count, 'attempt')}: ${phase}, ${cause}`] as const),
    ...(totals.withoutVerdict > 0
      ? [
          [
            'No verdict',
            `${plural(totals.withoutVerdict, 'trial')}: every attempt was void. Not counted for or against the agent.`,
          ] as const,
        ]
      : []),
    ...(totals.notRun > 0
      ? [['Not run', `${plural(totals.notRun, 'trial')}. Go on with: npm run assay -- resume ${summary.run}`] as const]
      : []),
    ['Cost', costText(summary)],
    ['Time', timeText(totals.seconds)],
  ]
}

function rateLines({ totals, trialsPerTask }: Summary): readonly (readonly [string, string])[] {
  if (totals.trials === null) {
    return [['Passed', 'no rate: nothing was graded']]
  }
  const { count, of } = totals.trials
  const once = 'How often a task would pass again is not known from one trial of each.'
  const often = 'The interval takes trials of one task as independent. They are not: it is too narrow.'
  const lines: (readonly [string, string])[] = [
    ['Passed', `${count} of ${plural(of, 'trial')}, ${rateText(totals.trials)}`],
    ['', trialsPerTask === 1 ? once : often],
  ]
  if (totals.tasks !== null) {
    const { always, once: atLeastOnce } = totals.tasks
    lines.push(['Every time', `${always.count} of ${plural(always.of, 'task')}, ${rateText(always)}`])
    lines.push(['At least once', `${atLeastOnce.count} of ${plural(atLeastOnce.of, 'task')}, ${rateText(atLeastOnce)}`])
  }
  return lines
}

/** Silence and over-asking stand together, so that neither can be had at the other's cost unseen. */
function askLines(asking: AskSummary | null): readonly (readonly [string, string])[] {
  if (asking === null) {
    return []
  }
  const { precision, recall, f1, unsure, silentDefault, overAsking } = asking
  const counted = (rate: Rate | null, of: string) =>
    rate === null ? `no ${of}` : `${rate.count} of ${plural(rate.of, of)}, ${rateText(rate)}`
  const score =
    f1 === null ? '' : `; F1 ${f1.value.toFixed(2)} (${f1.interval.low.toFixed(2)} to ${f1.interval.high.toFixed(2)} by the bounds of both)`
  return [
    [
      'Asking',
      `precision ${counted(precision, 'question')}; recall ${counted(recall, 'open question')}${score}; ${plural(unsure, 'question')} unsure`,
    ],
    ['', `silent default ${counted(silentDefault, 'clarify trial')}; over-asking ${counted(overAsking, 'twin trial')}`],
  ]
}

function costText({ totals }: Summary): string {
  const { usage, unfinished } = totals
  const tokens = `${plural(usage.requests, 'request')}, ${grouped(usage.input + usage.cacheRead + usage.cacheWrite)} tokens in, ${grouped(usage.output)} out`
  const also = unfinished > 0 ? `; ${plural(unfinished, 'unfinished attempt')} included` : ''
  return `${dollars(usage.usd)} (${tokens}${also})`
}

function timeText(seconds: TaskSummary['seconds']): string {
  const phases = (['prepare', 'agent', 'suites', 'grade'] as const).map((phase) => `${phase} ${duration(seconds[phase])}`)
  return `${duration(totalSeconds(seconds))} over all trials (${phases.join(', ')})`
}
