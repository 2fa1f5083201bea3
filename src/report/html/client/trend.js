import { h, s } from './dom.js'

const HEIGHT = 120
/** Room for the labels of the axis. */
const GUTTER = 46

/** Pass rates of the runs that compare with this one, oldest first, each with its interval. */
export function trendPlot(trend, run) {
  const { points, leftOut } = trend
  if (points.length < 2) {
    return null
  }
  const step = Math.min(56, 640 / points.length)
  const width = step * points.length
  const y = (share) => 6 + (HEIGHT - 12) * (1 - share)
  const grid = [0, 0.5, 1].flatMap((share) => [
    s('line', { x1: 0, x2: width, y1: y(share), y2: y(share), class: 'grid' }),
    s('text', { x: -8, y: y(share) + 4, class: 'tick' }, share === 1 ? '100 %' : String(share * 100)),
  ])
  const path = points.map(({ rate }, at) => `${at === 0 ? 'M' : 'L'}${step * (at + 0.5)} ${y(rate.count / rate.of)}`).join('')
  const marks = points.map((point, at) => {
    const x = step * (at + 0.5)
    const { rate } = point
    return s(
      'g',
      { class: point.run === run ? 'this' : 'other' },
      s('title', {}, pointWords(point)),
      s('line', { x1: x, x2: x, y1: y(rate.interval.low), y2: y(rate.interval.high), class: 'bar a' }),
      s('circle', { cx: x, cy: y(rate.count / rate.of), r: 4, class: `dot ${point.run === run ? 'b' : 'a'}` }),
    )
  })
  const label = `Pass rates of ${points.length} runs, oldest first: ${points.map(({ rate }) => `${rate.count} of ${rate.of}`).join(', ')}`
  return h(
    'section',
    { 'aria-labelledby': 'trend' },
    h('h2', { id: 'trend' }, 'Runs like this one', h('small', {}, 'same tasks, runner, model and sandbox; oldest first')),
    s(
      'svg',
      { class: 'trend', viewBox: `-${GUTTER} 0 ${width + GUTTER} ${HEIGHT}`, role: 'img', 'aria-label': label },
      grid,
      s('path', { d: path, class: 'trend-line' }),
      marks,
    ),
    h(
      'p',
      { class: 'quiet' },
      `Each with its 95 % interval; this run is the filled one.${leftOut > 0 ? ` Left out, as they do not compare: ${leftOut}.` : ''}`,
    ),
    h(
      'details',
      {},
      h('summary', {}, 'As a table'),
      h(
        'ul',
        { class: 'points' },
        points.map((point) => h('li', {}, pointWords(point))),
      ),
    ),
  )
}

function pointWords({ run, createdAt, prompt, rate }) {
  return `${createdAt.slice(0, 16).replace('T', ' ')} UTC: ${rate.count} of ${rate.of} passed, prompt ${prompt}, run ${run}`
}
