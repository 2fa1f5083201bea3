import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Fixture } from '../fixture/fixture.ts'
import { prepareFixture } from '../fixture/prepare-fixture.ts'
import { prepareStart } from '../fixture/prepare-start.ts'
import type { PreparedFixture, PrepareOptions, PrepareResult } from '../fixture/prepared-fixture.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import type { Task } from '../task/task.ts'
import type { TerminalIo } from './terminal-io.ts'

/** A fixture made ready, with the seconds it took; or why it cannot be made ready here. */
export type Readiness =
  | { readonly kind: 'ready'; readonly prepared: PreparedFixture; readonly seconds: number }
  /** `lacking`: the machine has not what the fixture needs; the sentence says how to get it. */
  | { readonly kind: 'unready'; readonly sentence: string; readonly lacking: boolean }

/** What the trials of each task can start from. */
export type ReadinessOf = (task: Task) => Readiness

/**
 * Makes ready what these tasks need: each fixture once, and for each task with a `start.patch` the repository as it begins; one after another, telling on
 * the terminal what takes long. What cannot be made ready stops nothing else. `sentences` tell of it, each once.
 */
export async function prepareTasks(
  tasks: readonly Task[],
  fixtures: readonly Fixture[],
  options: { readonly cache: string; readonly rung: Rung },
  io: TerminalIo,
): Promise<{ readonly readinessOf: ReadinessOf; readonly sentences: readonly string[] }> {
  const byFixture = new Map<string, Readiness>()
  const byTask = new Map<string, Readiness>()
  const optionsOf = (name: string): PrepareOptions => ({
    cacheFolder: join(options.cache, 'fixtures'),
    rung: options.rung,
    onProgress: (phase, detail) => io.err.write(`Preparing ${name}: ${phase}${detail === '' ? '' : ` ${detail}`}\n`),
    signal: io.interrupt,
  })
  for (const fixture of fixtures.filter(({ name }) => tasks.some((task) => task.fixture === name))) {
    byFixture.set(fixture.name, await timed(fixture.name, () => prepareFixture(fixture, optionsOf(fixture.name))))
  }
  for (const task of tasks) {
    const fixture = byFixture.get(task.fixture) ?? { kind: 'unready', sentence: `There is no fixture ${task.fixture}.`, lacking: false }
    const patched = fixture.kind === 'ready' && task.start !== ''
    byTask.set(task.id, patched ? await timed(task.id, () => prepareStart(fixture.prepared, task.start, optionsOf(task.id))) : fixture)
  }
  const unknown: Readiness = { kind: 'unready', sentence: 'It is not in this project any more.', lacking: false }
  const sentences = [...byFixture.values(), ...byTask.values()].flatMap((one) => (one.kind === 'unready' ? [one.sentence] : []))
  return { readinessOf: (task) => byTask.get(task.id) ?? unknown, sentences: [...new Set(sentences)] }
}

async function timed(name: string, prepare: () => Promise<PrepareResult>): Promise<Readiness> {
  const began = performance.now()
  const result = await prepare()
  if (result.kind === 'prepared') {
    return { kind: 'ready', prepared: result.prepared, seconds: (performance.now() - began) / 1000 }
  }
  const output = result.output.trim() === '' ? '' : `\n${result.output.trim()}`
  return { kind: 'unready', sentence: `${name} cannot be prepared: ${result.message}${output}`, lacking: result.phase === 'toolchain' }
}
