import { cut, printable } from './escape.ts'
import { plural } from './figures.ts'
import type { Summary } from './summary.ts'
import { outcomeOf } from './task-outcome.ts'
import type { TaskSummary } from './task-summary.ts'

/** GitHub shows so many of each kind a step and loses the others without a word, those that come last. */
const MOST_ANNOTATIONS = 10
const MOST_CHARACTERS = 1000

/** Annotations as workflow commands, a line each, the worst first: an error for each task that failed, a warning where we stood in the way. At most ten in all. */
export function renderAnnotations(summary: Summary): string {
  const all = summary.tasks.flatMap(annotationOf).toSorted((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'))
  const shown = all.length <= MOST_ANNOTATIONS ? all : all.slice(0, MOST_ANNOTATIONS - 1)
  const left = all.length - shown.length
  return [
    ...shown.map(({ level, file, title, message }) => `::${level} file=${property(file)},title=${property(title)}::${data(message)}\n`),
    ...(left > 0
      ? [`::notice title=${property('Assay')}::${data(`${plural(left, 'more task')} did not pass; the summary of this job has all.`)}\n`]
      : []),
  ].join('')
}

interface Annotation {
  readonly level: 'error' | 'warning'
  readonly file: string
  readonly title: string
  readonly message: string
}

/** It points to the task's own file: what the agent changed is in no checkout of this repository. */
function annotationOf(task: TaskSummary): readonly Annotation[] {
  const { kind, message, lines } = outcomeOf(task)
  if (kind === 'passed' || kind === 'not run') {
    return []
  }
  const first = lines.find((line) => line.startsWith('  fail:'))?.trim() ?? ''
  return [
    {
      level: kind === 'failed' ? 'error' : 'warning',
      file: `tasks/${task.task}/task.md`,
      title: task.task,
      message: cut(first === '' ? message : `${message}. ${first}`, MOST_CHARACTERS),
    },
  ]
}

function data(text: string): string {
  return printable(text).replace(/%/g, '%25')
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
