import type { Summary } from './summary.ts'
import { outcomeOf } from './task-outcome.ts'
import type { TaskSummary } from './task-summary.ts'
import { element, xmlText } from './xml.ts'

/**
 * The report as JUnit XML, ending in a line break: one suite a fixture, one case a task, since readers take cases of one name for retries and drop some.
 * A trial that did not pass is a `failure`; a task that only we stood in the way of is an `error`; one that was not tried is `skipped`. Only elements and
 * attributes that the schema of Jenkins knows are used (its xunit plug-in, junit-10): no `skipped` at the root, no `file`, no properties of a case.
 */
export function renderJunit(summary: Summary): string {
  const fixtures = Map.groupBy(summary.tasks, ({ task }) => task.split('/')[0] ?? '')
  const suites = [...fixtures].map(([fixture, tasks]) => suiteOf(fixture, tasks, summary))
  const root = { name: `${summary.agent.name} on ${summary.runner}`, time: seconds(summary.tasks), ...counts(summary.tasks) }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { ...root, skipped: null }, suites)}\n`
}

function suiteOf(fixture: string, tasks: readonly TaskSummary[], summary: Summary): string {
  const { agent, model, versions, run, rung } = summary
  const properties = {
    run,
    'prompt.sha256': agent.promptDigest,
    model: model.asked,
    'model.answered': model.answered.join(', '),
    'assay.version': versions.assay,
    sandbox: rung,
    trials: String(summary.trialsPerTask),
    note: summary.notes.join(' '),
  }
  const shown = Object.entries(properties).filter(([, value]) => value !== '')
  return element('testsuite', { name: fixture, ...counts(tasks), time: seconds(tasks), timestamp: summary.createdAt.slice(0, 19) }, [
    element(
      'properties',
      {},
      shown.map(([name, value]) => element('property', { name, value })),
    ),
    ...tasks.map((task) => caseOf(task)),
  ])
}

const elements = { failed: 'failure', broken: 'error', 'not run': 'skipped' } as const

function caseOf(task: TaskSummary): string {
  const { kind, type, message, lines } = outcomeOf(task)
  const text = xmlText(lines.join('\n'))
  const told = kind === 'passed' ? [] : [reason(elements[kind], { type, message }, text)]
  const details = xmlText(`${task.title}\n${message}\n`) + text
  return element('testcase', { classname: task.task.split('/')[0] ?? '', name: task.task, time: seconds([task]) }, [
    ...told,
    element('system-out', {}, [details]),
  ])
}

/** `skipped` has no type. */
function reason(
  name: 'failure' | 'error' | 'skipped',
  { type, message }: { readonly type: string; readonly message: string },
  text: string,
): string {
  return name === 'skipped' ? element(name, { message }) : element(name, { type, message }, text === '' ? [] : [text])
}

function counts(tasks: readonly TaskSummary[]): Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>> {
  const kinds = tasks.map((task) => outcomeOf(task).kind)
  const count = (kind: (typeof kinds)[number]) => kinds.filter((one) => one === kind).length
  return { tests: tasks.length, failures: count('failed'), errors: count('broken'), skipped: count('not run') }
}

/** Of all phases and attempts; strict readers take three decimals and no more. */
function seconds(tasks: readonly TaskSummary[]): string {
  return tasks.reduce((sum, task) => sum + secondsOf(task), 0).toFixed(3)
}

function secondsOf({ seconds: { prepare, agent, suites, grade } }: TaskSummary): number {
  return prepare + agent + suites + grade
}
