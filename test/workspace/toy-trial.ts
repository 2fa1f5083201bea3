import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { assembleEvidence, factsOfFixture, factsOfTask } from '../../src/evidence/assemble.ts'
import type { Fixture } from '../../src/fixture/fixture.ts'
import { prepareFixture } from '../../src/fixture/prepare-fixture.ts'
import type { PreparedFixture } from '../../src/fixture/prepared-fixture.ts'
import { grade, type Verdict } from '../../src/grading/grade.ts'
import { rules } from '../../src/grading/rules.ts'
import type { Rung } from '../../src/sandbox/sandbox.ts'
import { stackNamed } from '../../src/stack/stacks.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import type { Task } from '../../src/task/task.ts'
import { openBlobStore } from '../../src/workspace/blob-store.ts'
import { collectSuites } from '../../src/workspace/collect-suites.ts'
import { openWorkspace } from '../../src/workspace/open-workspace.ts'
import type { InstalledFile } from '../../src/workspace/workspace.ts'

/** What an agent leaves: text (of an executable where it begins with `#!`), a link's target, or null for a path that is gone. */
export type Left = Readonly<Record<string, string | null | { readonly target: string }>>

export interface ToyTrial {
  readonly verdict: Verdict | { readonly void: string; readonly message: string }
  readonly runs: readonly string[]
}

export const toyTask: Task = {
  id: 'toy-shop/task',
  fixture: 'toy-shop',
  name: 'task',
  folder: '/nowhere',
  title: 'A task',
  kind: 'feature',
  tags: [],
  suites: [],
  difficulty: 'easy',
  exercises: [],
  limits: { turns: 1, minutes: 1, usd: 0 },
  mayChange: [],
  deliverable: [],
  kill: 0,
  rules: {},
  measures: {},
  comments: 'unasked',
  rawSql: 'unneeded',
  needs: [],
  equivalent: {},
  mistake: '',
  ambiguities: [],
  twin: null,
  twinOf: null,
  reading: null,
  declines: [],
  scope: { allow: [], forbid: [] },
  instruction: 'Do it.',
  tests: new Map(),
  start: '',
  solution: '',
  right: new Map(),
  wrong: new Map(),
  mutants: new Map(),
  ask: null,
  decline: null,
  readings: new Map(),
  digest: '',
  expected: null,
}

const toyShop: Fixture = {
  name: 'toy-shop',
  folder: new URL('../samples', import.meta.url).pathname,
  repo: new URL('../samples/toy-shop', import.meta.url).pathname,
  stack: 'pytest',
  prepare: { commands: [], lock: [], toolchains: ['python'] },
  commands: { test: './run-tests' },
  scope: { backend: ['backend/**'], frontend: ['frontend/**'], shared: [] },
  protected: [],
  layers: [],
  helpers: [],
  differences: [],
  probes: {},
  testFolder: 'backend/tests',
  digest: 'toy',
}

const toyCart: Fixture = {
  ...toyShop,
  name: 'toy-cart',
  repo: new URL('../samples/toy-cart', import.meta.url).pathname,
  stack: 'vitest',
  prepare: { commands: [], lock: [], toolchains: ['node'] },
  commands: { test: './cart test' },
  scope: { backend: ['server/**'], frontend: ['web/**'], shared: ['package.json'] },
  protected: ['server/test/support/**'],
  testFolder: 'server/test',
  digest: 'toy-cart',
}

/** The sample fixture for vitest. It installs nothing: our own vitest is shown in its sandbox, at its own path, as a toolchain would be. */
export async function prepareToyCart(cacheFolder: string, rung: Rung): Promise<PreparedFixture> {
  const prepared = await prepareToy(cacheFolder, rung, toyCart)
  const modules = new URL('../../node_modules', import.meta.url).pathname
  return {
    ...prepared,
    toolchains: [...prepared.toolchains, { source: modules, target: modules, writable: false }],
    env: { ...prepared.env, VITEST_FOLDER: join(modules, 'vitest') },
  }
}

