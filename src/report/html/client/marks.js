import { h, s } from './dom.js'
import { trialRoute } from './routes.js'

const glyphs = { passed: '✓', failed: '✗', void: '–', 'not run': '·' }

/** One trial as a square: its colour, its glyph and its words all say the same. */
export function trialMark(arm, task, trial, place = []) {
  const label = `Trial ${trial.k}: ${trial.state}`
  const glyph = h('span', { 'aria-hidden': 'true' }, glyphs[trial.state])
  const of = `mark ${trial.state.replace(' ', '-')}`
  return trial.state === 'not run'
    ? h('span', { class: of, role: 'img', 'aria-label': label, title: label }, glyph)
    : h('a', { class: of, href: trialRoute(arm, task, trial.k, ...place), 'aria-label': label, title: label }, glyph)
}

/** All trials of a task in one arm. */
export function strip(arm, task, trials) {
  return h(
    'span',
    { class: 'strip' },
    trials.map((trial) => trialMark(arm, task, trial)),
  )
}

const checkWords = { pass: '✓ pass', fail: '✗ fail', na: '– nothing to judge', inconclusive: '? inconclusive' }

/** A rule's answer. */
export function checkMark(check) {
  return h('span', { class: `check ${check}` }, checkWords[check] ?? check)
}

/** `fail` or `warn`, as a word in a frame. */
export function severityMark(severity) {
  return h('span', { class: `severity ${severity}` }, severity)
}

const WIDTH = 200

/** Intervals on an axis from `low` to `high`, one line for each; an empty one where there is no rate. */
export function intervalPlot(rates, { low = 0, high = 1, ticks = [0, 0.25, 0.5, 0.75, 1], label }) {
  const height = 8 + 10 * Math.max(1, rates.length)
  const x = (value) => (WIDTH * (Math.min(high, Math.max(low, value)) - low)) / (high - low)
  const grid = ticks.map((tick) =>
    s('line', { x1: x(tick), x2: x(tick), y1: 0, y2: height, class: tick === 0 && low < 0 ? 'zero' : 'grid' }),
  )
  const lines = rates.flatMap((rate, index) => {
    const y = 9 + index * 10
    return rate === null ? [] : [intervalLine(rate, x, y)]
  })
  return s('svg', { class: 'interval', viewBox: `-5 0 ${WIDTH + 10} ${height}`, role: 'img', 'aria-label': label }, grid, lines)
}

function intervalLine({ value, low, high, kind = 'a' }, x, y) {
  const parts = [s('circle', { cx: x(value), cy: y, r: 4, class: `dot ${kind}` })]
  if (low !== null) {
    parts.unshift(s('line', { x1: x(low), x2: x(high), y1: y, y2: y, class: `bar ${kind}` }))
  }
  return s('g', {}, parts)
}

/** The line of a rate in a plot. */
export function lineOf(rate, kind = 'a') {
  return rate === null ? null : { value: rate.count / rate.of, low: rate.low, high: rate.high, kind }
}

/** A rate in words. */
export function rateWords(rate) {
  return rate === null ? 'no rate: nothing was graded' : `${rate.count} of ${rate.of}, ${rate.percent}, 95 % interval ${rate.bounds}`
}
