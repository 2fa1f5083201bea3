import { expect, test } from 'vitest'
import { hitsAll, termMistake } from '../../src/simulated-user/terms.ts'

test.each([
  ['reviewer', 'Which Reviewers?', true],
  ['reviewer', 'Which review?', false],
  ['status code', 'Which status codes apply?', true],
  ['status code', 'Which code is the status?', false],
  ['delete', 'Is it deleted?', true],
  ['plan', 'Is that planned?', true],
  ['status', 'Two statuses?', true],
  ['many to many', 'ManyToMany or FK?', false],
  ['manytomany*', 'ManyToManyField or FK?', true],
  ['many to many', 'A many-to-many relation?', true],
  ['created by', 'Is `created_by` set?', true],
  ['user', "Is it the user's own?", true],
  ['city', 'Which cities?', true],
  ['one', 'Only on Mondays?', false],
  ['/\\b40[39]\\b/', '403 or 404?', true],
  ['/\\b40[39]\\b/', '4031?', false],
  ['größe', 'Welche GRÖSSE?', false],
  ['größe', 'Welche GRÖßE?', true],
])('%s in “%s”: %s', (term, text, expected) => {
  expect(hitsAll([[term]], text)).toBe(expected)
})

test('each group needs one of its terms', () => {
  const groups = [
    ['one', 'single'],
    ['many', 'several'],
  ]
  expect(hitsAll(groups, 'A single one?')).toBe(false)
  expect(hitsAll(groups, 'A single one, or several?')).toBe(true)
})

test.each([
  ['', /expected a word/],
  ['?!', /expected a word/],
  ['/a(/', /regular expression/],
])('a term that can find nothing is told: %s', (term, message) => {
  expect(termMistake(term)).toMatch(message)
  expect(termMistake('/a(b)/')).toBeNull()
})
