import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Fixture } from '../fixture/fixture.ts'
import { prepareFixture } from '../fixture/prepare-fixture.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import type { TerminalIo } from './terminal-io.ts'

/** A fixture made ready, with the seconds it took; or why it cannot be made ready here. */
export type Readiness =
  | { readonly kind: 'ready'; readonly prepared: PreparedFixture; readonly seconds: number }
  | { readonly kind: 'unready'; readonly sentence: string }

/** Makes the named fixtures ready, one after another, telling on the terminal what takes long. A fixture that cannot be made ready stops no other. */
export async function prepareFixtures(
  fixtures: readonly Fixture[],
  options: { readonly cache: string; readonly rung: Rung },
  io: TerminalIo,
): Promise<ReadonlyMap<string, Readiness>> {
  const readiness = new Map<string, Readiness>()
  for (const fixture of fixtures) {
    const began = performance.now()
    const result = await prepareFixture(fixture, {
      cacheFolder: join(options.cache, 'fixtures'),
      rung: options.rung,
      onProgress: (phase, detail) => io.err.write(`Preparing ${fixture.name}: ${phase}${detail === '' ? '' : ` ${detail}`}\n`),
      signal: io.interrupt,
    })
    const seconds = (performance.now() - began) / 1000
    if (result.kind === 'prepared') {
      readiness.set(fixture.name, { kind: 'ready', prepared: result.prepared, seconds })
    } else {
      const output = result.output.trim() === '' ? '' : `\n${result.output.trim()}`
      readiness.set(fixture.name, { kind: 'unready', sentence: `${fixture.name} cannot be prepared: ${result.message}${output}` })
    }
  }
  return readiness
}
