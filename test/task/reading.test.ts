import { expect, test } from 'vitest'
import { answerTable, drawReading, inReading, provenTests } from '../../src/task/reading.ts'
import { clarify, feature, taskFiles, taskOf } from './sample-task.ts'

const task = taskOf(taskFiles(clarify, { 'tests/backend/test_both.py': 'both\n' }))
const trials = Array.from({ length: 200 }, (_, index) => index + 1)

test('readings are drawn from seed, task and trial alone, each once in as many trials as there are', () => {
  const drawn = trials.map((k) => drawReading(task, 'seed', k))
  expect(drawn).toEqual(trials.map((k) => drawReading({ ...task }, 'seed', k)))
  const pairs = trials.filter((k) => k % 2 === 1).map((k) => `${drawn[k - 1]} ${drawn[k]}`)
  expect([...new Set(pairs)].toSorted()).toEqual(['many one', 'one many'])
  const first = pairs.filter((pair) => pair === 'one many').length
  expect([first > 30, first < 70]).toEqual([true, true])
  expect(drawn).not.toEqual(trials.map((k) => drawReading(task, 'another seed', k)))
  expect(drawn).not.toEqual(trials.map((k) => drawReading({ ...task, id: 'shop/other' }, 'seed', k)))
})

test('a task without readings stays as it is', () => {
  const plain = taskOf(taskFiles(feature))
  expect(drawReading(plain, 'seed', 1)).toBeNull()
  expect(inReading(plain, null)).toBe(plain)
  expect(answerTable(plain)).toBeNull()
})

test('in a reading a task has its tests beside those of all, its solution and its answers', () => {
  const settled = inReading(task, 'many')
  expect([...settled.tests.keys()]).toEqual(['backend/test_both.py', 'backend/test_many.py'])
  expect(settled).toMatchObject({ reading: 'many', solution: task.readings.get('many')?.solution })
  expect(answerTable(settled)).toEqual({
    reading: 'many',
    questions: [
      {
        id: 'how-many',
        terms: [
          ['one', 'single'],
          ['several', 'many'],
        ],
        mustAsk: true,
        answer: 'Any number of reviewers.',
      },
      { id: 'status-code', terms: [['status']], mustAsk: false, answer: null },
    ],
  })
})

test('what was proven is that of the reading', () => {
  const digests = { task: '1', fixture: '2', rules: '3' }
  const lists = { one: { failToPass: ['a'], passToPass: ['b'] }, many: { failToPass: ['c'], passToPass: [] } }
  const receipt = { schema: 1, ...digests, failToPass: [], passToPass: [], readings: lists, lower: [] } as const
  expect(provenTests(receipt, 'many')).toMatchObject({ failToPass: ['c'], passToPass: [] })
  expect(provenTests({ ...receipt, failToPass: ['x'] }, null)).toMatchObject({ failToPass: ['x'] })
})
