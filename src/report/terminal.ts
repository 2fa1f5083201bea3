import { cut, printable } from './escape.ts'
import { bounds } from './figures.ts'
import type { Paint, Style } from './paint.ts'
import type { Quote } from './rates.ts'
import type { Summary } from './summary.ts'
import { alignedCells, type Column, GAP, wrapped } from './table.ts'
import type { TaskSummary, TrialSummary } from './task-summary.ts'
import { costCell, passedText, signOf, stopSentence, tallyText, tellsSomething, timeCell, totalLines } from './wording.ts'

/** Characters a line: what a terminal, a CI log and a quoted mail show without breaking. */
const WIDTH = 100

/** Sentences a trial: more hide the other trials. The evidence has them all. */
const MOST_SENTENCES = 8

/** Characters of one sentence that an agent had a part in. */
const MOST_CHARACTERS = 400

/** Characters of the sentence that is quoted of a rule. */
const MOST_QUOTED = 160

/** The report for a person at a terminal, ending in a line break. Texts of agents are made safe to print. */
export function renderTerminal(summary: Summary, paint: Paint): string {
  const blocks = [notes(summary, paint), heading(summary, paint), taskTable(summary, paint)]
  const details = summary.tasks.map((task) => taskDetails(task, paint))
  return `${[...blocks, ...details, conformance(summary, paint), totals(summary, paint)].filter((block) => block !== '').join('\n\n')}\n`
}

function notes({ notes: all }: Summary, paint: Paint): string {
  return all.map((note) => paint('yellow', wrapped(printable(note), WIDTH, 0))).join('\n')
}

function heading(summary: Summary, paint: Paint): string {
  const { agent, runner, model, versions, rung, limitsBy, folder } = summary
  const answered = model.answered.length === 0 ? 'no model answered' : `answered by ${model.answered.map(printable).join(', ')}`
  return [
    `${paint('bold', printable(agent.name))} on ${runner}, model ${printable(model.asked)}, ${answered}`,
    paint(
      'dim',
      `run ${summary.run} of ${summary.createdAt.slice(0, 16).replace('T', ' ')} UTC, Assay ${versions.assay}, Node ${versions.node}`,
    ),
    paint('dim', `sandbox ${rung}, limits by ${limitsBy}, prompt ${agent.promptDigest.slice(0, 12)}`),
    paint('dim', `evidence below ${printable(folder)}`),
  ].join('\n')
}

const columns: readonly Column[] = [
  { heading: 'TASK', align: 'left', shrinks: true },
  { heading: 'TESTS', align: 'left' },
  { heading: 'SCOPE', align: 'left' },
  { heading: 'PASSED', align: 'left' },
  { heading: 'COST', align: 'right' },
  { heading: 'TIME', align: 'right' },
]

function taskTable({ tasks, trialsPerTask }: Summary, paint: Paint): string {
  const rows = tasks.map((task) => [
    printable(task.task),
    tallyText(task.tests, trialsPerTask),
    tallyText(task.scope, trialsPerTask),
    passedText(task),
    costCell(task),
    timeCell(task),
  ])
  const [top = [], ...cells] = alignedCells(columns, rows, WIDTH - 2)
  const lines = cells.map((row, index) => {
    const task = tasks[index]
    return task === undefined ? '' : `${paintedSign(task, paint)} ${row.join(GAP)}`
  })
  return [paint('dim', `  ${top.join(GAP)}`), ...lines].map((line) => line.trimEnd()).join('\n')
}

function paintedSign(task: TaskSummary, paint: Paint): string {
  const sign = signOf(task)
  const style: Style = sign === '✓' ? 'green' : sign === '✗' ? 'red' : 'yellow'
  return paint(style, sign)
}

function taskDetails(task: TaskSummary, paint: Paint): string {
  const trials = task.trials.filter(tellsSomething)
  if (trials.length === 0) {
    return ''
  }
  const top = `${paintedSign(task, paint)} ${paint('bold', printable(task.task))}: ${printable(cut(task.title, 70))}`
  return [top, ...trials.flatMap((trial) => trialLines(trial, paint))].join('\n')
}

function trialLines(trial: TrialSummary, paint: Paint): readonly string[] {
  const place = paint('dim', trial.evidence)
  if (trial.outcome === 'void') {
    const why = sentence('void', `${trial.phase}, ${trial.cause}: ${trial.message}`, 'yellow', paint)
    return [`  trial ${trial.k}: void, not counted  ${place}`, why]
  }
  const others = trial.otherGates.length > 0 ? ` (${trial.otherGates.map(printable).join(', ')})` : ''
  const stop = stopSentence(trial.stop)
  const shown = trial.findings.slice(0, MOST_SENTENCES)
  const left = trial.findings.length - shown.length
  return [
    `  trial ${trial.k}: ${trial.passed ? 'passed' : `failed${others}`}  ${place}`,
    ...(stop === null ? [] : [sentence('stop', stop, 'yellow', paint)]),
    ...shown.map(({ severity, sentence: text }) => sentence(severity, text, severity === 'fail' ? 'red' : 'yellow', paint)),
    ...(left > 0 ? [`          and ${left} more`] : []),
  ]
}

function sentence(label: string, text: string, style: Style, paint: Paint): string {
  return `    ${paint(style, label)}  ${wrapped(printable(cut(text, MOST_CHARACTERS)), WIDTH - 10, 10)}`
}

function conformance({ conformance: rules }: Summary, paint: Paint): string {
  if (rules.length === 0) {
    return ''
  }
  const columns: readonly Column[] = [
    { heading: 'CONFORMANCE', align: 'left', shrinks: true },
    { heading: 'KEPT', align: 'left' },
    { heading: '95 % INTERVAL', align: 'left' },
    { heading: 'NA', align: 'right' },
    { heading: 'INCONCLUSIVE', align: 'right' },
  ]
  const rows = rules.map(({ rule, kept, na, inconclusive }) => [
    rule,
    kept.of === 0 ? '-' : `${kept.count} of ${kept.of}`,
    kept.of === 0 ? '-' : bounds(kept.interval),
    String(na),
    String(inconclusive),
  ])
  const [top = [], ...lines] = alignedCells(columns, rows, WIDTH - 2)
  const quotes = rules.flatMap(({ rule, worst: [first] }) => (first === undefined ? [] : [quote(rule, first, paint)]))
  const table = [paint('dim', `  ${top.join(GAP)}`), ...lines.map((row) => `  ${row.join(GAP)}`)].join('\n')
  return quotes.length === 0 ? table : `${table}\n\n${quotes.join('\n')}`
}

/** The worst place of a rule; the other reporters have more. */
function quote(rule: string, { sentence: text, evidence, more }: Quote, paint: Paint): string {
  const others = more > 0 ? ` (and ${more} more)` : ''
  return [
    `  ${paint('yellow', rule)}${others}  ${paint('dim', printable(evidence))}`,
    `    ${wrapped(printable(cut(text, MOST_QUOTED)), WIDTH - 4, 4)}`,
  ].join('\n')
}

function totals(summary: Summary, paint: Paint): string {
  const lines = totalLines(summary)
  const width = Math.max(...lines.map(([label]) => label.length)) + 2
  return lines.map(([label, text]) => paint('bold', label.padEnd(width)) + wrapped(printable(text), WIDTH - width, width)).join('\n')
}
