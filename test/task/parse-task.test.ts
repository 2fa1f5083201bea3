import { describe, expect, it } from 'vitest'
import { clarify, feature, impossible, patch, problemsOf, taskFiles, taskOf, writeTests } from './sample-task.ts'

const page = (front: string) => ({ 'task.md': `---\n${front}\n---\nDo it.\n` })

it('reads a task with the defaults of everything that it does not say', () => {
  const { digest, tests, ...task } = taskOf(taskFiles(feature))
  expect([...tests.keys()]).toEqual(['backend/tests/test_field.py'])
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  expect(task).toMatchInlineSnapshot(`
    {
      "ambiguities": [],
      "ask": null,
      "comments": "unasked",
      "decline": null,
      "declines": [],
      "deliverable": [],
      "difficulty": "medium",
      "equivalent": {},
      "exercises": [],
      "expected": null,
      "fixture": "shop",
      "folder": "/tasks/shop/sample",
      "id": "shop/sample",
      "instruction": "Add \`created_at\`.",
      "kill": 0,
      "kind": "feature",
      "limits": {
        "minutes": 20,
        "turns": 60,
        "usd": 1,
      },
      "mayChange": [],
      "measures": {},
      "mistake": "",
      "mutants": Map {},
      "name": "sample",
      "needs": [],
      "rawSql": "unneeded",
      "reading": null,
      "readings": Map {},
      "right": Map {},
      "rules": {},
      "scope": {
        "allow": [],
        "forbid": [],
      },
      "solution": "diff --git a/a.py b/a.py
    --- a/a.py
    +++ b/a.py
    @@ -1 +1 @@
    -a
    +b
    ",
      "start": "",
      "suites": [],
      "tags": [],
      "title": "Add a field",
      "twin": null,
      "twinOf": null,
      "wrong": Map {},
    }
  `)
})

it('reads every key', () => {
  const task = taskOf(
    taskFiles(feature, {
      ...page(
        [
          'title: Add a field',
          'kind: plan',
          'tags: [migration]',
          'suites: [smoke]',
          'limits: {turns: 10, minutes: 2.5, usd: 0.2}',
          'scope: {allow: [docs/**], forbid: [backend/legacy/**]}',
          'may_change: [backend/tests/test_old.py]',
          'rules: {style/no-comments: fail}',
          'needs: [python >= 3.12]',
          'wrong:',
          '  frontend-too: [FRONTEND_CHANGED frontend/src/a b.ts, TEST_NOT_PASSING]',
          'mistake: The migration loses rows.',
        ].join('\n'),
      ),
      'wrong/frontend-too.patch': patch,
      'right/other.patch': patch,
    }),
  )
  expect(task).toMatchObject({
    kind: 'plan',
    tags: ['migration'],
    suites: ['smoke'],
    limits: { turns: 10, minutes: 2.5, usd: 0.2 },
    scope: { allow: ['docs/**'], forbid: ['backend/legacy/**'] },
    mayChange: ['backend/tests/test_old.py'],
    rules: { 'style/no-comments': 'fail' },
    needs: ['python >= 3.12'],
    mistake: 'The migration loses rows.',
    instruction: 'Do it.',
  })
  expect(task.wrong.get('frontend-too')).toEqual({
    patch,
    draws: [{ code: 'FRONTEND_CHANGED', path: 'frontend/src/a b.ts' }, { code: 'TEST_NOT_PASSING' }],
  })
  expect([...task.right.keys()]).toEqual(['other'])
})

it('reads a tests task', () => {
  const task = taskOf(taskFiles(writeTests))
  expect({ kill: task.kill, deliverable: task.deliverable, mutants: [...task.mutants.keys()] }).toEqual({
    kill: 2,
    deliverable: ['backend/tests/**'],
    mutants: ['one', 'two'],
  })
})

