import { expect, it } from 'vitest'
import { nearestTo, printProblems } from '../../src/task/problem.ts'

it('prints problems sorted by file, line and column, each once', () => {
  expect(
    printProblems([
      { file: 'b.md', line: 1, message: 'last' },
      { file: 'a.md', line: 10, message: 'third' },
      { file: 'a.md', line: 2, column: 9, message: 'second' },
      { file: 'a.md', line: 2, column: 1, message: 'first' },
      { file: 'a.md', line: 2, column: 1, message: 'first' },
    ]),
  ).toMatchInlineSnapshot(`
    "a.md:2: first
    a.md:2: second
    a.md:10: third
    b.md:1: last
    "
  `)
})

it('prints nothing for no problems', () => {
  expect(printProblems([])).toBe('')
})

it.each([
  ['titel', 'title'],
  ['Kind', 'kind'],
  ['maychange', 'may_change'],
  ['zzz', null],
  ['x', null],
])('the candidate nearest to %s is %s', (word, nearest) => {
  expect(nearestTo(word, ['title', 'kind', 'may_change', 'x1'])).toBe(nearest)
})
