import { changes } from './changes.js'
import { h, plural } from './dom.js'
import { navigable } from './findings.js'
import { checkMark, severityMark, trialMark } from './marks.js'
import { taskRoute, trialRoute } from './routes.js'
import { openTask } from './store.js'
import { suites } from './suites.js'
import { timeline } from './timeline.js'

const nothing = { instruction: null, timeline: [], files: [], suites: [], tests: [], places: [], shortened: true }

/** A trial's page. `focus` in the answer: the id of the element that the address means, or null. */
export async function trialPage(index, row, route) {
  const at = index.arms.findIndex(({ name }) => name === route.arm)
  const trial = row.arms[at]?.trials.find(({ k }) => k === route.k)
  if (trial === undefined || trial.state === 'not run') {
    return null
  }
  const details = await openTask(index.tasks.indexOf(row))
  const detail = details?.[`${route.arm}/${trial.k}`] ?? nothing
  const place = placeOf(route, detail)
  const where = `${index.arms[at].folder}/${trial.evidence}`
  return {
    focus: place.id,
    nodes: [
      head(index, row, { arm: index.arms[at], trial, at }),
      detail.shortened
        ? h(
            'p',
            { class: 'note' },
            'To keep this page small, some of this trial is left out. All of it lies in ',
            h('code', {}, where),
            '.',
          )
        : null,
      findings(row, route.arm, trial, detail),
      sections(row, { route, trial, detail, where, section: place.section }),
    ],
  }
}

function placeOf({ section, id }, detail) {
  const finding = /^finding-(\d+)$/.exec(section ?? '')
  if (finding !== null) {
    return detail.places[Number(finding[1])] ?? { section: defaultSection(detail), id: 'found' }
  }
  return { section: section ?? defaultSection(detail), id }
}

function defaultSection(detail) {
  return detail.timeline.length > 0 ? 'timeline' : 'verdict'
}

function head(index, row, { arm, trial, at }) {
  const siblings = row.arms[at].trials.filter(({ state }) => state !== 'not run')
  const name = index.arms.length > 1 ? `${arm.name.toUpperCase()}, trial ${trial.k}` : `Trial ${trial.k}`
  return h(
    'header',
    { class: 'head trial-head' },
    h('p', { class: 'over' }, h('a', { href: taskRoute(row.task), class: 'code' }, row.task)),
    h('h1', {}, name, h('span', { class: `state ${trial.state}` }, trial.state)),
    h('p', { class: 'lead' }, [`${plural(trial.turns, 'turn')}`, trial.time, trial.phases, trial.cost].join(' · ')),
    siblings.length > 1
      ? h(
          'nav',
          { class: 'strip large', 'aria-label': 'Trials of this task' },
          siblings.map((one) => siblingMark(arm.name, row.task, one, trial)),
        )
      : null,
    trial.void === null ? null : h('p', { class: 'note' }, `Void, not counted for or against the agent: ${trial.void}`),
    trial.stop === null ? null : h('p', { class: 'note' }, trial.stop),
    trial.earlier.map((text) => h('p', { class: 'quiet' }, text)),
  )
}

function siblingMark(arm, task, one, trial) {
  const mark = trialMark(arm, task, one)
  if (one === trial) {
    mark.setAttribute('aria-current', 'page')
  }
  return mark
}

function findings(row, arm, trial, detail) {
  if (trial.findings.length === 0) {
    return null
  }
  return h(
    'section',
    { 'aria-labelledby': 'found' },
    h('h2', { id: 'found', tabindex: '-1' }, 'Findings'),
    h(
      'ol',
      { class: 'findings' },
      trial.findings.map((finding, at) =>
        h(
          'li',
          { class: finding.severity },
          h(
            'div',
            { class: 'finding-text' },
            severityMark(finding.severity),
            h('span', { class: 'sentence' }, finding.sentence),
            h('span', { class: 'rule' }, finding.rule),
          ),
          (detail.places[at] ?? null) === null
            ? null
            : h(
                'div',
                { class: 'seen' },
                navigable(h('a', { href: trialRoute(arm, row.task, trial.k, `finding-${at}`) }, `Show in ${detail.places[at].section}`)),
              ),
        ),
      ),
    ),
  )
}

function sections(row, { route, trial, detail, where, section }) {
  const all = [
    ['timeline', 'Timeline', detail.timeline.length, () => timeline(detail, where)],
    ['changes', 'Changes', detail.files.length, () => changes(detail, where)],
    ['suites', 'Suites', detail.suites.length, () => suites(detail, where)],
    ['verdict', 'Gates and rules', trial.gates.length + trial.checks.length, () => checkLists(trial)],
  ]
  const [, title, , render] = all.find(([name]) => name === section) ?? all[0]
  const links = all.map(([name, text, count]) =>
    h(
      'a',
      { href: trialRoute(route.arm, row.task, trial.k, name), 'aria-current': name === section ? 'page' : null },
      text,
      h('span', { class: 'count' }, String(count)),
    ),
  )
  return [
    h('nav', { class: 'tabs', 'aria-label': 'Parts of this trial' }, links),
    h('section', { 'aria-labelledby': 'part' }, h('h2', { id: 'part', class: 'unseen' }, title), render()),
  ]
}

function checkLists(trial) {
  const list = (title, checks) =>
    h(
      'div',
      {},
      h('h3', {}, title),
      h(
        'ul',
        { class: 'checks' },
        checks.map(([name, check]) => h('li', {}, h('span', { class: 'code' }, name), checkMark(check))),
      ),
    )
  return trial.gates.length === 0
    ? h('p', { class: 'quiet' }, 'A void trial has no verdict.')
    : h('div', { class: 'arms' }, list('Gates', trial.gates), list('Rules', trial.checks))
}
