import type { Answer, Comparison, PairedRatio, TaskArm, TaskDifference } from '../comparison/comparison.ts'
import { pText, signedPoints } from '../comparison/ending.ts'
import type { Interval } from '../statistics/interval.ts'
import type { Style } from './paint.ts'
import type { Row, Section } from './section.ts'

/** Both questions with their answers, and what the trials could have found. */
export function questions({ gate, compare, detectable, voidsAsFailures, order }: Comparison): Section {
  const row = (question: string, answer: Answer, p: string, finds: string): Row => ({
    sign: '',
    style: 'dim',
    cells: [question, answer.verdict, answer.effect === null ? '-' : signedPoints(answer.effect), intervalText(answer.interval), p, finds],
  })
  const drop = ({ p }: Answer) => (p === null ? '-' : `${pText(p.worse)} for a drop`)
  const change = ({ p }: Answer) => (p === null ? '-' : pText(p.different))
  const finds = (share: number | null) => (share === null ? 'none' : `${Math.ceil(share * 100)} points`)
  const also = voidsAsFailures === null ? [] : [row('  if voids were failures', voidsAsFailures.gate, drop(voidsAsFailures.gate), '')]
  const alsoNew =
    voidsAsFailures === null ? [] : [row('  if voids were failures', voidsAsFailures.compare, change(voidsAsFailures.compare), '')]
  const from =
    detectable.from === 'measured'
      ? 'the variances of these trials'
      : 'published variances, since these trials are too few or too alike to measure any'
  return {
    kind: 'table',
    columns: [
      { heading: 'Question', align: 'left', shrinks: true },
      { heading: 'Answer', align: 'left' },
      { heading: 'Effect', align: 'right' },
      { heading: '95 % interval', align: 'left' },
      { heading: 'P', align: 'left' },
      { heading: 'Finds', align: 'right' },
    ],
    rows: [
      row('Did it get worse on this suite?', gate, drop(gate), finds(detectable.gate)),
      ...also,
      row('Would it be better on new tasks?', compare, change(compare), finds(detectable.compare)),
      ...alsoNew,
    ],
    below: [
      'The first permutes trials between the arms within each task, the second flips signs over tasks; effects are B minus A in points, each task counts the same.',
      `FINDS: the smallest effect that four of five such comparisons find, by ${from}.`,
      ...(order === 'interleaved' ? ['Trials of the two arms were interleaved in random blocks.'] : []),
    ].join(' '),
  }
}

/** Every task that pairs, the greatest drop first. */
export function tasks({ tasks: all }: Comparison): Section {
  return {
    kind: 'table',
    columns: [
      { heading: 'Task', align: 'left', shrinks: true },
      { heading: 'A', align: 'left' },
      { heading: 'B', align: 'left' },
      { heading: 'Difference', align: 'right' },
      { heading: 'P alone', align: 'right' },
      { heading: '', align: 'left' },
    ],
    rows: all.map((task) => ({
      ...signs[task.change],
      cells: [task.task, taskArmText(task.a), taskArmText(task.b), signedPoints(task.difference), pText(task.p), changeText(task)],
    })),
  }
}

const signs: Readonly<Record<TaskDifference['change'], { readonly sign: string; readonly style: Style }>> = {
  collapsed: { sign: '✗', style: 'red' },
  less: { sign: '-', style: 'yellow' },
  same: { sign: '=', style: 'dim' },
  more: { sign: '+', style: 'green' },
  recovered: { sign: '✓', style: 'green' },
}

function changeText({ change }: TaskDifference): string {
  return change === 'collapsed' ? 'collapsed: from always to never' : change === 'recovered' ? 'recovered: from never to always' : ''
}

function taskArmText({ passed, counted, voids: lost, notRun }: TaskArm): string {
  return [`${passed} of ${counted}`, ...(lost > 0 ? [`${lost} void`] : []), ...(notRun > 0 ? [`${notRun} not run`] : [])].join(', ')
}

/** Rules that decide no verdict, as far as an arm could be judged by them. */
export function rules({ rules: all }: Comparison): Section {
  const kept = ({ kept: count, of }: { readonly kept: number; readonly of: number }) => (of === 0 ? '-' : `${count} of ${of}`)
  const style = { better: 'green', worse: 'red', 'cannot tell': 'dim' } as const
  return {
    kind: 'table',
    columns: [
      { heading: 'Conformance', align: 'left', shrinks: true },
      { heading: 'A kept', align: 'left' },
      { heading: 'B kept', align: 'left' },
      { heading: 'Difference', align: 'right' },
      { heading: 'P (Holm)', align: 'right' },
      { heading: '', align: 'left' },
    ],
    rows: all
      .filter(({ a, b }) => a.of + b.of > 0)
      .map(({ rule, a, b, effect, adjusted, verdict }) => ({
        sign: verdict === 'worse' ? '✗' : verdict === 'better' ? '✓' : '',
        style: style[verdict],
        cells: [
          rule,
          kept(a),
          kept(b),
          pointsOf(effect),
          adjusted === null ? '-' : pText(adjusted),
          verdict === 'cannot tell' ? '' : verdict,
        ],
      })),
  }
}

const amounts: Readonly<Record<PairedRatio['what'], string>> = {
  usd: 'cost',
  tokens: 'tokens',
  turns: 'turns',
  seconds: "agent's time",
}

/** Cost, tokens, turns and time. */
export function ratios({ ratios: all }: Comparison): Section {
  const text = ({ low, high }: Interval) => `×${low.toFixed(2)} to ×${high.toFixed(2)}`
  return {
    kind: 'table',
    columns: [
      { heading: 'B over A, a trial', align: 'left' },
      { heading: 'Ratio', align: 'right' },
      { heading: '95 % interval', align: 'left' },
      { heading: 'Tasks', align: 'right' },
    ],
    rows: all.map(({ what, ratio, interval, tasks: count }) => ({
      sign: '',
      style: 'dim',
      cells: [amounts[what], ratio === null ? '-' : `×${ratio.toFixed(2)}`, interval === null ? '-' : text(interval), String(count)],
    })),
  }
}

/** Void attempts by phase and cause. */
export function voids({ validity }: Comparison): Section {
  return {
    kind: 'table',
    columns: [
      { heading: 'Void attempts', align: 'left', shrinks: true },
      { heading: 'A', align: 'right' },
      { heading: 'B', align: 'right' },
    ],
    rows: validity.voids.map(({ phase, cause, a, b }) => ({
      sign: '?',
      style: 'yellow',
      cells: [`${phase}, ${cause}`, String(a), String(b)],
    })),
  }
}

/** What does not count, and why. */
export function leftOut({ leftOut: all }: Pick<Comparison, 'leftOut'>): Section {
  return {
    kind: 'table',
    columns: [
      { heading: 'Left out', align: 'left', shrinks: true },
      { heading: 'Why', align: 'left' },
    ],
    rows: all.map(({ task, why }) => ({ sign: '?', style: 'yellow', cells: [task, why] })),
  }
}

/** `-12 points`; `-` where there is no effect to tell. */
export function pointsOf(effect: number | null): string {
  return effect === null ? '-' : `${signedPoints(effect)} points`
}

/** `-20 to +4`, in points. */
export function intervalText(interval: Interval | null): string {
  return interval === null ? '-' : `${signedPoints(interval.low)} to ${signedPoints(interval.high)}`
}
