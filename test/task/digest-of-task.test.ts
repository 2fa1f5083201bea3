import { expect, it } from 'vitest'
import { digestOfTask } from '../../src/task/digest-of-task.ts'
import { feature, taskFiles, taskOf } from './sample-task.ts'

const page = (front: string, instruction = 'Add `created_at`.') => `---\n${front}\n---\n\n${instruction}\n`
const digest = (front: string, instruction?: string) => taskOf(taskFiles(feature, { 'task.md': page(front, instruction) })).digest
const plain = digest('title: Add a field\nkind: feature')

it.each([
  ['another title', 'title: Add the field\nkind: feature'],
  ['tags and suites', 'title: a\nkind: feature\ntags: [api]\nsuites: [full]'],
  ['a mistake', 'title: a\nkind: feature\nmistake: It forgets the old rows.'],
  ['labels of tests', 'title: a\nkind: feature\nmeasures: { data/query-count: [test_a] }'],
  ['what is asked for', 'title: a\nkind: feature\ncomments: asked\nraw_sql: needed'],
  ['another order, and a comment', '# a field\nkind: feature\ntitle: Add a field'],
])('decides no gate, and needs no new proof: %s', (_, front) => expect(digest(front)).toBe(plain))

it.each([
  ['the kind', 'title: Add a field\nkind: plan'],
  ['limits', 'title: Add a field\nkind: feature\nlimits: { turns: 3 }'],
  ['the scope', 'title: Add a field\nkind: feature\nscope: { allow: [frontend/**] }'],
  ['severities', 'title: Add a field\nkind: feature\nrules: { scope/ci: fail }'],
  ['a default that is written out', 'title: Add a field\nkind: feature\nneeds: []'],
])('needs a new proof: %s', (_, front) => expect(digest(front)).not.toBe(plain))

it('needs a new proof where the instruction or another file differs', () => {
  expect(digest('title: Add a field\nkind: feature', 'Add `changed_at`.')).not.toBe(plain)
  const other = taskFiles(feature, { 'tests/backend/tests/test_field.py': 'def test_other(): pass\n' })
  expect(taskOf(other).digest).not.toBe(taskOf(taskFiles(feature)).digest)
})

it('does not look at the receipt', () => {
  const written = { kind: 'feature' }
  const files = taskFiles(feature)
  expect(digestOfTask(new Map([...files, ['expected.json', Buffer.from('{}')]]), written, 'a')).toBe(digestOfTask(files, written, 'a'))
})
