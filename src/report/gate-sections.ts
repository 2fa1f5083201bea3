import type { Ending } from '../comparison/ending.ts'
import { pEquals, pText, signedPoints } from '../comparison/ending.ts'
import type { GateReport, GateTask } from '../comparison/gate.ts'
import { detailSections, headlineOf } from './comparison-sections.ts'
import { intervalText, leftOut, pointsOf } from './comparison-tables.ts'
import type { Row, Section } from './section.ts'

/** Everything that a report of a gate shows. */
export function gateSections(report: GateReport, ending: Ending): readonly Section[] {
  return [
    { kind: 'notes', notes: report.notes },
    headlineOf(ending),
    { kind: 'facts', facts: factsOf(report) },
    tasksOf(report),
    ...(report.comparison === null ? [leftOut(report)] : detailSections(report.comparison)),
  ]
}

function factsOf({ answer, against, tolerance, minRuns, tasks }: GateReport): readonly (readonly [string, string])[] {
  const count = (standing: GateTask['standing']) => tasks.filter((task) => task.standing === standing).length
  const p = answer.p === null ? 'no p' : `${pEquals(answer.p.worse)} for a drop, held against ${answer.alpha}`
  return [
    [
      'Against',
      against === 'interleaved'
        ? "the baseline's revision, run again in between the run's own trials"
        : "the baseline's recorded counts: this assumes that neither model nor machine has drifted since they were recorded",
    ],
    [
      'Mean',
      `${pointsOf(answer.effect)} (95 % interval ${intervalText(answer.interval)}; ${p}); drops up to ${Math.round(tolerance * 100)} points pass`,
    ],
    [
      'Tasks',
      `${count('blocking')} can block alone, ${count('flaky')} flaky (in the mean, where chance is accounted for, and never alone), ${count('burn-in')} with fewer than ${minRuns} recorded runs (inform only)`,
    ],
  ]
}

function tasksOf({ tasks, against }: GateReport): Section {
  const share = ({ passed, counted }: { readonly passed: number; readonly counted: number }) => `${passed} of ${counted}`
  const difference = ({ a, b }: GateTask) =>
    a.counted === 0 || b.counted === 0 ? '-' : signedPoints(b.passed / b.counted - a.passed / a.counted)
  const row = (task: GateTask): Row => ({
    sign: task.blocks ? '✗' : task.moved ? '!' : '',
    style: task.blocks ? 'red' : 'yellow',
    cells: [
      task.task,
      task.standing,
      String(task.records),
      share(task.before),
      against === 'stored' ? '-' : share(task.a),
      share(task.b),
      difference(task),
      pText(task.adjusted ?? task.p),
      task.blocks ? 'blocks' : task.moved ? 'moved' : '',
    ],
  })
  return {
    kind: 'table',
    columns: [
      { heading: 'Task', align: 'left', shrinks: true },
      { heading: 'Standing', align: 'left' },
      { heading: 'Runs', align: 'right' },
      { heading: 'Baseline, all', align: 'left' },
      { heading: 'Now', align: 'left' },
      { heading: 'Run', align: 'left' },
      { heading: 'Diff', align: 'right' },
      { heading: 'P', align: 'right' },
      { heading: '', align: 'left' },
    ],
    rows: tasks.map(row),
    below: "P: one-sided against all trials of the baseline's revision; for tasks that can block, adjusted by Holm and held against 0.01.",
  }
}
