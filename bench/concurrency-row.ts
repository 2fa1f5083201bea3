import { commandRunner } from '../src/runner/command.ts'
import { measurePairs } from './pairs.ts'
import type { Place } from './place.ts'
import { type Measured, shownMs } from './row.ts'
import { runTrials } from './run-trials.ts'

/** Seconds that the agent sleeps: it stands for one that waits for a model. */
const SLEEP = 0.5

/** The same trials one at a time and two at a time: 1 where the second worker brings a whole worker's work. */
export async function measureConcurrency(place: Place, trials: number, count: number): Promise<Measured> {
  const choice = await commandRunner({ command: `sleep ${SLEEP}`, mounts: [] })
  if (choice.kind === 'refused') {
    throw new Error(choice.message)
  }
  const { runner } = choice
  const side = (concurrency: number) => ({ run: async () => void (await runTrials({ ...place, runner, trials, concurrency })) })
  const { ratio, first, second } = await measurePairs(count, side(1), side(2))
  const half = ({ median, least, most }: typeof ratio) => ({ median: median / 2, least: least / 2, most: most / 2 })
  const each = `${shownMs(first.median / trials)} a trial alone, ${shownMs(second.median / trials)} at two`
  return { kind: 'figure', spread: half(ratio), unit: '', context: `${each}; ${count} pairs of ${trials} trials, agent sleeps ${SLEEP} s` }
}
