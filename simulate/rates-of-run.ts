import { countingTrials } from '../src/results/plan.ts'
import { openRun } from '../src/results/store.ts'
import type { Rates } from './rates.ts'

/** The share of its graded trials that each task of a stored run passed; tasks without one are left out. */
export async function ratesOfRun(
  folder: string,
): Promise<{ readonly kind: 'rates'; readonly rates: Rates } | { readonly kind: 'bad'; readonly message: string }> {
  const opened = await openRun(folder)
  if (opened.kind === 'bad') {
    return { kind: 'bad', message: opened.problems.join('\n') }
  }
  const graded = countingTrials(opened.trials).flatMap((trial) => (trial.outcome === 'graded' ? [trial] : []))
  const rates = [...Map.groupBy(graded, ({ task }) => task).values()].map(
    (trials) => trials.filter(({ passed }) => passed).length / trials.length,
  )
  return rates.length === 0 ? { kind: 'bad', message: `${folder} has no graded trial to take rates from` } : { kind: 'rates', rates }
}
