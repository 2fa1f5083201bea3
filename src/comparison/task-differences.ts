import type { Trial } from '../results/trial.ts'
import { armPermutationTest, type TaskArms } from '../statistics/arm-permutation.ts'
import { meanOf } from '../statistics/mean.ts'
import type { Random } from '../statistics/random.ts'
import type { ArmName, TaskArm, TaskDifference } from './comparison.ts'
import type { PairedTask } from './pairing.ts'

/** A task that passed once and then did not may be a coin; two of two to none of two is worth a name. */
const LEAST_FOR_A_NAME = 2

/** What the graded pairs of each task say: 1 for passed, 0 for not. Tasks without one are not among them. */
export function outcomesOf(tasks: readonly PairedTask[]): readonly TaskArms[] {
  return tasks
    .filter(({ graded }) => graded.length > 0)
    .map(({ graded }) => ({ a: graded.map(({ a }) => Number(a.passed)), b: graded.map(({ b }) => Number(b.passed)) }))
}

/** The same, where a void trial counts as a failure of its arm. A pair of which one side has not been run still counts for nothing. */
export function outcomesWithVoids(tasks: readonly PairedTask[]): readonly TaskArms[] {
  const outcome = (trial: Trial) => Number(trial.outcome === 'graded' && trial.passed)
  return tasks
    .map(({ trials }) => trials.flatMap(({ a, b }) => (a === null || b === null ? [] : [{ a: outcome(a), b: outcome(b) }])))
    .filter((pairs) => pairs.length > 0)
    .map((pairs) => ({ a: pairs.map(({ a }) => a), b: pairs.map(({ b }) => b) }))
}

/** One difference a task: B's pass rate minus A's. */
export function differencesOf(tasks: readonly TaskArms[]): readonly number[] {
  return tasks.map(({ a, b }) => meanOf(b) - meanOf(a))
}

/** The tasks in which a pair counts, the greatest drop first. `planned`: trials that each arm was to run. */
export function taskDifferences(
  tasks: readonly PairedTask[],
  planned: Readonly<Record<ArmName, number>>,
  random: Random,
): readonly TaskDifference[] {
  return tasks
    .filter(({ graded }) => graded.length > 0)
    .map((task) => differenceOf(task, planned, random))
    .toSorted((one, other) => one.difference - other.difference || one.p - other.p)
}

function differenceOf(task: PairedTask, planned: Readonly<Record<ArmName, number>>, random: Random): TaskDifference {
  const [outcomes = { a: [], b: [] }] = outcomesOf([task])
  const { effect, p } = armPermutationTest([outcomes], random, { side: 'two-sided' })
  const [a, b] = [taskArm(task, 'a', planned.a), taskArm(task, 'b', planned.b)]
  const { title, kind } = task.planned
  return { task: task.planned.task, title, kind, a, b, difference: effect, p, change: changeOf(a, b) }
}

/** What became of a task's trials in one arm. */
export function taskArm({ trials, graded }: PairedTask, arm: ArmName, planned: number): TaskArm {
  const run = trials.flatMap((trial) => trial[arm] ?? [])
  return {
    passed: graded.filter((pair) => pair[arm].passed).length,
    counted: graded.length,
    voids: run.filter(({ outcome }) => outcome === 'void').length,
    notRun: Math.max(0, planned - run.length),
  }
}

function changeOf(a: TaskArm, b: TaskArm): TaskDifference['change'] {
  if (Math.min(a.counted, b.counted) >= LEAST_FOR_A_NAME) {
    if (a.passed === a.counted && b.passed === 0) {
      return 'collapsed'
    }
    if (a.passed === 0 && b.passed === b.counted) {
      return 'recovered'
    }
  }
  const difference = b.passed * a.counted - a.passed * b.counted
  return difference === 0 ? 'same' : difference < 0 ? 'less' : 'more'
}
