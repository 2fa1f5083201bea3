import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, it } from 'vitest'
import { findTasks } from '../../src/task/find-tasks.ts'
import { printProblems } from '../../src/task/problem.ts'
import { clarify, feature, impossible } from './sample-task.ts'

type Files = Readonly<Record<string, string>>

async function withTasks<T>(files: Files, use: (tasksFolder: string) => Promise<T>): Promise<T> {
  const folder = await dir({ unsafeCleanup: true })
  try {
    const tasks = join(folder.path, 'tasks')
    for (const [path, text] of Object.entries({ '.gitkeep': '', ...files })) {
      await mkdir(dirname(join(tasks, path)), { recursive: true })
      await writeFile(join(tasks, path), text)
    }
    return await use(tasks)
  } finally {
    await folder.cleanup()
  }
}

const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))

const known = [
  { id: 'style/no-comments', gate: null, rests: ['tree'] },
  { id: 'tests/tampering', gate: 'no-tampering', rests: ['tree'] },
  { id: 'data/query-count', gate: null, rests: ['hidden-tests', 'tree'] },
]

async function problemsOf(tasks: string): Promise<string> {
  const found = await findTasks(tasks, { fixtures: ['shop', 'bank'], rules: known })
  return found.kind === 'bad' ? printProblems(found.problems) : 'found without problems'
}

it('finds tasks sorted by id, whatever else tools left there', async () => {
  const files = {
    ...below('shop/write', feature),
    ...below('bank/late', impossible),
    ...below('shop/add', feature),
    'shop/add/tests/backend/tests/__pycache__/test_field.cpython-312.pyc': 'x',
    'shop/add/.DS_Store': 'x',
  }
  await withTasks(files, async (tasks) => {
    const found = await findTasks(tasks, { fixtures: null, rules: null })
    expect(
      found.kind === 'found' && found.tasks.map((task) => [task.id, task.folder === join(tasks, task.id), [...task.tests.keys()]]),
    ).toEqual([
      ['bank/late', true, ['backend/test_retention.py']],
      ['shop/add', true, ['backend/tests/test_field.py']],
      ['shop/write', true, ['backend/tests/test_field.py']],
    ])
  })
})

it('takes the routing cases beside the fixtures for no task', async () => {
  const files = { ...below('shop/add', feature), 'routing/cases.yaml': 'architect: a\ncases: []\n' }
  const found = await withTasks(files, (tasks) => findTasks(tasks, { fixtures: ['shop'], rules: null }))
  expect(found.kind === 'found' && found.tasks.map(({ id }) => id)).toEqual(['shop/add'])
})

it('finds nothing in an empty folder', async () => {
  expect(await withTasks({}, (tasks) => findTasks(tasks, { fixtures: null, rules: null }))).toEqual({ kind: 'found', tasks: [] })
})

it('tells the problems of several tasks together', async () => {
  const files = {
    ...below('shop/one', { ...feature, 'task.md': '---\ntitle: a\nkind: plan\nrules: {style/no-coments: warn}\n---\nDo it.\n' }),
    ...below('shop/two', { ...feature, 'task.md': '---\ntitle: a\nkind: fature\n---\nDo it.\n' }),
    ...below('shpo/three', feature),
    ...below('shop/assign', clarify),
    'shop/four/solution.patch': 'x',
    'shop/task.md': 'x',
    ...below('shop/group/five', feature),
  }
  expect(await withTasks(files, problemsOf)).toMatchInlineSnapshot(`
    "tasks/shop/assign/task.md:16: \`clarify.twin\`: there is no task \`shop/assign-many\`; did you mean \`shop/assign\`?
    tasks/shop/four/task.md:1: is missing: every task has one
    tasks/shop/group/task.md:1: is missing: every task has one
    tasks/shop/one/task.md:4: there is no rule \`style/no-coments\`; did you mean \`style/no-comments\`?
    tasks/shop/task.md:1: is in no task: a task lies at tasks/FIXTURE/NAME/task.md
    tasks/shop/two/task.md:3: \`kind\`: expected one of feature, bugfix, plan, tests, clarify, impossible, got "fature"; did you mean \`feature\`?
    tasks/shpo/three/task.md:1: there is no fixture \`shpo\`; did you mean \`shop\`?
    "
  `)
})

it.each([
  ['an ordinary task', feature, 'found without problems'],
  ['a clarify task', clarify, 'the twin has open questions itself'],
])('a twin may be %s', async (_name, twin, message) => {
  const text = await withTasks({ ...below('shop/assign', clarify), ...below('shop/assign-many', twin) }, problemsOf)
  expect(text).toContain(message)
})

it('tells a twin whose twin it is', async () => {
  const found = await withTasks({ ...below('shop/assign', clarify), ...below('shop/assign-many', feature) }, (tasks) =>
    findTasks(tasks, { fixtures: null, rules: null }),
  )
  expect(found.kind === 'found' && found.tasks.map(({ id, twin, twinOf }) => [id, twin, twinOf])).toEqual([
    ['shop/assign', 'shop/assign-many', null],
    ['shop/assign-many', null, 'shop/assign'],
  ])
})

it('tells what a task may neither set nor measure', async () => {
  const front = [
    'rules: { tests/tampering: off, style/no-comments: off }',
    'measures:',
    '  data/query-counts: [test_a]',
    '  style/no-comments: [test_a]',
    '  data/query-count: [test_a]',
  ]
  const page = `---\ntitle: a\nkind: feature\n${front.join('\n')}\n---\nDo it.\n`
  expect(await withTasks(below('shop/one', { ...feature, 'task.md': page }), problemsOf)).toMatchInlineSnapshot(`
    "tasks/shop/one/task.md:4: \`tests/tampering\` decides the gate no-tampering, so its severity is \`fail\` and nothing else
    tasks/shop/one/task.md:6: there is no rule \`data/query-counts\`; did you mean \`data/query-count\`?
    tasks/shop/one/task.md:7: \`style/no-comments\` is not measured by hidden tests; those that are: data/query-count
    "
  `)
})

it('never follows symbolic links', async () => {
  await withTasks(below('shop/add', feature), async (tasks) => {
    await writeFile(join(dirname(tasks), 'secret'), 'secret')
    await symlink('../../../secret', join(tasks, 'shop/add/ask.md'))
    await symlink('..', join(tasks, 'shop/add/tests/loop'))
    expect(await problemsOf(tasks)).toBe(
      [
        'tasks/shop/add/ask.md:1: is a symbolic link: a task holds plain files only\n',
        'tasks/shop/add/tests/loop:1: is a symbolic link: a task holds plain files only\n',
      ].join(''),
    )
  })
})
