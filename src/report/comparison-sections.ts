import type { Arm, Comparison, TaskDifference } from '../comparison/comparison.ts'
import type { Ending } from '../comparison/ending.ts'
import { leftOut, questions, ratios, rules, tasks, voids } from './comparison-tables.ts'
import { percent, plural } from './figures.ts'
import type { Style } from './paint.ts'
import type { Section } from './section.ts'

/** Everything that a report of a comparison shows, in order: what limits it, its answer, both questions, tasks, rules, costs, the prompts. */
export function comparisonSections(comparison: Comparison, ending: Ending): readonly Section[] {
  return [{ kind: 'notes', notes: comparison.notes }, headlineOf(ending), ...collapses(comparison), ...detailSections(comparison)]
}

/** A task that went from always to never is told at the top, whatever the mean does. */
function collapses({ tasks: all }: Comparison): readonly Section[] {
  const named = (change: TaskDifference['change']) => all.filter((task) => task.change === change).map(({ task }) => task)
  const facts = (
    [
      ['Collapsed', named('collapsed')],
      ['Recovered', named('recovered')],
    ] as const
  ).flatMap(([label, names]) => (names.length === 0 ? [] : [[label, names.join(', ')] as const]))
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }]
}

/** The answer, in one line. */
export function headlineOf({ word, sentence }: Ending): Section {
  return { kind: 'headline', word, style: styles[word], sentence }
}

/** All but notes and headline. */
export function detailSections(comparison: Comparison): readonly Section[] {
  return [
    {
      kind: 'facts',
      facts: [
        ['A', armText(comparison.a)],
        ['B', armText(comparison.b)],
      ],
    },
    questions(comparison),
    tasks(comparison),
    rules(comparison),
    ratios(comparison),
    voids(comparison),
    leftOut(comparison),
    ...promptDiff(comparison),
  ]
}

const styles: Readonly<Record<Ending['word'], Style>> = {
  BETTER: 'green',
  PASS: 'green',
  WORSE: 'red',
  FAIL: 'red',
  INVALID: 'red',
  'CANNOT TELL': 'yellow',
  INCONCLUSIVE: 'yellow',
}

function armText({ agent, runner, model, run, folder, passed, counted, planned, unpartnered, voids: lost, notRun }: Arm): string {
  const answered = model.answered.length === 0 ? 'no model answered' : `answered by ${model.answered.join(', ')}`
  const missing = [
    ...(lost > 0 ? [`${lost} void`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
    ...(unpartnered > 0 ? [`${unpartnered} without a partner`] : []),
  ]
  const rate =
    counted === 0 ? 'nothing counts' : `passed ${passed} of ${counted} that count (${percent(passed / counted)} %), of ${planned} planned`
  return [
    `${agent.name} (${agent.file}, prompt ${agent.promptDigest.slice(0, 12)}) on ${runner}, ${answered};`,
    `${rate}${missing.length > 0 ? `: ${missing.join(', ')}` : ''}; run ${run} in ${folder}`,
  ].join(' ')
}

function promptDiff({ promptDiff: text }: Comparison): readonly Section[] {
  if (text === null) {
    return [{ kind: 'facts', facts: [['Prompts', 'no diff: the file of an agent is not in its run']] }]
  }
  if (text === '') {
    return [{ kind: 'facts', facts: [['Prompts', 'the two agent files are equal']] }]
  }
  const changed = text.split('\n').filter((line) => /^[+-](?![+-]{2} )/.test(line)).length
  return [{ kind: 'diff', title: `What changed in the agent's file (${plural(changed, 'line')})`, text }]
}
