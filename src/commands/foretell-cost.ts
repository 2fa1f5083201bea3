import { expectedCost } from '../comparison/plan-power.ts'
import type { StoredArm } from '../comparison/stored-arm.ts'
import { costOfSession, listPrices, type Prices, priceOf } from '../gateway/prices.ts'
import type { Run } from '../results/run.ts'
import type { Task } from '../task/task.ts'

/**
 * What a live run may cost, as sentences: what earlier trials alike cost, where there are some of each task, else what playing the reference
 * solutions would; and the bounds. `arms`: how often the plan is run.
 */
export function costSentences(run: Run, tasks: readonly Task[], arms: number, stored: readonly StoredArm[]): readonly string[] {
  const times = run.plan.trials * arms
  const most = tasks.reduce((sum, task) => sum + task.limits.usd, 0) * times
  const known = total([...expectedCost(run, stored).values()])
  const least = total(tasks.map((task) => referenceCost(task, run.variant.model, pricesOf(run))))
  const both = arms === 1 ? '' : ' for both arms together'
  const bound = run.plan.budgetUsd === null ? '' : `; no trial starts after ${run.plan.budgetUsd} USD${both}`
  return [
    `Model ${run.variant.model}. ${known === null ? unknown(least, times) : `Expected cost ${(known * times).toFixed(2)} USD, as earlier trials of these tasks cost.`}`,
    `At most ${most.toFixed(2)} USD by the limits of the tasks${bound}.`,
  ]
}

/** What a trial of a task costs at least, in USD: its own solution, played with this model's price; null where price or solution's session are unknown. */
export function referenceCost(task: Pick<Task, 'expected'>, model: string, prices: Prices = listPrices): number | null {
  const price = priceOf(model, prices)
  const session = task.expected?.session
  return price === null || session === undefined ? null : costOfSession(price, session)
}

function unknown(least: number | null, times: number): string {
  const because = 'The expected cost is not known: no stored run has every one of these tasks with this model'
  return least === null
    ? `${because}.`
    : `${because}. To play the reference solutions alone would take ${(least * times).toFixed(2)} USD; an agent that has to find them takes a multiple.`
}

function pricesOf({ variant }: Run): Prices {
  return { ...listPrices, ...(JSON.parse(String(variant.settings.prices ?? '{}')) as Prices) }
}

function total(each: readonly (number | null)[]): number | null {
  const known = each.filter((one) => one !== null)
  return known.length < each.length ? null : known.reduce((sum, one) => sum + one, 0)
}
