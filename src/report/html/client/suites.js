import { excerpt, h, plural } from './dom.js'
import { navigable } from './findings.js'

/** Every run of a test suite over the agent's work, failing tests with what they said. */
export function suites({ suites: all }, where) {
  if (all.length === 0) {
    return h('p', { class: 'quiet' }, 'No suite ran, or none is in this page.')
  }
  return all.map((suite, number) => suiteOf(suite, number, where))
}

const meanings = [
  [/^A$/, 'our tests over the agent’s code: the verdict'],
  [/^B\/base$/, 'the agent’s tests over the code as it was'],
  [/^B\/right\//, 'the agent’s tests over another correct solution'],
  [/^B\/mutants\//, 'the agent’s tests over a mutant: here failing is right'],
  [/^B\/shuffled\//, 'the agent’s tests in another order'],
  [/^base$/, 'our tests over the untouched repository'],
]

function suiteOf(suite, number, where) {
  const { counts } = suite
  const shown =
    counts === null
      ? 'no readable report'
      : Object.entries(counts)
          .filter(([, count]) => count > 0)
          .map(([status, count]) => `${count} ${status}`)
          .join(', ')
  return h(
    'details',
    { class: 'file suite', open: suite.failing.length > 0 || suite.name === 'A' },
    navigable(
      h(
        'summary',
        {},
        h('span', { class: 'code path' }, suite.name),
        h('span', { class: 'what' }, shown === '' ? 'no test ran' : shown),
        h('span', { class: 'sums' }, `${suite.ended} · ${suite.seconds.toFixed(1)} s`),
      ),
    ),
    h(
      'div',
      { class: 'inside' },
      h('p', { class: 'quiet' }, meanings.find(([pattern]) => pattern.test(suite.name))?.[1] ?? '', ' ', h('code', {}, suite.command)),
      suite.failing.map((one, at) =>
        h(
          'div',
          { class: 'failing', id: `test-${number}-${at}` },
          h('p', { class: 'code' }, h('span', { class: 'severity fail' }, one.status), ' ', one.test),
          one.message.head === '' ? null : h('pre', {}, excerpt(one.message)),
        ),
      ),
      suite.left > 0 ? h('p', { class: 'cut' }, `${plural(suite.left, 'failing test')} more in ${where}/reports`) : null,
      suite.output === null
        ? null
        : h(
            'details',
            {},
            navigable(h('summary', {}, 'What the command printed')),
            h('pre', {}, excerpt(suite.output, `${where}/objects.pack`)),
          ),
    ),
  )
}
