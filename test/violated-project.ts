import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { addAskingTasks } from './asking-tasks.ts'
import { openToyProject, type ToyProject } from './toy-project.ts'

const FIXTURE = `---
stack: pytest
prepare: { commands: [], lock: [], toolchains: [python] }
commands: { test: ./run-tests }
scope: { backend: [backend/**], frontend: [frontend/**], shared: [docs/**, CLAUDE.md] }
layers:
  - { name: models, globs: [backend/store/*.py, backend/store/migrations/*.py] }
  - { name: shop, globs: [backend/*.py] }
  - { name: views, globs: [backend/web/*.py] }
  - { name: widgets, globs: [backend/widgets/*.js] }
  - { name: tests, globs: [backend/tests/*.py] }
helpers:
  - { path: backend/text.py, name: clean_name }
tests: { folder: backend/tests }
---
A shop with a layer of each kind. Most of it is never imported: what is judged there is the source.
`

const discount = (value: string): string => `diff --git a/backend/shop.py b/backend/shop.py
--- a/backend/shop.py
+++ b/backend/shop.py
@@ -5,4 +5,4 @@ def total(prices):
 def discount(amount):
     if amount < 0:
         raise ValueError("negative")
-    return amount // 10 if amount >= 100 else 0
+    return ${value}
`

const newFile = (path: string, text: string): string => {
  const lines = text.trimEnd().split('\n')
  return `diff --git a/${path} b/${path}
new file mode 100644
--- /dev/null
+++ b/${path}
@@ -0,0 +1,${lines.length} @@
${lines.map((line) => `+${line}\n`).join('')}`
}

const TESTS = `import shop


def test_small_orders_have_none():
    assert shop.discount(99) == 0


def test_a_tenth_from_a_hundred():
    assert shop.discount(100) == 10
`
const NEW = 'backend/tests/test_discount.py'

const TASK = `---
title: Tests for the discount
kind: tests
limits: { turns: 20, minutes: 2, usd: 1 }
deliverable: [backend/tests/**]
kill: 2
wrong:
  asserts-nothing: [MUTANT_SURVIVED]
  only-below: [MUTANT_SURVIVED]
  too-high: [NEW_TEST_NOT_PASSING, MUTANT_SURVIVED]
  source-too: [OUTSIDE_DELIVERABLE backend/shop.py]
mistake: Only what is below the limit is tested.
---
Write tests for \`discount\` in \`backend/tests\`: nothing below 100, a tenth from there on.
`

/** A toy project whose fixture has layers, models, tasks of Celery, views and a script, and whose tasks are of every kind; proven fair. */
export async function openViolatedProject(): Promise<ToyProject> {
  const project = await openToyProject({ proven: false })
  await cp(join(import.meta.dirname, 'samples', 'violated-shop'), join(project.root, 'fixtures-repos/toy-shop/repo'), { recursive: true })
  await project.write('fixtures-repos/toy-shop/fixture.md', FIXTURE)
  await addAskingTasks(project)
  const task = 'tasks/toy-shop/shop-tests'
  const files: Readonly<Record<string, string>> = {
    'task.md': TASK,
    'solution.patch': newFile(NEW, TESTS),
    'right/as-integer.patch': discount('int(amount / 10) if amount >= 100 else 0'),
    'right/multiplied.patch': discount('(amount >= 100) * (amount // 10)'),
    'mutants/never.patch': discount('0'),
    'mutants/always.patch': discount('amount // 10'),
    'wrong/asserts-nothing.patch': newFile(NEW, 'import shop\n\n\ndef test_runs():\n    shop.discount(100)\n'),
    'wrong/only-below.patch': newFile(NEW, TESTS.slice(0, TESTS.indexOf('\n\ndef test_a_tenth'))),
    'wrong/too-high.patch': newFile(NEW, 'import shop\n\n\ndef test_a_fifth():\n    assert shop.discount(100) == 20\n'),
    'wrong/source-too.patch': newFile(NEW, TESTS) + discount('amount // 10 if amount > 99 else 0'),
  }
  for (const [path, text] of Object.entries(files)) {
    await project.write(`${task}/${path}`, text)
  }
  const checked = await project.assay(['check', '--times', '1'])
  if (checked.code !== 0) {
    throw new Error(`The tasks are not fair:\n${checked.out}${checked.err}`)
  }
  return project
}
