import { join } from 'node:path'
import { execa } from 'execa'
import { openBlobStore } from '../src/workspace/blob-store.ts'
import { suiteLimits } from '../src/workspace/suite-run.ts'
import { measurePairs } from './pairs.ts'
import { openAt, type Place } from './place.ts'
import { type Measured, shownMs } from './row.ts'

/** `true` in the sandbox against `true` without one. `extraMs`: what the sandbox adds to a command's start and end. */
export async function measureSpawn(place: Place, count: number): Promise<{ readonly measured: Measured; readonly extraMs: number }> {
  await using workspace = await openAt(place, openBlobStore(join(place.scratch, 'blobs')))
  const boxed = async () => {
    const result = await workspace.run({ argv: ['true'], cwd: '.', env: {}, mounts: [], limits: suiteLimits, network: false })
    if (result.ended !== 'exited' || result.exitCode !== 0) {
      throw new Error(`\`true\` ended in the sandbox as ${result.ended}: ${result.stderr}`)
    }
  }
  const bare = async () => {
    await execa('true', { stdin: 'ignore' })
  }
  const { ratio, first, second } = await measurePairs(count, { run: boxed }, { run: bare })
  const context = `${shownMs(first.median)} ÷ ${shownMs(second.median)}, ${count} pairs`
  return { measured: { kind: 'figure', spread: ratio, unit: '', context }, extraMs: Math.max(0, first.median - second.median) }
}
