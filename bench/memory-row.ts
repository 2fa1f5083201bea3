import { execa } from 'execa'
import { z } from 'zod'
import { nopRunner } from '../src/runner/nop.ts'
import type { Place } from './place.ts'
import type { Measured } from './row.ts'
import { runTrials } from './run-trials.ts'

const MEGABYTE = 2 ** 20

/** Bytes of this process after so many trials, garbage collected first. */
const samples = z.array(z.strictObject({ trials: z.int(), rss: z.int(), heap: z.int() }))
type Sample = z.infer<typeof samples>[number]

/** Trials at which memory is looked at: after the first third, when all is warm, and at the end. */
export const countMemory = async (place: Place, trials: number): Promise<readonly Sample[]> => {
  const { gc } = globalThis
  if (gc === undefined) {
    throw new Error('Memory can be counted only with --expose-gc.')
  }
  const taken: Sample[] = []
  const onTrial = (_trial: unknown, done: number) => {
    if (done % Math.round(trials / 3) === 0) {
      gc()
      gc()
      const { rss, heapUsed } = process.memoryUsage()
      taken.push({ trials: done, rss, heap: heapUsed })
    }
  }
  await runTrials({ ...place, runner: nopRunner(), trials, concurrency: 2, onTrial })
  return taken
}

/** Runs the trials in a process of their own (`program` counts and prints the samples), so that no other measurement's garbage is counted. */
export async function measureMemory(program: string, trials: number): Promise<Measured> {
  const { stdout } = await execa(process.execPath, ['--expose-gc', program, '--count-memory', String(trials)], {
    stdin: 'ignore',
    stderr: 'inherit',
  })
  const taken = samples.parse(JSON.parse(stdout))
  const [first, last] = [taken[0], taken.at(-1)]
  if (first === undefined || last === undefined || first === last) {
    return { kind: 'missing', why: 'too few trials' }
  }
  const thousands = (last.trials - first.trials) / 1000
  const growth = (last.rss - first.rss) / MEGABYTE / thousands
  const heap = (last.heap - first.heap) / MEGABYTE / thousands
  const enough = first.trials >= 1000
  const path = taken.map((sample) => `${(sample.rss / MEGABYTE).toFixed(1)} MB at ${sample.trials}`).join(', ')
  return {
    kind: 'figure',
    spread: { median: growth, least: growth, most: growth },
    unit: ' MB',
    context: `${path}; heap ${heap.toFixed(2)} MB per 1,000${enough ? '' : '; too few trials to judge: the first 1,000 warm up'}`,
    judged: enough,
  }
}
