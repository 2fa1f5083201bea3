import { comparisonHead, comparisonTail } from './comparison.js'
import { h, points, pText } from './dom.js'
import { navigable } from './findings.js'
import { intervalPlot, lineOf, rateWords, strip } from './marks.js'
import { taskRoute } from './routes.js'
import { about, conformance, runHead } from './run-head.js'
import { trendPlot } from './trend.js'

/** The first page: what the run, or the comparison, says; then every task, the worst first. */
export function overview(index) {
  const two = index.arms.length > 1
  return [
    two ? comparisonHead(index) : runHead(index),
    h(
      'section',
      { 'aria-labelledby': 'tasks' },
      h('h2', { id: 'tasks' }, 'Tasks', h('small', {}, two ? 'greatest drop first' : 'worst first')),
      taskTable(index),
    ),
    two ? comparisonTail(index) : conformance(index.arms[0]),
    index.trend === null ? null : trendPlot(index.trend, index.arms.at(-1).run),
    about(index),
  ]
}

function taskTable(index) {
  const two = index.arms.length > 1
  const headings = two ? ['', 'Task', 'A', 'B', 'Pass rate', 'B − A'] : ['', 'Task', 'Trials', 'Pass rate', 'Passed', 'Cost', 'Time']
  const head = h(
    'tr',
    { role: 'row' },
    headings.map((heading) =>
      h(
        'th',
        { scope: 'col', role: 'columnheader', class: heads[heading] ?? null },
        heading === '' ? h('span', { class: 'unseen' }, 'Result') : heading,
        heading === 'Pass rate' ? axis() : null,
      ),
    ),
  )
  const rows = index.tasks.map((row) => h('tr', { role: 'row' }, two ? comparedCells(row) : cells(row)))
  return h(
    'table',
    { class: two ? 'tasks two' : 'tasks', role: 'table' },
    h('thead', { role: 'rowgroup' }, head),
    h('tbody', { role: 'rowgroup' }, rows),
  )
}

const heads = { Cost: 'cost', Time: 'time', 'B − A': 'difference' }

function axis() {
  return h('span', { class: 'axis', 'aria-hidden': 'true' }, h('span', {}, '0'), h('span', {}, '50'), h('span', {}, '100 %'))
}

const signWords = { '✓': 'passed every time', '✗': 'never passed', '±': 'passed sometimes', '?': 'not complete' }
const signClasses = { '✓': 'passed', '✗': 'failed', '±': 'mixed', '?': 'open' }

function cell(name, ...children) {
  return h('td', { class: name, role: 'cell' }, ...children)
}

function nameCell(row) {
  const [fixture, ...name] = row.task.split('/')
  const link = navigable(h('a', { href: taskRoute(row.task) }, h('span', { class: 'fixture' }, `${fixture}/`), name.join('/')))
  return h('th', { class: 'name', scope: 'row', role: 'rowheader' }, link, h('span', { class: 'title' }, row.title))
}

function cells(row) {
  const inArm = row.arms[0]
  const label = `${row.task}: ${rateWords(inArm.rate)}`
  return [
    cell(
      `sign ${signClasses[inArm.sign]}`,
      h('span', { role: 'img', 'aria-label': signWords[inArm.sign], title: signWords[inArm.sign] }, inArm.sign),
    ),
    nameCell(row),
    cell('trials', strip('a', row.task, inArm.trials)),
    cell('plot', intervalPlot([lineOf(inArm.rate)], { label })),
    cell('figure', inArm.passed),
    cell('figure cost', inArm.cost),
    cell('figure time', inArm.time),
  ]
}

const changeSigns = { collapsed: '▼', less: '↓', same: '=', more: '↑', recovered: '▲' }
const changeWords = {
  collapsed: 'collapsed: from always to never',
  less: 'passes less',
  same: 'no change',
  more: 'passes more',
  recovered: 'recovered: from never to always',
}
const changeClasses = { collapsed: 'failed', less: 'failed', same: 'same', more: 'passed', recovered: 'passed' }

function comparedCells(row) {
  const { difference } = row
  const word = difference === null ? 'not compared' : changeWords[difference.change]
  const plots = row.arms.map((inArm, at) => lineOf(inArm?.rate ?? null, at === 0 ? 'a' : 'b'))
  const label = row.arms.map((inArm, at) => `${at === 0 ? 'A' : 'B'} ${rateWords(inArm?.rate ?? null)}`).join('; ')
  return [
    cell(
      `sign ${difference === null ? 'open' : changeClasses[difference.change]}`,
      h('span', { role: 'img', 'aria-label': word, title: word }, difference === null ? '?' : changeSigns[difference.change]),
    ),
    nameCell(row),
    ...row.arms.map((inArm, at) =>
      cell(
        `trials arm-${at}`,
        h('span', { class: 'arm-name', 'aria-hidden': 'true' }, at === 0 ? 'A' : 'B'),
        inArm === null ? h('span', { class: 'quiet' }, 'not in this run') : strip(at === 0 ? 'a' : 'b', row.task, inArm.trials),
      ),
    ),
    cell('plot', intervalPlot(plots, { label })),
    cell(
      'figure difference',
      difference === null ? '–' : h('strong', {}, points(difference.difference)),
      difference === null ? null : h('small', {}, pText(difference.p)),
    ),
  ]
}