it('reads a clarify task', () => {
  const task = taskOf(taskFiles(clarify))
  expect(task.ambiguities).toMatchInlineSnapshot(`
    [
      {
        "id": "how-many",
        "mustAsk": true,
        "readings": [
          {
            "answer": "One reviewer.",
            "id": "one",
          },
          {
            "answer": "Any number of reviewers.",
            "id": "many",
          },
        ],
        "situation": "relation",
        "terms": [
          [
            "one",
            "single",
          ],
          [
            "several",
            "many",
          ],
        ],
      },
      {
        "id": "status-code",
        "mustAsk": false,
        "readings": [],
        "situation": "status",
        "terms": [
          [
            "status",
          ],
        ],
      },
    ]
  `)
  expect(task.twin).toBe('shop/assign-many')
  expect(task.ask).toBe('One reviewer or several?')
  expect([...task.readings].map(([id, reading]) => [id, reading.solution === patch, [...reading.tests.keys()]])).toEqual([
    ['one', true, ['backend/test_one.py']],
    ['many', true, ['backend/test_many.py']],
  ])
})

it('reads an impossible task', () => {
  expect(taskOf(taskFiles(impossible))).toMatchObject({ decline: 'This contradicts the retention rule.', solution: '' })
})

it('tells every mistake of a task at once, with the nearest known name', () => {
  expect(
    problemsOf(
      taskFiles(feature, {
        'task.md': [
          '---',
          'titel: Add a field',
          'kind: featur',
          'tags: migration',
          'limits:',
          '  turns: sixty',
          '  minute: 3',
          '  usd: 0',
          'scope: {allow: [/etc/**, "src/[a", ../x, "!src"]}',
          'kill: 1.5',
          'rules: {style/no-comments: warning, comments: warn}',
          'wrong: {a: [frontend changed]}',
          'clarify: {must_ask: []}',
          '---',
        ].join('\n'),
        'soltion.patch': patch,
        'right/a.diff': patch,
        'readings/one/answer.md': 'x',
        'wrong/empty.patch': '\n',
        'wrong/prose.patch': 'change it\n',
      }),
    ),
  ).toMatchInlineSnapshot(`
    "tasks/shop/sample/readings/one/answer.md:1: is not part of a task: a reading holds \`solution.patch\` and \`tests/\`
    tasks/shop/sample/right/a.diff:1: is not part of a task: \`right\` holds patches named \`NAME.patch\`
    tasks/shop/sample/soltion.patch:1: is not part of a task; did you mean \`solution.patch\`?
    tasks/shop/sample/task.md:1: has no instruction: nothing stands below the front matter
    tasks/shop/sample/task.md:1: missing key \`title\`
    tasks/shop/sample/task.md:2: unknown key \`titel\`; did you mean \`title\`?
    tasks/shop/sample/task.md:3: \`kind\`: expected one of feature, bugfix, plan, tests, clarify, impossible, got "featur"; did you mean \`feature\`?
    tasks/shop/sample/task.md:4: \`tags\`: expected a list, got "migration"
    tasks/shop/sample/task.md:6: \`limits.turns\`: expected a number, got "sixty"
    tasks/shop/sample/task.md:7: unknown key \`limits.minute\`; did you mean \`minutes\`?
    tasks/shop/sample/task.md:8: \`limits.usd\`: expected more than 0, got 0
    tasks/shop/sample/task.md:9: \`scope.allow[0]\`: expected a path relative to the root of the repository, without \`./\`, \`/\` between its parts, got "/etc/**"
    tasks/shop/sample/task.md:9: \`scope.allow[1]\`: expected a glob whose brackets are closed, got "src/[a"
    tasks/shop/sample/task.md:9: \`scope.allow[2]\`: expected a path without \`..\`, got "../x"
    tasks/shop/sample/task.md:9: \`scope.allow[3]\`: expected a glob that does not begin with \`!\`, got "!src"
    tasks/shop/sample/task.md:10: \`kill\`: expected a whole number, got 1.5
    tasks/shop/sample/task.md:11: \`rules.style/no-comments\`: expected one of fail, warn, off, got "warning"; did you mean \`warn\`?
    tasks/shop/sample/task.md:11: \`rules.comments\`: expected the id of a rule (\`group/name\`)
    tasks/shop/sample/task.md:12: \`wrong.a[0]\`: expected a finding (\`CODE\` or \`CODE path\`), got "frontend changed"
    tasks/shop/sample/task.md:13: \`clarify.must_ask\`: expected at least 1 entry, got an empty list
    tasks/shop/sample/wrong/empty.patch:1: is empty
    tasks/shop/sample/wrong/prose.patch:1: is not a patch: expected what \`git diff\` prints
    "
  `)
})

