import { excerpt, h } from './dom.js'
import { findingsList, navigable } from './findings.js'
import { intervalPlot, lineOf, rateWords, trialMark } from './marks.js'
import { openTask } from './store.js'

/** A task's page: its trials in each arm, what was found most often, and which tests passed in which trial. */
export async function taskPage(index, row) {
  const details = await openTask(index.tasks.indexOf(row))
  return [
    h('header', { class: 'head' }, h('h1', { class: 'code' }, row.task), h('p', { class: 'lead' }, `${row.title} · ${row.kind}`)),
    h(
      'section',
      { 'aria-labelledby': 'trials' },
      h('h2', { id: 'trials' }, 'Trials'),
      h(
        'div',
        { class: 'arms' },
        row.arms.map((inArm, at) => armCard(index, row, inArm, at)),
      ),
    ),
    h(
      'section',
      { 'aria-labelledby': 'findings' },
      h('h2', { id: 'findings' }, 'Findings', h('small', {}, 'most frequent first; a square leads to the place')),
      findingsList(row, index.arms),
    ),
    details === null ? null : testTable(index, row, details),
    details === null ? null : instructionOf(Object.values(details)),
  ]
}

/** What the agent was asked, word for word; the same in every trial. */
function instructionOf(details) {
  const text = details.find(({ instruction }) => instruction !== null)?.instruction
  return text === undefined
    ? null
    : h(
        'section',
        { 'aria-labelledby': 'instruction' },
        h('h2', { id: 'instruction' }, 'Instruction'),
        h('p', { class: 'instruction' }, excerpt(text)),
      )
}

function armCard(index, row, inArm, at) {
  const { name } = index.arms[at]
  const heading = index.arms.length > 1 ? h('h3', {}, name.toUpperCase()) : null
  if (inArm === null) {
    return h('div', { class: 'card' }, heading, h('p', { class: 'quiet' }, 'This run does not have the task.'))
  }
  const facts = [
    ['Passed', `${inArm.passed}; ${inArm.planned} planned`],
    ['Tests', inArm.tests],
    ['Scope', inArm.scope],
    ['Cost', inArm.cost],
    ['Time', inArm.time],
  ]
  return h(
    'div',
    { class: 'card' },
    heading,
    h(
      'div',
      { class: 'strip large' },
      inArm.trials.map((trial) => navigable(trialMark(name, row.task, trial))),
    ),
    intervalPlot([lineOf(inArm.rate, name)], { label: rateWords(inArm.rate) }),
    h('p', { class: 'quiet' }, inArm.rate === null ? 'Nothing was graded.' : `${inArm.rate.percent}, 95 % interval ${inArm.rate.bounds}`),
    h(
      'dl',
      { class: 'facts' },
      facts.map(([label, text]) => h('div', {}, h('dt', {}, label), h('dd', {}, text))),
    ),
  )
}

const statusGlyphs = { passed: '✓', failed: '✗', error: '✗', missing: '–', skipped: '–', xfailed: '–', survived: '✗' }

function testTable(index, row, details) {
  const columns = index.arms.flatMap(({ name }, at) => (row.arms[at]?.trials ?? []).flatMap((trial) => columnOf(name, trial, details)))
  const tests = [...new Set(columns.flatMap(({ statuses }) => [...statuses.keys()]))]
  if (tests.length === 0) {
    return null
  }
  const failures = (test) => columns.filter(({ statuses }) => (statuses.get(test) ?? 'passed') !== 'passed').length
  const sorted = tests.toSorted((one, other) => failures(other) - failures(one))
  return h(
    'section',
    { 'aria-labelledby': 'tests' },
    h('h2', { id: 'tests' }, 'Tests in each trial', h('small', {}, 'tests that must pass, tests that were broken, mutants')),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'tests' },
      h(
        'table',
        { class: 'matrix' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'Test'),
            columns.map(({ name, trial }) =>
              h('th', { scope: 'col' }, index.arms.length > 1 ? `${name.toUpperCase()}${trial.k}` : String(trial.k)),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          sorted.map((test) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row', class: 'code' }, shortTest(test)),
              columns.map(({ statuses }) => testCell(statuses.get(test) ?? 'passed')),
            ),
          ),
        ),
      ),
    ),
  )
}

function columnOf(name, trial, details) {
  const detail = details[`${name}/${trial.k}`]
  return detail === undefined || detail.tests.length === 0 ? [] : [{ name, trial, statuses: new Map(detail.tests) }]
}

function testCell(status) {
  return h(
    'td',
    { class: `status ${status}`, title: status },
    h('span', { 'aria-hidden': 'true' }, statusGlyphs[status] ?? '?'),
    h('span', { class: 'unseen' }, status),
  )
}

/** A test by its module and its own name; folders are the same for all, and stand in the title. */
function shortTest(test) {
  const short = test.replace(/^.*\.(?=[^.]*::)/, '')
  return h('span', { title: test }, short.length > 90 ? `…${short.slice(-89)}` : short)
}
