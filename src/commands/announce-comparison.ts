import { resolve } from 'node:path'
import { expectedCost, type Foresight, foresee, measuredVariances } from '../comparison/plan-power.ts'
import type { StoredArm } from '../comparison/stored-arm.ts'
import { plural } from '../report/figures.ts'
import { listRuns } from '../results/find-runs.ts'
import type { Run } from '../results/run.ts'
import { openRun } from '../results/store.ts'
import type { Task } from '../task/task.ts'
import type { PlannedComparison } from './begin-comparison.ts'
import type { TerminalIo } from './terminal-io.ts'

/** Earlier runs that variances and costs are taken from: the newest, since reading all of a year's would take longer than it helps. */
const MOST_RUNS = 20

/** What is about to happen, what it may cost and what it can find, before it does. */
export async function announceComparison(
  { a, b }: Extract<PlannedComparison, { readonly kind: 'planned' }>,
  tasks: readonly Task[],
  options: { readonly out: string },
  io: Pick<TerminalIo, 'root'>,
): Promise<readonly string[]> {
  const stored = await storedRuns(resolve(io.root, options.out))
  const { trials } = b.plan
  const who = (run: Run) => `${run.variant.agent.file} (prompt ${run.variant.agent.promptDigest.slice(0, 12)})`
  const count = `${plural(tasks.length, 'task')} × ${plural(trials, 'trial')} × 2 arms = ${plural(tasks.length * trials * 2, 'trial')}, interleaved in random blocks`
  return [
    `A is ${who(a)}, B is ${who(b)}, on ${b.variant.runner}.`,
    `${count}.`,
    ...costLines(b, tasks, stored),
    ...foresightLines(foresee({ tasks: tasks.length, trials }, measuredVariances(b, stored))),
    ...new Set([...a.warnings, ...b.warnings]),
  ]
}

async function storedRuns(folder: string): Promise<readonly StoredArm[]> {
  const found = (await listRuns(folder)).slice(0, MOST_RUNS)
  const opened = await Promise.all(found.map(async (one) => ({ folder: one.folder, read: await openRun(one.folder) })))
  return opened.flatMap(({ folder: at, read }) => (read.kind === 'open' ? [{ run: read.run, trials: read.trials, folder: at }] : []))
}

function costLines(run: Run, tasks: readonly Task[], stored: readonly StoredArm[]): readonly string[] {
  if (run.variant.upstream !== 'api') {
    return ['No live model: nothing is spent.']
  }
  const times = run.plan.trials * 2
  const most = tasks.reduce((sum, task) => sum + task.limits.usd, 0) * times
  const costs = [...expectedCost(run, stored).values()]
  const known = costs.filter((usd) => usd !== null)
  const expected = known.length < costs.length ? null : known.reduce((sum, usd) => sum + usd, 0) * times
  const bound = run.plan.budgetUsd === null ? '' : `; no trial starts after ${run.plan.budgetUsd} USD for both arms together`
  return [
    `Model ${run.variant.model}. ${expected === null ? 'The expected cost is not known: no stored run has every one of these tasks with this model' : `Expected cost ${expected.toFixed(2)} USD, as earlier trials of these tasks cost`}.`,
    `At most ${most.toFixed(2)} USD by the limits of the tasks${bound}.`,
  ]
}

function foresightLines({ gate, compare, within, between, leastP }: Foresight): readonly string[] {
  const effect = (share: number | null) => (share === null ? 'none at all' : `${Math.ceil(share * 100)} points`)
  const source = within === 'measured' ? 'stored runs of these tasks' : 'published values: these tasks have not been measured yet'
  const also = within === 'measured' && between === 'illustrative' ? ', the variance between tasks from published values' : ''
  return [
    `Smallest effects that four of five such comparisons find: ${effect(gate)} for "did it get worse on this suite?", ${effect(compare)} for "would it be better on new tasks?" (variances from ${source}${also}).`,
    ...(leastP > 0.05
      ? [`With so few tasks no result can tell about new tasks: even if all went one way, p would be ${leastP.toFixed(2)}.`]
      : []),
  ]
}
