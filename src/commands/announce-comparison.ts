import { type Foresight, foresee, measuredVariances } from '../comparison/plan-power.ts'
import type { StoredArm } from '../comparison/stored-arm.ts'
import { plural } from '../report/figures.ts'
import type { Run } from '../results/run.ts'
import type { Task } from '../task/task.ts'
import type { PlannedComparison } from './begin-comparison.ts'
import { costSentences } from './foretell-cost.ts'
import { recentArms } from './stored-arms.ts'
import type { TerminalIo } from './terminal-io.ts'

/** What is about to happen, what it may cost and what it can find, before it does. */
export async function announceComparison(
  { a, b }: Extract<PlannedComparison, { readonly kind: 'planned' }>,
  tasks: readonly Task[],
  options: { readonly out: string },
  io: Pick<TerminalIo, 'root'>,
): Promise<readonly string[]> {
  const stored = await recentArms(options.out, io)
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

function costLines(run: Run, tasks: readonly Task[], stored: readonly StoredArm[]): readonly string[] {
  return run.variant.upstream === 'api' ? costSentences(run, tasks, 2, stored) : ['No live model: nothing is spent.']
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
