import { expect, test } from 'vitest'
import { matchesTest } from '../../src/task/matches-test.ts'

const id = 'backend.docket.tests.test_api::test_list[a.b::c]'

test.each([
  ['the whole id', id],
  ['the name', 'test_list[a.b::c]'],
  ['a star for parameters', 'test_list[*]'],
  ['a star in the id', 'backend.*::test_list*'],
  ['a star for all', '*'],
])('names it: %s', (_, pattern) => expect(matchesTest(pattern, id)).toBe(true))

test.each([
  ['a part of the name', 'test_list'],
  ['the module', 'backend.docket.tests.test_api'],
  ['a dot is a dot', 'test_list[axb::c]'],
  ['brackets are no class', 'test_list[abc]'],
  ['the end of a parameter', 'c]'],
])('does not name it: %s', (_, pattern) => expect(matchesTest(pattern, id)).toBe(false))