describe('what the kind needs', () => {
  it.each([
    ['feature: hidden tests', taskFiles(feature, { 'tests/backend/tests/test_field.py': null }), 'needs hidden tests in tests/'],
    ['feature: a solution', taskFiles(feature, { 'solution.patch': null }), 'needs solution.patch'],
    ['feature: an instruction', taskFiles(feature, { 'task.md': '---\ntitle: a\nkind: bugfix\n---\n \n' }), 'has no instruction'],
    [
      'tests: enough mutants',
      taskFiles(writeTests, { 'mutants/two.patch': null }),
      'needs as many patches in mutants/ as `kill` says, got 1',
    ],
    ['tests: two other solutions', taskFiles(writeTests, { 'right/two.patch': null }), 'needs at least 2 patches in right/, got 1'],
    ['tests: deliverable', taskFiles(writeTests, page('title: a\nkind: tests\nkill: 1')), 'needs `deliverable`'],
    ['tests: kill', taskFiles(writeTests, page('title: a\nkind: tests\ndeliverable: [t/**]')), 'needs `kill`'],
    ['clarify: ask.md', taskFiles(clarify, { 'ask.md': null }), 'needs ask.md'],
    ['clarify: questions', taskFiles(clarify, page('title: a\nkind: clarify')), 'needs `clarify`'],
    [
      'clarify: a folder a reading',
      taskFiles(clarify, { 'readings/one/solution.patch': null, 'readings/one/tests/backend/test_one.py': null }),
      'there is no folder readings/one',
    ],
    [
      'clarify: an answer a folder',
      taskFiles(clarify, { 'readings/none/solution.patch': patch, 'readings/none/tests/t.py': '' }),
      'the answer for readings/none is missing',
    ],
    [
      'clarify: whole readings',
      taskFiles(clarify, { 'readings/one/solution.patch': null }),
      'readings/one needs solution.patch and hidden tests',
    ],
    ['impossible: decline.md', taskFiles(impossible, { 'decline.md': ' ' }), 'needs decline.md'],
    ['impossible: decline', taskFiles(impossible, page('title: a\nkind: impossible')), 'task.md:3: kind `impossible` needs `decline`'],
    [
      'decline only for impossible',
      taskFiles(feature, page('title: a\nkind: plan\ndecline: {terms: [[a]]}')),
      'task.md:4: `decline` belongs to kind `impossible`, this is `plan`',
    ],
    [
      'terms that can find nothing',
      taskFiles(impossible, page('title: a\nkind: impossible\ndecline: {terms: [[conflict, "/a(/"], ["?"]]}')),
      'task.md:4: `decline.terms[0][1]`: expected a regular expression between the slashes, got "/a(/"\ntasks/shop/sample/task.md:4: `decline.terms[1][0]`: expected a word',
    ],
    ['mutants only for tests', taskFiles(feature, { 'mutants/a.patch': patch }), 'mutants/ belongs to kind `tests`, this is `feature`'],
    [
      'kill only for tests',
      taskFiles(feature, page('title: a\nkind: plan\nkill: 1')),
      'task.md:4: `kill` belongs to kind `tests`, this is `plan`',
    ],
    ['readings only for clarify', taskFiles(feature, { 'readings/a/solution.patch': patch }), 'readings/ belongs to kind `clarify`'],
    [
      'wrong: a finding a patch',
      taskFiles(feature, { 'wrong/a.patch': patch }),
      '`wrong`: the findings that wrong/a.patch must draw are not listed',
    ],
    [
      'wrong: a patch a finding',
      taskFiles(feature, { ...page('title: a\nkind: plan\nwrong:\n  helo: [A]'), 'wrong/hello.patch': patch }),
      'task.md:5: `wrong.helo`: there is no wrong/helo.patch; did you mean `hello`?',
    ],
    ['UTF-8', new Map([...taskFiles(feature), ['right/a.patch', Buffer.from([0xff, 0xfe])]]), 'right/a.patch:1: is not UTF-8'],
  ])('%s', (_name, files, message) => {
    expect(problemsOf(files)).toContain(message)
  })
})

