import { changedLines } from './changes.js'
import { h, points, pText } from './dom.js'
import { intervalPlot } from './marks.js'
import { denominators, notes, rateStat } from './run-head.js'

/** What the two runs say together: the answer, both questions, both rates. */
export function comparisonHead(index) {
  const compared = index.comparison
  return h(
    'header',
    { class: 'head' },
    notes([...new Set([...(compared?.comparison.notes ?? []), ...index.arms.flatMap((arm) => arm.notes)])]),
    h('h1', {}, index.title, h('small', {}, 'revision A against B')),
    compared === null ? null : answerCard(compared),
    h(
      'div',
      { class: 'stats' },
      index.arms.map((arm) => rateStat(`${arm.name.toUpperCase()} · ${promptOf(arm)}`, arm.rate, denominators(arm))),
    ),
  )
}

function promptOf(arm) {
  return `prompt ${arm.facts.find(([label]) => label === 'Prompt')?.[1] ?? ''}`
}

const tones = {
  BETTER: 'passed',
  PASS: 'passed',
  WORSE: 'failed',
  FAIL: 'failed',
  INVALID: 'open',
  'CANNOT TELL': 'open',
  INCONCLUSIVE: 'open',
}

function answerCard({ comparison, ending }) {
  return h(
    'div',
    { class: `verdict ${tones[ending.word]}` },
    h('p', { class: 'word' }, ending.word.toLowerCase()),
    h('p', { class: 'sentence' }, ending.sentence),
    h(
      'dl',
      { class: 'questions' },
      question('Did it get worse on this suite?', comparison.gate, comparison.detectable.gate),
      question('Would it be better on new tasks?', comparison.compare, comparison.detectable.compare),
    ),
    comparison.voidsAsFailures?.changes === true
      ? h('p', { class: 'quiet' }, 'Were void trials failures, the answer would be another one.')
      : null,
  )
}

function question(text, answer, detectable) {
  const { effect, interval, p } = answer
  const words =
    effect === null
      ? 'nothing counts'
      : `${points(effect)} points${interval === null ? '' : `, 95 % interval ${points(interval.low)} to ${points(interval.high)}`}`
  const axis = { low: -1, high: 1, ticks: [-1, -0.5, 0, 0.5, 1], label: `${text} ${answer.verdict}: ${words}` }
  const line = effect === null ? null : { value: effect, low: interval?.low ?? null, high: interval?.high ?? null, kind: 'b' }
  return h(
    'div',
    {},
    h('dt', {}, text),
    h(
      'dd',
      {},
      h('strong', {}, answer.verdict),
      h(
        'span',
        { class: 'effect' },
        intervalPlot([line], axis),
        h('span', { class: 'axis', 'aria-hidden': 'true' }, h('span', {}, 'worse'), h('span', {}, '0'), h('span', {}, 'better')),
      ),
    ),
    h(
      'dd',
      { class: 'quiet' },
      words,
      p === null ? null : `; ${pText(p.different)} for a difference, ${pText(p.worse)} for a drop`,
      detectable === null ? null : `. Finds ${Math.ceil(detectable * 100)} points or more.`,
    ),
  )
}

/** Behind the tasks: rules, what it took, what does not pair, the prompts. */
export function comparisonTail(index) {
  if (index.comparison === null) {
    return null
  }
  const { rules, ratios, leftOut, promptDiff } = index.comparison.comparison
  return [
    table('Conformance', 'rules that decide no verdict', ['Rule', 'A', 'B', 'B − A', 'p, adjusted', ''], rules.map(ruleCells)),
    table('What a trial takes', 'B over A, geometric mean over tasks', ['', 'Ratio', '95 % interval', 'Tasks'], ratios.map(ratioCells)),
    table(
      'Left out',
      'tasks that do not pair',
      ['Task', 'Why'],
      leftOut.map(({ task, why }) => [task, why]),
    ),
    promptDiff === null || promptDiff === ''
      ? null
      : h(
          'section',
          { 'aria-labelledby': 'prompts' },
          h('h2', { id: 'prompts' }, 'What changed in the prompt'),
          h(
            'div',
            { class: 'file' },
            h(
              'div',
              { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'prompts' },
              changedLines(promptDiff.split('\n'), 'prompt'),
            ),
          ),
        ),
  ]
}

function kept({ kept: count, of }) {
  return of === 0 ? '–' : `${count} of ${of}`
}

function ruleCells({ rule, a, b, effect, adjusted, verdict: answer }) {
  return [
    rule,
    kept(a),
    kept(b),
    effect === null ? '–' : points(effect),
    adjusted === null ? '–' : pText(adjusted),
    answer === 'cannot tell' ? '' : answer,
  ]
}

const measures = { usd: 'Cost', tokens: 'Tokens', turns: 'Turns', seconds: 'Time of the agent' }

function ratioCells({ what, ratio, interval, tasks }) {
  const figure = (value) => `× ${value.toFixed(2)}`
  return [
    measures[what],
    ratio === null ? '–' : figure(ratio),
    interval === null ? '–' : `${figure(interval.low)} to ${figure(interval.high)}`,
    String(tasks),
  ]
}

function table(title, small, headings, rows) {
  if (rows.length === 0) {
    return null
  }
  const id = title.toLowerCase().replaceAll(' ', '-')
  return h(
    'section',
    { 'aria-labelledby': id },
    h('h2', { id }, title, h('small', {}, small)),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': id },
      h(
        'table',
        { class: 'plain' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            headings.map((text) => h(text === '' ? 'td' : 'th', text === '' ? {} : { scope: 'col' }, text)),
          ),
        ),
        h(
          'tbody',
          {},
          rows.map(([first, ...rest]) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row', class: 'code' }, first),
              rest.map((text) => h('td', { class: 'figure' }, text)),
            ),
          ),
        ),
      ),
    ),
  )
}
