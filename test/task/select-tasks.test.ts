import { expect, it } from 'vitest'
import { selectTasks } from '../../src/task/select-tasks.ts'
import { feature, taskFiles, taskOf } from './sample-task.ts'

const tasks = ['bank/close', 'bank/open', 'shop/open', 'shop/refund'].map((id) => {
  const [fixture = '', name = ''] = id.split('/')
  return { ...taskOf(taskFiles(feature)), id, fixture, name }
})

it.each([
  [[], ['bank/close', 'bank/open', 'shop/open', 'shop/refund']],
  [['shop/*'], ['shop/open', 'shop/refund']],
  [['shop/'], ['shop/open', 'shop/refund']],
  [['bank'], ['bank/close', 'bank/open']],
  [['open'], ['bank/open', 'shop/open']],
  [
    ['refund', 'bank/c*'],
    ['bank/close', 'shop/refund'],
  ],
  [['*/{close,refund}'], ['bank/close', 'shop/refund']],
  [['**'], ['bank/close', 'bank/open', 'shop/open', 'shop/refund']],
])('%j names %j', (globs, ids) => {
  const selection = selectTasks(tasks, globs)
  expect(selection.kind === 'selected' && selection.tasks.map((task) => task.id)).toEqual(ids)
})

it.each([
  [['open', 'shop/refnd'], 'shop/refnd', 'shop/refund'],
  [['refnud'], 'refnud', 'refund'],
  [['snop'], 'snop', 'shop'],
  [['shop/z*'], 'shop/z*', null],
  [['unrelated'], 'unrelated', null],
])('%j is unknown', (globs, glob, nearest) => {
  expect(selectTasks(tasks, globs)).toEqual({ kind: 'unknown', glob, nearest })
})