describe('expected.json', () => {
  const digest = 'a'.repeat(64)
  const receipt = { schema: 1, task: digest, fixture: digest, rules: digest, failToPass: ['t::a'], passToPass: [], lower: [] }

  it('is read where it is there', () => {
    expect(taskOf(taskFiles(feature, { 'expected.json': JSON.stringify(receipt) })).expected).toEqual(receipt)
  })

  it('has its mistakes told with those of task.md', () => {
    const broken = `{\n  "schema": 2,\n  "task": "abc",\n  "failtopass": []\n}\n`
    expect(
      problemsOf(taskFiles(feature, { 'task.md': '---\ntitle: a\nkind: plan\n---\n', 'expected.json': broken })),
    ).toMatchInlineSnapshot(`
      "tasks/shop/sample/expected.json:1: missing key \`failToPass\`
      tasks/shop/sample/expected.json:1: missing key \`fixture\`
      tasks/shop/sample/expected.json:1: missing key \`lower\`
      tasks/shop/sample/expected.json:1: missing key \`passToPass\`
      tasks/shop/sample/expected.json:1: missing key \`rules\`
      tasks/shop/sample/expected.json:2: \`schema\`: expected 1, got 2
      tasks/shop/sample/expected.json:3: \`task\`: expected a sha256 in hex, got "abc"
      tasks/shop/sample/expected.json:4: unknown key \`failtopass\`; did you mean \`failToPass\`?
      tasks/shop/sample/task.md:1: has no instruction: nothing stands below the front matter
      "
    `)
  })

  it('must be JSON', () => {
    expect(problemsOf(taskFiles(feature, { 'expected.json': '{\n  "schema": 1,\n}\n' }))).toContain(
      'tasks/shop/sample/expected.json:3: is not JSON',
    )
  })
})

describe('digest', () => {
  const digest = taskOf(taskFiles(feature)).digest

  it('does not depend on the order of files or on the receipt', () => {
    const reversed = new Map([...taskFiles(feature)].toReversed())
    expect(taskOf(reversed).digest).toBe(digest)
    const receipt = `{"schema":1,"task":"${digest}","fixture":"${digest}","rules":"${digest}","failToPass":[],"passToPass":[],"lower":[]}`
    expect(taskOf(taskFiles(feature, { 'expected.json': receipt })).digest).toBe(digest)
  })

  it('does not depend on what only tells people about the task', () => {
    const front = 'title: Another title\nkind: feature\ntags: [a]\nsuites: [full]\ndifficulty: hard\nexercises: [Q2]\nmistake: None.'
    expect(taskOf(taskFiles(feature, { 'task.md': `---\n${front}\n---\n\nAdd \`created_at\`.\n` })).digest).toBe(digest)
  })

  it.each([
    ['a byte of a test', { 'tests/backend/tests/test_field.py': 'def test_field(): fail\n' }],
    ['the name of a test', { 'tests/backend/tests/test_field.py': null, 'tests/backend/tests/test_fields.py': 'def test_field(): pass\n' }],
    ['one more solution', { 'right/a.patch': patch }],
    ['the instruction', { 'task.md': '---\ntitle: Add a field\nkind: feature\n---\n\nAdd `created_at`!\n' }],
    ['a limit', { 'task.md': '---\ntitle: Add a field\nkind: feature\nlimits: { turns: 9 }\n---\n\nAdd `created_at`.\n' }],
    ['the repository that it begins with', { 'start.patch': patch }],
  ])('changes with %s', (_name, changes) => {
    expect(taskOf(taskFiles(feature, changes)).digest).not.toBe(digest)
  })
})
