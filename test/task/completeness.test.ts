import { expect, it } from 'vitest'
import { completenessOf } from '../../src/task/completeness.ts'
import { printProblems } from '../../src/task/problem.ts'
import { clarify, feature, impossible, patch, taskFiles, taskOf } from './sample-task.ts'

const lacks = (files: Map<string, Uint8Array>) => printProblems(completenessOf(taskOf(files), 'tasks/shop/sample'))

it('asks for all that a proof of fairness needs', () => {
  expect(lacks(taskFiles(feature))).toMatchInlineSnapshot(`
    "tasks/shop/sample/task.md:1: needs \`mistake\`: one line on the mistake that it is there to catch
    tasks/shop/sample/task.md:1: needs another correct solution: at least 1 patch in right/, got 0
    tasks/shop/sample/task.md:1: needs wrong solutions that must be rejected: at least 4 patches in wrong/, got 0
    "
  `)
})

it('asks for nothing where all is there', () => {
  const wrong = ['a', 'b', 'c', 'd']
  const files = taskFiles(feature, {
    'task.md': `---\ntitle: a\nkind: feature\nmistake: It is forgotten.\nwrong:\n${wrong.map((name) => `  ${name}: [TEST_NOT_PASSING]`).join('\n')}\n---\nDo it.\n`,
    'right/other.patch': patch,
    ...Object.fromEntries(wrong.map((name) => [`wrong/${name}.patch`, patch])),
  })
  expect(lacks(files)).toBe('')
})

it('asks an impossible task for the contradicting test, not for solutions', () => {
  expect(lacks(taskFiles(impossible, { 'tests/backend/test_retention.py': null }))).toMatchInlineSnapshot(`
    "tasks/shop/sample/task.md:1: needs \`mistake\`: one line on the mistake that it is there to catch
    tasks/shop/sample/task.md:1: needs the test that contradicts the instruction in tests/
    tasks/shop/sample/task.md:1: needs wrong solutions that must be rejected: at least 4 patches in wrong/, got 0
    "
  `)
})

it('asks a clarify task for two readings and a twin', () => {
  const files = taskFiles(clarify, {
    'task.md':
      '---\ntitle: a\nkind: clarify\nclarify: {must_ask: [{id: q, situation: scope, terms: [[a]], readings: {one: Yes.}}]}\n---\nDo it.\n',
    'readings/many/solution.patch': null,
    'readings/many/tests/backend/test_many.py': null,
  })
  expect(lacks(files)).toMatchInlineSnapshot(`
    "tasks/shop/sample/task.md:1: needs \`clarify.twin\`: the task in which the questions are settled
    tasks/shop/sample/task.md:1: needs \`mistake\`: one line on the mistake that it is there to catch
    tasks/shop/sample/task.md:1: needs a question that is open: at least 2 folders in readings/
    tasks/shop/sample/task.md:1: needs wrong solutions that must be rejected: at least 4 patches in wrong/, got 0
    "
  `)
})
