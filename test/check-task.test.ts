import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openToyProject, SOLUTION, TESTS } from './toy-project.ts'

it('proves a fair task, and the proof holds', async () => {
  await using project = await openToyProject({ proven: false })
  expect(await project.assay(['check', '--times', '2'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^toy-shop\/shipping: fair \(2 fail-to-pass, 2 pass-to-pass; [\dms .]+\)$/),
    err: expect.stringMatching(/1 task judged in [\dms .]+\.$/),
  })
  expect(await project.assay(['check', '--stale'])).toMatchObject({ code: 0, out: '', err: expect.stringContaining('0 tasks judged') })
  expect(await project.assay(['check', '--verify'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 receipts looked at, 0 stale'),
  })
})

const START = `diff --git a/backend/shop.py b/backend/shop.py
--- a/backend/shop.py
+++ b/backend/shop.py
@@ -5,4 +5,4 @@ def total(prices):
 def discount(amount):
     if amount < 0:
         raise ValueError("negative")
-    return amount // 10 if amount >= 100 else 0
+    return amount // 10 if amount > 100 else 0
diff --git a/backend/tests/test_shop.py b/backend/tests/test_shop.py
--- a/backend/tests/test_shop.py
+++ b/backend/tests/test_shop.py
@@ -1,9 +1,9 @@
-from shop import total
+from shop import discount, total
 
 
 def test_total():
     assert total([1, 2, 3]) == 6
 
 
-def test_total_of_nothing():
-    assert total([]) == 0
+def test_no_discount_at_a_hundred():
+    assert discount(100) == 0
`

it('proves and runs a task that begins with a broken repository, where a visible test asserts the bug', async () => {
  await using project = await openToyProject({ proven: false })
  const task = 'tasks/toy-shop/shipping'
  const fix = (limit: string) => `diff --git a/backend/shop.py b/backend/shop.py
--- a/backend/shop.py
+++ b/backend/shop.py
@@ -5,4 +5,4 @@ def total(prices):
 def discount(amount):
     if amount < 0:
         raise ValueError("negative")
-    return amount // 10 if amount > 100 else 0
+    return amount // 10 if ${limit} else 0
`
  await project.write(`${task}/start.patch`, START)
  const right = 'from shop import discount, total\n\n\ndef test_total():\n    assert total([1, 2, 3]) == 6\n\n\n'
  await project.write(
    `${task}/tests/backend/tests/test_shop.py`,
    `${right}def test_a_discount_at_a_hundred():\n    assert discount(100) == 10\n`,
  )
  await project.write(
    `${task}/tests/backend/tests/test_shipping.py`,
    'from shop import discount\n\n\ndef test_less():\n    assert discount(99) == 0\n',
  )
  const patches = {
    'solution.patch': 'amount >= 100',
    'right/subtracted.patch': 'not amount < 100',
    'wrong/always-free.patch': 'amount > 105',
    'wrong/never-free.patch': 'amount > 101',
    'wrong/at-fifty-one.patch': 'False',
  }
  for (const [name, limit] of Object.entries(patches)) {
    await project.write(`${task}/${name}`, fix(limit))
  }
  await project.write(
    `${task}/wrong/frontend-too.patch`,
    `${fix('amount >= 100')}diff --git a/frontend/cart.js b/frontend/cart.js\nnew file mode 100644\n--- /dev/null\n+++ b/frontend/cart.js\n@@ -0,0 +1 @@\n+1\n`,
  )
  expect(await project.assay(['check', '--times', '1'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('toy-shop/shipping: fair (1 fail-to-pass, 2 pass-to-pass; '),
  })
  expect(await project.assay(['run'])).toMatchObject({ code: 0, out: expect.stringContaining('1 of 1') })
  expect(await project.assay(['run', '--runner', 'nop'])).toMatchObject({ code: 0, out: expect.stringContaining('0 of 1') })
})

it.each([
  [
    'a solution that fails',
    'solution.patch',
    SOLUTION.replace('return 0 if', 'return 1 if'),
    'solution: does not pass backend.tests.test_shipping::test_shipping_is_free_from_fifty',
  ],
  ['another right solution that fails', 'right/subtracted.patch', SOLUTION.replace('>= 50', '> 50'), 'right/subtracted: must pass, but'],
  ['a wrong solution that passes', 'wrong/never-free.patch', SOLUTION, 'wrong/never-free: must not pass, but does'],
  [
    'a wrong solution that draws something else',
    'wrong/frontend-too.patch',
    SOLUTION.replace('return 0 if', 'return 1 if'),
    'must draw FRONTEND_CHANGED frontend/cart.js, but draws TEST_NOT_PASSING',
  ],
  [
    'a patch that does not apply',
    'solution.patch',
    SOLUTION.replace('raise ValueError', 'raise TypeError'),
    'solution: the patch does not apply',
  ],
  ['a start that does not apply', 'start.patch', SOLUTION.replace('raise ValueError', 'raise TypeError'), 'start.patch does not apply'],
  [
    'hidden tests that the base passes',
    'tests/backend/tests/test_shipping.py',
    'def test_nothing():\n    assert True\n',
    'no test fails on the untouched repository',
  ],
  [
    'a test that changes its mind',
    'tests/backend/tests/test_shipping.py',
    // Beside those of the task, which go on drawing what each wrong patch must draw: what is told is of the coin.
    `import time\n${TESTS}\n\ndef test_coin():\n    assert shipping(50) == 0 and time.time_ns() // 1000 % 2\n`,
    // Where it falls badly in the first round, that is told of whichever patch it fell on, and no other round is begun.
    /test_coin: its result changes between repeats|(does not pass|TEST_NOT_PASSING) \S*test_coin/,
  ],
])('tells %s', async (_name, file, content, message: string | RegExp) => {
  await using project = await openToyProject({ proven: false })
  await project.write(`tasks/toy-shop/shipping/${file}`, content)
  const { code, out, err } = await project.assay(['check', '--times', typeof message === 'string' ? '1' : '6'])
  expect(code, err).toBe(1)
  expect(out).toMatch(message)
})

it('begins no second round where the first has shown a task to be unfair', async () => {
  await using project = await openToyProject({ proven: false })
  await project.write('tasks/toy-shop/shipping/wrong/never-free.patch', SOLUTION)
  const { code, err } = await project.assay(['check', '--times', '5'])
  expect(code).toBe(1)
  expect(err).toContain('6 of 30')
  expect(err).not.toContain('7 of 30')
})

it('names the faults in a solution that no hidden test sees, but for those listed as equivalent', async () => {
  await using project = await openToyProject()
  const first = await project.assay(['check', '--mutate', '10'])
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^toy-shop\/shipping: (\d+) of \1 mutants killed/) })
  await project.write(
    'tasks/toy-shop/shipping/tests/backend/tests/test_shipping.py',
    'from shop import shipping\n\n\ndef test_free():\n    assert shipping(90) == 0 != shipping(9)\n',
  )
  await project.write('tasks/toy-shop/shipping/wrong/at-fifty-one.patch', SOLUTION.replace('return 0 if amount >= 50 else 5', 'return 1'))
  expect(await project.assay(['check', '--times', '1'])).toMatchObject({ code: 0 })
  const second = await project.assay(['check', '--mutate'])
  expect(second).toMatchObject({ code: 1, out: expect.stringContaining('survives: backend/shop.py:12 operator >= → >') })
  const page = await readFile(join(project.root, 'tasks/toy-shop/shipping/task.md'), 'utf8')
  const names = [...second.out.matchAll(/survives: (.*)/g)].map(([, name]) => name)
  const listed = names.map((name) => `  ${JSON.stringify(name)}: Nobody orders for just that.\n`).join('')
  await project.write('tasks/toy-shop/shipping/task.md', page.replace('mistake:', `equivalent:\n${listed}mistake:`))
  expect(await project.assay(['check', '--mutate'])).toMatchObject({ code: 0, out: expect.stringContaining('listed as equivalent') })
})
