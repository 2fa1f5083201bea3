import { h, plural } from './dom.js'
import { severityMark, trialMark } from './marks.js'

/** Findings that say the same, put together; those that decide verdicts first, then those of most trials, then those that B has more of. */
export function frequentFindings(row, arms) {
  const found = new Map()
  for (const [index, inArm] of row.arms.entries()) {
    for (const trial of inArm?.trials ?? []) {
      for (const [at, finding] of trial.findings.entries()) {
        const key = `${finding.severity} ${finding.sentence}`
        const entry = found.get(key) ?? { ...finding, seen: [], counts: row.arms.map(() => new Set()) }
        entry.seen.push({ arm: arms[index].name, index, trial, at })
        entry.counts[index].add(trial.k)
        found.set(key, entry)
      }
    }
  }
  const rank = ({ severity, counts }) =>
    (severity === 'fail' ? 1e6 : 0) + counts.reduce((sum, ks, index) => sum + ks.size * (1000 + index), 0)
  return [...found.values()].toSorted((one, other) => rank(other) - rank(one))
}

/** The list of a task's findings by frequency; each square leads to the place in that trial. */
export function findingsList(row, arms) {
  const all = frequentFindings(row, arms)
  if (all.length === 0) {
    return h('p', { class: 'quiet' }, 'No rule found anything to say.')
  }
  return h(
    'ol',
    { class: row.arms.length > 1 ? 'findings two' : 'findings' },
    all.map((finding) =>
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
        row.arms.map((inArm, index) =>
          inArm === null ? null : finding.counts[index].size === 0 && row.arms.length === 1 ? null : seenIn(finding, row, arms, index),
        ),
      ),
    ),
  )
}

function seenIn(finding, row, arms, index) {
  const graded = row.arms[index].trials.filter(({ state }) => state === 'passed' || state === 'failed').length
  const name = arms.length > 1 ? `${arms[index].name.toUpperCase()} ` : ''
  const firsts = finding.seen.filter(
    (one, at, all) => one.index === index && all.findIndex((other) => other.index === index && other.trial.k === one.trial.k) === at,
  )
  return h(
    'div',
    { class: 'seen' },
    h(
      'span',
      { class: 'count' },
      arms.length > 1 ? `${name}${finding.counts[index].size} of ${graded}` : `${finding.counts[index].size} of ${plural(graded, 'trial')}`,
    ),
    h(
      'span',
      { class: 'strip' },
      firsts.map(({ arm, trial, at }) => navigable(trialMark(arm, row.task, trial, [`finding-${at}`]))),
    ),
  )
}

/** Marks an element as one that j and k go to. */
export function navigable(element) {
  element.setAttribute('data-nav', '')
  return element
}
