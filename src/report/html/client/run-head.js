import { h } from './dom.js'
import { intervalPlot, lineOf, rateWords } from './marks.js'

/** What one run says: its notes first, then its rate with both denominators. */
export function runHead(index) {
  const arm = index.arms[0]
  return h(
    'header',
    { class: 'head' },
    notes(arm.notes),
    h('h1', {}, arm.agent),
    h(
      'p',
      { class: 'lead' },
      arm.facts
        .filter(([label]) => label === 'Runner' || label === 'Model' || label === 'Begun')
        .map(([, text]) => text)
        .join(' · '),
    ),
    h(
      'div',
      { class: 'stats' },
      rateStat('Trials passed', arm.rate, denominators(arm)),
      arm.always === null ? null : rateStat('Tasks passed every time', arm.always),
      arm.once === null ? null : rateStat('Tasks passed at least once', arm.once),
      plainStat('Cost', arm.cost, arm.requests),
      plainStat('Time', arm.time, 'over all trials, all phases'),
    ),
    totals(arm),
  )
}

/** Sentences that limit all that follows. */
export function notes(all) {
  return all.length === 0
    ? null
    : h(
        'ul',
        { class: 'notes', 'aria-label': 'What limits this report' },
        all.map((note) => h('li', {}, note)),
      )
}

/** Of what was graded, and of what was planned. */
export function denominators(arm) {
  const graded = arm.rate?.of ?? 0
  const missing = [arm.withoutVerdict > 0 ? `${arm.withoutVerdict} void` : null, arm.notRun > 0 ? `${arm.notRun} not run` : null].filter(
    (part) => part !== null,
  )
  return `${arm.rate?.count ?? 0} of ${graded} graded; ${arm.planned} planned${missing.length > 0 ? `, ${missing.join(', ')}` : ''}`
}

/** A rate as a large figure with its interval. */
export function rateStat(label, rate, below = null) {
  return h(
    'div',
    { class: 'stat' },
    h('span', { class: 'label' }, label),
    h('span', { class: 'value' }, rate === null ? '–' : rate.percent),
    rate === null ? null : intervalPlot([lineOf(rate)], { label: rateWords(rate) }),
    h('span', { class: 'below' }, rate === null ? 'Nothing was graded.' : `95 % interval ${rate.bounds}`),
    h('span', { class: 'below' }, below ?? (rate === null ? '' : `${rate.count} of ${rate.of}`)),
  )
}

function plainStat(label, value, below) {
  return h(
    'div',
    { class: 'stat' },
    h('span', { class: 'label' }, label),
    h('span', { class: 'value' }, value),
    h('span', { class: 'below' }, below),
  )
}

/** The lines that every report has below its tasks. */
function totals(arm) {
  const shown = arm.totals.filter(([label]) => label === '' || label === 'Void' || label === 'No verdict' || label === 'Not run')
  return h(
    'dl',
    { class: 'totals' },
    shown.map(([label, text]) => h('div', {}, h('dt', {}, label === '' ? 'Read with care' : label), h('dd', {}, text))),
  )
}

/** How rules without a gate were kept. */
export function conformance(arm) {
  if (arm.conformance.length === 0) {
    return null
  }
  return h(
    'section',
    { 'aria-labelledby': 'conformance' },
    h('h2', { id: 'conformance' }, 'Conformance', h('small', {}, 'rules that decide no verdict, kept least first')),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'conformance' },
      h(
        'table',
        { class: 'plain' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ['Rule', 'Kept', '', '95 % interval', 'Nothing to judge', 'Inconclusive'].map((text) =>
              h(text === '' ? 'td' : 'th', text === '' ? {} : { scope: 'col' }, text),
            ),
          ),
        ),
        h('tbody', {}, arm.conformance.map(conformanceRow)),
      ),
    ),
  )
}

function conformanceRow({ rule, kept, na, inconclusive }) {
  return h(
    'tr',
    {},
    h('th', { scope: 'row', class: 'code' }, rule),
    h('td', { class: 'figure' }, kept === null ? '–' : `${kept.count} of ${kept.of}`),
    h('td', { class: 'plot' }, kept === null ? null : intervalPlot([lineOf(kept)], { label: `${rule}: ${rateWords(kept)}` })),
    h('td', { class: 'figure' }, kept === null ? '–' : kept.bounds),
    h('td', { class: 'figure' }, na === 0 ? '–' : String(na)),
    h('td', { class: 'figure' }, inconclusive === 0 ? '–' : String(inconclusive)),
  )
}

/** Everything that decided a verdict. */
export function about(index) {
  return h(
    'section',
    { 'aria-labelledby': 'about' },
    h('h2', { id: 'about' }, index.arms.length > 1 ? 'About the runs' : 'About this run'),
    h(
      'div',
      { class: 'arms' },
      index.arms.map((arm) =>
        h(
          'div',
          {},
          index.arms.length > 1 ? h('h3', {}, arm.name.toUpperCase()) : null,
          h(
            'dl',
            { class: 'facts' },
            arm.facts.map(([label, text]) => h('div', {}, h('dt', {}, label), h('dd', {}, text))),
          ),
        ),
      ),
    ),
  )
}
