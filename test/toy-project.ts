import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { dir } from 'tmp-promise'

/** A scratch project with one fixture that needs nothing but Python, and one task, proven fair. */
export interface ToyProject extends AsyncDisposable {
  readonly root: string
  readonly env: Readonly<Record<string, string>>
  write(path: string, text: string): Promise<void>
  /** Runs the command line as a user does. Standard output and error are kept apart. */
  assay(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | undefined; readonly out: string; readonly err: string }>
  /** Starts it without waiting. */
  readonly start: ReturnType<typeof starter>
}

const here = import.meta.dirname
const CLI = join(here, '..', 'src', 'cli.ts')

const starter =
  (root: string, env: Readonly<Record<string, string>>) =>
  (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    execa(process.execPath, [CLI, ...args], {
      cwd: root,
      env: { ...env, ...more },
      extendEnv: false,
      reject: false,
      detached: true,
      stdin: 'ignore',
    })

export const SOLUTION = `diff --git a/backend/shop.py b/backend/shop.py
--- a/backend/shop.py
+++ b/backend/shop.py
@@ -6,3 +6,7 @@ def discount(amount):
     if amount < 0:
         raise ValueError("negative")
     return amount // 10 if amount >= 100 else 0
+
+
+def shipping(amount):
+    return 0 if amount >= 50 else 5
`

const wrongPatch = (body: string) =>
  SOLUTION.replace('    return 0 if amount >= 50 else 5', `    return ${body}`).replace('0 if amount >= 50 else 5', body)

const FRONTEND = `diff --git a/frontend/cart.js b/frontend/cart.js
new file mode 100644
--- /dev/null
+++ b/frontend/cart.js
@@ -0,0 +1 @@
+export const free = 50
`

const FIXTURE = `---
stack: pytest
prepare: { commands: [], lock: [], toolchains: [python] }
commands: { test: ./run-tests }
scope: { backend: [backend/**], frontend: [frontend/**] }
layers:
  - { name: shop, globs: [backend/*.py] }
tests: { folder: backend/tests }
---
A shop.
`

const TASK = `---
title: Shipping is free above 50
kind: feature
suites: [smoke]
limits: { turns: 20, minutes: 2, usd: 1 }
wrong:
  always-free: [TEST_NOT_PASSING]
  never-free: [TEST_NOT_PASSING]
  at-fifty-one: [TEST_NOT_PASSING]
  frontend-too: [FRONTEND_CHANGED frontend/cart.js]
mistake: The limit itself is free too.
---
Add \`shipping(amount)\` to the shop: 5, and 0 from an amount of 50.
`

export const TESTS = `from shop import shipping


def test_shipping_costs():
    assert shipping(49) == 5


def test_shipping_is_free_from_fifty():
    assert shipping(50) == 0
`

const AGENT = `---
name: toy-coder
description: Builds shops.
model: sonnet
color: blue
---

You build shops.
`

/** Opens the project in a folder of its own, with a cache of its own unless \`cache\` names one to share. */
export async function openToyProject(options: { readonly cache?: string; readonly proven?: boolean } = {}): Promise<ToyProject> {
  const scratch = await dir({ prefix: 'assay-toy-', unsafeCleanup: true })
  const root = join(scratch.path, 'project')
  const cache = options.cache ?? join(scratch.path, 'cache')
  const env = { PATH: process.env.PATH ?? '', HOME: scratch.path, ASSAY_CACHE_DIR: cache, LANG: 'C.UTF-8' }
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  const start = starter(root, env)
  const assay = async (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const { exitCode, stdout, stderr } = await start(args, more)
    return { code: exitCode, out: String(stdout), err: String(stderr) }
  }
  await cp(join(here, 'samples', 'toy-shop'), join(root, 'fixtures-repos', 'toy-shop', 'repo'), { recursive: true })
  await write('fixtures-repos/toy-shop/fixture.md', FIXTURE)
  await write('agents/backend-coder.md', AGENT)
  const task = 'tasks/toy-shop/shipping'
  await write(`${task}/task.md`, TASK)
  await write(`${task}/tests/backend/tests/test_shipping.py`, TESTS)
  await write(`${task}/solution.patch`, SOLUTION)
  await write(`${task}/right/subtracted.patch`, wrongPatch('5 - 5 * (amount >= 50)'))
  await write(`${task}/wrong/always-free.patch`, wrongPatch('0'))
  await write(`${task}/wrong/never-free.patch`, wrongPatch('5'))
  await write(`${task}/wrong/at-fifty-one.patch`, wrongPatch('0 if amount > 50 else 5'))
  await write(`${task}/wrong/frontend-too.patch`, SOLUTION + FRONTEND)
  const project: ToyProject = { root, env, write, assay, start, [Symbol.asyncDispose]: () => scratch.cleanup() }
  if (options.proven !== false) {
    const checked = await assay(['check', '--times', '1'])
    if (checked.code !== 0) {
      throw new Error(`The toy task is not fair:\n${checked.out}${checked.err}`)
    }
  }
  return project
}
