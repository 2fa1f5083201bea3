import { cut, markdownCode, markdownText } from './escape.ts'
import { bounds, duration, plural } from './figures.ts'
import type { Quote } from './rates.ts'
import type { Summary } from './summary.ts'
import type { TaskSummary, TrialSummary } from './task-summary.ts'
import { costCell, passedText, signOf, stopSentence, tallyText, tellsSomething, timeCell, totalLines } from './wording.ts'

/** GitHub drops a job summary of more than 1 MiB whole, and refuses one of nearly that much: bytes of UTF-8. */
const JOB_SUMMARY_BYTES = 900_000

/** Sentences a trial: more hide the other trials. The evidence has them all. */
const MOST_SENTENCES = 20

/** Characters of one sentence that an agent had a part in. */
const MOST_CHARACTERS = 600

/** Notes that are shown, each cut as a sentence is. */
const MOST_NOTES = 20

/**
 * The report as GitHub-flavoured Markdown, ending in a line break, in at most `maxBytes` bytes (of some hundreds at least): details of tasks are left out from
 * the end, which is the good end, then rows of the table. Nothing an agent wrote becomes markup, a link or a mention.
 */
export function renderMarkdown(summary: Summary, maxBytes: number = JOB_SUMMARY_BYTES): string {
  const below = [totals(summary), ...conformance(summary)]
  const above = [title(summary), ...notes(summary)]
  const [heads, ...rows] = taskTable(summary)
  const details = summary.tasks.map((task) => taskDetails(task)).filter((text) => text !== '')
  const roomForRows =
    maxBytes - sizeOf([...above, heads, ...below, leftOut(rows.length, 'Rows', maxBytes), leftOut(details.length, 'Details', maxBytes)])
  const shownRows = fitting(rows, roomForRows, 1)
  const table = [
    [heads, ...shownRows].join('\n'),
    ...(shownRows.length < rows.length ? [leftOut(rows.length - shownRows.length, 'Rows', maxBytes)] : []),
  ]
  const top = [...above, ...table, ...below]
  const shown = fitting(details, maxBytes - sizeOf([...top, leftOut(details.length, 'Details', maxBytes)]), 2)
  const note = shown.length < details.length ? [leftOut(details.length - shown.length, 'Details', maxBytes)] : []
  return `${[...top, ...shown, ...note].join('\n\n')}\n`
}

/** The first of `blocks` that have room, each with the line breaks behind it. */
function fitting(blocks: readonly string[], room: number, breaks: number): readonly string[] {
  let left = room
  const end = blocks.findIndex((block) => {
    left -= bytesOf(block) + breaks
    return left < 0
  })
  return end === -1 ? blocks : blocks.slice(0, end)
}

function leftOut(count: number, what: 'Details' | 'Rows', maxBytes: number): string {
  return `_${what} of ${plural(count, 'task')} are left out, to stay within ${maxBytes} bytes._`
}

/** Bytes of UTF-8 of blocks with the empty lines between them. */
function sizeOf(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + bytesOf(block) + 2, 0)
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

function title({ agent, runner, model, run, createdAt, versions, rung, limitsBy, folder }: Summary): string {
  const answered = model.answered.length === 0 ? 'no model answered' : `answered by ${model.answered.map(markdownCode).join(', ')}`
  return [
    `## Assay: ${markdownText(cut(agent.name, 200))} on ${markdownText(runner)}`,
    '',
    `Model ${markdownCode(model.asked)}, ${answered}. Run \`${run}\` of ${createdAt.slice(0, 16).replace('T', ' ')} UTC, Assay ${versions.assay}, sandbox ${rung}, limits by ${limitsBy}, prompt \`${agent.promptDigest.slice(0, 12)}\`. Evidence below ${markdownCode(folder)}.`,
  ].join('\n')
}

function notes({ notes: all }: Summary): readonly string[] {
  return all.slice(0, MOST_NOTES).map((note) => `> **${agentText(note)}**`)
}

/** Its head, then a line a task. */
function taskTable({ tasks, trialsPerTask }: Summary): readonly [head: string, ...rows: string[]] {
  const rows = tasks.map((task) =>
    [
      signOf(task),
      markdownCode(task.task),
      tallyText(task.tests, trialsPerTask),
      tallyText(task.scope, trialsPerTask),
      passedText(task),
      markdownText(costCell(task)),
      timeCell(task),
    ].join(' | '),
  )
  return ['| | Task | Tests | Scope | Passed | Cost | Time |\n|---|---|---|---|---|---:|---:|', ...rows.map((row) => `| ${row} |`)]
}

function totals(summary: Summary): string {
  return totalLines(summary)
    .map(([label, text]) => (label === '' ? `  ${markdownText(text)}` : `- **${label}**: ${markdownText(text)}`))
    .join('\n')
}

function conformance({ conformance: rules }: Summary): readonly string[] {
  if (rules.length === 0) {
    return []
  }
  const rows = rules.map(({ rule, kept, na, inconclusive }) => {
    const counts = kept.of === 0 ? '- | -' : `${kept.count} of ${kept.of} | ${bounds(kept.interval)}`
    return `| ${markdownCode(rule)} | ${counts} | ${na} | ${inconclusive} |`
  })
  const table = ['| Conformance | Kept | 95 % interval | na | inconclusive |', '|---|---|---|---:|---:|', ...rows].join('\n')
  const quotes = rules.flatMap(({ rule, worst }) => worst.map((quote) => quoteLine(rule, quote)))
  return quotes.length === 0 ? [table] : [table, `Worst places:\n\n${quotes.join('\n')}`]
}

function quoteLine(rule: string, { sentence, evidence, more }: Quote): string {
  const others = more > 0 ? `, and ${more} more` : ''
  return `- ${markdownCode(rule)}: ${agentText(sentence)} (${markdownCode(evidence)}${others})`
}

function taskDetails(task: TaskSummary): string {
  const trials = task.trials.filter(tellsSomething)
  if (trials.length === 0) {
    return ''
  }
  const { prepare, agent, suites, grade } = task.seconds
  const phases = `prepare ${duration(prepare)}, agent ${duration(agent)}, suites ${duration(suites)}, grade ${duration(grade)}`
  return [
    `### ${signOf(task)} ${markdownText(task.task)}`,
    '',
    `${markdownText(cut(task.title, 200))} (${task.kind}; ${phases})`,
    '',
    ...trials.flatMap((trial) => trialLines(trial)),
  ].join('\n')
}

function trialLines(trial: TrialSummary): readonly string[] {
  const place = markdownCode(trial.evidence)
  if (trial.outcome === 'void') {
    const why = agentText(`${trial.phase}, ${trial.cause}: ${trial.message}`)
    return [`- Trial ${trial.k}: **void**, not counted (${place})`, `  - ${why}`]
  }
  const others = trial.otherGates.length > 0 ? ` (${markdownText(trial.otherGates.join(', '))})` : ''
  const stop = stopSentence(trial.stop)
  const shown = trial.findings.slice(0, MOST_SENTENCES)
  const left = trial.findings.length - shown.length
  return [
    `- Trial ${trial.k}: **${trial.passed ? 'passed' : 'failed'}**${others} (${place})`,
    ...(stop === null ? [] : [`  - ${agentText(stop)}`]),
    ...shown.map(({ severity, sentence }) => `  - ${severity}: ${agentText(sentence)}`),
    ...(left > 0 ? [`  - and ${left} more`] : []),
  ]
}

function agentText(text: string): string {
  return markdownText(cut(text, MOST_CHARACTERS))
}
