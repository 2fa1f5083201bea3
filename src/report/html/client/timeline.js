import { clock, excerpt, h } from './dom.js'
import { navigable } from './findings.js'

/** What happened, in order: what the model said, its tool calls, what changed in the tree, what it asked. */
export function timeline({ timeline: entries }, where) {
  if (entries.length === 0) {
    return h('p', { class: 'quiet' }, 'No transcript is shown here.')
  }
  const whole = `${where}/transcript.jsonl`
  return h(
    'ol',
    { class: 'timeline' },
    entries.map((entry) =>
      h(
        'li',
        { class: entry.kind, id: entry.kind === 'snapshot' ? `snapshot-${entry.snapshot}` : null },
        h('span', { class: 'at' }, clock(entry.at)),
        h('div', { class: 'event' }, thread(entry), renderers[entry.kind](entry, whole)),
      ),
    ),
  )
}

const renderers = {
  said: (entry, whole) => h('p', { class: 'text' }, excerpt(entry.text, whole)),
  thought: (entry, whole) => folded([h('span', { class: 'what' }, 'thought')], h('p', { class: 'text' }, excerpt(entry.text, whole))),
  tool: toolCall,
  snapshot: snapshotOf,
  question: (entry, whole) => [
    h('p', { class: 'label' }, 'asked'),
    h('p', { class: 'text' }, excerpt(entry.text, whole)),
    entry.options.length === 0
      ? null
      : h(
          'ul',
          {},
          entry.options.map((option) => h('li', {}, option)),
        ),
  ],
  answer: (entry, whole) => [h('p', { class: 'label' }, 'was answered'), h('p', { class: 'text' }, excerpt(entry.text, whole))],
  end: (entry, whole) => [
    h('p', { class: 'label' }, `end: ${entry.stop}`),
    entry.text.head === '' ? null : h('p', { class: 'text' }, excerpt(entry.text, whole)),
  ],
  'left-out': (entry) => h('p', { class: 'cut' }, `${entry.count} steps are left out here`),
}

function thread(entry) {
  return entry.thread === undefined ? null : h('span', { class: 'thread' }, `thread ${entry.thread}`)
}

function toolCall(entry, whole) {
  const summary = [
    h('span', { class: 'what' }, entry.name),
    h('span', { class: 'about' }, entry.about),
    entry.isError ? h('span', { class: 'severity fail' }, 'error') : null,
    entry.claimed ? h('span', { class: 'claimed', title: 'As the runner tells it: nobody else saw the result.' }, 'claimed') : null,
    entry.seconds >= 1 ? h('span', { class: 'took' }, `${entry.seconds.toFixed(1)} s`) : null,
  ]
  return folded(
    summary,
    entry.input
      .filter(([, value]) => value.head !== entry.about)
      .map(([name, value]) => [h('p', { class: 'label' }, name), h('pre', {}, excerpt(value, whole))]),
    h('p', { class: 'label' }, 'result'),
    entry.result === null ? h('p', { class: 'quiet' }, 'None was recorded.') : h('pre', {}, excerpt(entry.result, whole)),
  )
}

function folded(summary, ...content) {
  return h('details', {}, navigable(h('summary', {}, summary)), h('div', { class: 'inside' }, content))
}

function snapshotOf({ changed, left, snapshot }) {
  return [
    h('p', { class: 'label' }, `changed on disk, snapshot ${snapshot}`),
    h(
      'ul',
      { class: 'paths' },
      changed.map((path) => h('li', { class: 'code' }, path)),
      left > 0 ? h('li', { class: 'quiet' }, `and ${left} more`) : null,
    ),
  ]
}