/** The sample fixture made ready in `cacheFolder`. */
export async function prepareToy(cacheFolder: string, rung: Rung, fixture: Fixture = toyShop): Promise<PreparedFixture> {
  const result = await prepareFixture(fixture, { cacheFolder, rung, onProgress: () => undefined })
  if (result.kind === 'failed') {
    throw new Error(`${result.phase}: ${result.message}\n${result.output}`)
  }
  return result.prepared
}

/** Plays one trial whose agent leaves `left`: real workspaces, real suites, real grading. */
export async function playToy(
  prepared: PreparedFixture,
  rung: Rung,
  told: {
    readonly task: Partial<Task>
    readonly left: Left
    readonly failToPass?: readonly string[]
    readonly passToPass?: readonly string[]
  },
): Promise<ToyTrial> {
  const scratch = await dir({ unsafeCleanup: true })
  const stack = stackNamed(prepared.fixture.stack)
  if (stack === null) {
    throw new Error(`There is no stack ${prepared.fixture.stack}.`)
  }
  try {
    const blobs = openBlobStore(join(scratch.path, 'blobs'))
    const opened = await openWorkspace(prepared, { rung, scratch: scratch.path, blobs })
    if (opened.kind === 'failed') {
      throw new Error(`${opened.call}: ${opened.reason}`)
    }
    await opened.workspace.install(new Map(Object.entries(told.left).map(([path, left]) => [path, fileOf(left)])))
    const changes = await opened.workspace.changes()
    await opened.workspace[Symbol.asyncDispose]()

    const task = { ...toyTask, ...told.task }
    const receipt = { failToPass: told.failToPass ?? [], passToPass: told.passToPass ?? [] }
    const collected = await collectSuites({
      task,
      receipt,
      stack,
      prepared,
      rung,
      changes,
      seed: 'seed',
      blobs,
      scratch: scratch.path,
    })
    if (collected.kind === 'void') {
      return { verdict: { void: collected.cause, message: collected.message }, runs: [] }
    }
    for (const change of changes) {
      if (change.kind !== 'added' && change.base.type === 'file') {
        await blobs.put(await readFile(join(prepared.root, change.path)))
      }
    }
    const empty = await blobs.put(new Uint8Array())
    const evidence = assembleEvidence({
      task: factsOfTask(task, receipt, empty),
      fixture: factsOfFixture(prepared.fixture, stack),
      runner: { name: 'nop', trust: 'observed' },
      work: {
        schema: 1,
        stop: { kind: 'finished' },
        finalMessage: empty,
        transcript: empty,
        usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 0, usd: 0 },
        models: [],
        threads: 0,
        changes,
        snapshots: [],
        seconds: 0,
      },
      suites: collected.suites,
      probes: [],
      base: {},
    })
    const content = new Map<string, Uint8Array>()
    const named = [
      ...collected.suites.flatMap(({ report, output }) => [report ?? output, output]),
      ...changes.flatMap((change) =>
        [change.kind === 'added' ? null : change.base, change.kind === 'deleted' ? null : change.now].flatMap((entry) =>
          entry?.type === 'file' ? [entry.digest] : [],
        ),
      ),
    ]
    for (const digest of named) {
      content.set(digest, (await blobs.get(digest)) ?? new Uint8Array())
    }
    const blob = (digest: string): Uint8Array | null => content.get(digest) ?? null
    const text = (digest: string): string | null => (content.has(digest) ? Buffer.from(content.get(digest) ?? []).toString('utf8') : null)
    return { verdict: grade({ evidence, blob, text }, rules, await loadSyntax()), runs: collected.suites.map(({ name }) => name) }
  } finally {
    await scratch.cleanup()
  }
}

function fileOf(left: Left[string]): InstalledFile | null {
  if (typeof left !== 'string') {
    return left ?? null
  }
  return { content: Buffer.from(left), executable: left.startsWith('#!') }
}
