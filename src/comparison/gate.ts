import { armPermutationTest } from '../statistics/arm-permutation.ts'
import { holm } from '../statistics/holm.ts'
import { type Random, seededRandom } from '../statistics/random.ts'
import { answerGate } from './answers.ts'
import { type BaselineTask, totalOf } from './baseline.ts'
import type { Answer, Comparison, InvalidReason } from './comparison.ts'

/** Of the 5 % of wrong alarms that a gate may give, 4 are for the mean and 1 is for single tasks: together they stay at 5. */
const MEAN_ALPHA = 0.04
const TASK_ALPHA = 0.01

/** Below this, a task that cannot block is named as moved: nobody should have to look for it. */
const MOVED_BELOW = 0.05

/** Passed trials of those that count. */
interface Counts {
  readonly passed: number
  readonly counted: number
}

/** A task as the gate gets it: the baseline's revision (`a`) and the run's (`b`). */
export interface GateInput {
  readonly task: string
  readonly title: string
  readonly a: Counts
  readonly b: Counts
}

/**
 * `blocking`: enough runs are recorded, and it passed in all of them: it can block alone. `flaky`: enough runs, and not all passed: it counts in the mean, where chance is
 * accounted for, and cannot block alone. `burn-in`: too few recorded runs: it only informs.
 */
type Standing = 'blocking' | 'flaky' | 'burn-in'

export interface GateTask extends GateInput {
  readonly standing: Standing
  /** Recorded runs of this task, whatever the prompt. */
  readonly records: number
  /** Trials of the baseline's revision, recorded and run now, that `p` holds the run's trials against. */
  readonly before: Counts
  /** One-sided, that the run's revision passes it less often; `adjusted` by Holm over the blocking tasks, null for others. */
  readonly p: number
  readonly adjusted: number | null
  readonly blocks: boolean
  /** It cannot block, and yet its trials say that it passes less often. */
  readonly moved: boolean
}

export type GateOutcome = 'pass' | 'fail' | 'inconclusive' | 'invalid'

/** All that a gate's report shows, as data. */
export interface GateReport {
  readonly schema: 1
  readonly outcome: GateOutcome
  /** `interleaved`: the baseline's revision was run again beside the run's; `stored`: its recorded counts stand for it. */
  readonly against: 'interleaved' | 'stored'
  readonly notes: readonly string[]
  readonly reasons: readonly InvalidReason[]
  /** Of the tasks with enough records. */
  readonly answer: Answer
  /** A drop of the mean up to this share lets the gate pass, where a greater one is ruled out. */
  readonly tolerance: number
  /** Recorded runs that a task needs before it counts. */
  readonly minRuns: number
  /** Those that block first, then those that moved, then by drop. */
  readonly tasks: readonly GateTask[]
  readonly leftOut: Comparison['leftOut']
  /** Where both revisions were run: everything else about their difference. */
  readonly comparison: Comparison | null
}

export interface GateFacts {
  readonly against: GateReport['against']
  readonly tasks: readonly GateInput[]
  readonly baseline: { readonly promptDigest: string; readonly tasks: readonly BaselineTask[] }
  readonly reasons: readonly InvalidReason[]
  readonly notes: readonly string[]
  readonly leftOut: Comparison['leftOut']
  readonly comparison: Comparison | null
  readonly minRuns: number
  readonly tolerance: number
  readonly seed: string
}

/** Decides a gate. Single tasks block only from a clean record, so that a flaky one never cries wolf; the mean is over every task with enough records. */
export function decideGate(facts: GateFacts): GateReport {
  const random = seededRandom(`${facts.seed} gate`)
  const tasks = adjusted(facts.tasks.map((task) => standingOf(task, facts, random)))
  const counting = tasks.filter(({ standing }) => standing !== 'burn-in').map(({ a, b }) => ({ a: outcomes(a), b: outcomes(b) }))
  const answer = answerGate(counting, random, MEAN_ALPHA)
  const { against, reasons, notes, leftOut, comparison, minRuns, tolerance } = facts
  const outcome = outcomeOf({ answer, reasons, tolerance, tasks })
  return {
    schema: 1,
    outcome,
    against,
    notes,
    reasons,
    answer: outcome === 'invalid' ? { ...answer, verdict: 'invalid' } : answer,
    tolerance,
    minRuns,
    tasks: tasks.toSorted((one, other) => rank(other) - rank(one) || dropOf(other) - dropOf(one)),
    leftOut,
    comparison,
  }
}

/** The one rule from an answer to an outcome. Not to have shown a drop is not to have ruled one out: that is what the interval is asked for. */
export function outcomeOf({
  answer,
  reasons,
  tolerance,
  tasks,
}: {
  readonly answer: Answer
  readonly reasons: readonly InvalidReason[]
  readonly tolerance: number
  readonly tasks: readonly Pick<GateTask, 'blocks' | 'moved'>[]
}): GateOutcome {
  if (reasons.length > 0) {
    return 'invalid'
  }
  if (answer.verdict === 'worse' || tasks.some(({ blocks }) => blocks)) {
    return 'fail'
  }
  const ruledOut = answer.verdict === 'better' || (answer.interval !== null && answer.interval.low >= -tolerance)
  return ruledOut && !tasks.some(({ moved }) => moved) ? 'pass' : 'inconclusive'
}

function standingOf(task: GateInput, { baseline, minRuns, against }: GateFacts, random: Random): GateTask {
  const records = baseline.tasks.find((one) => one.task === task.task)?.records ?? []
  const total = totalOf(records)
  const clean = total.graded > 0 && total.passed === total.graded
  const standing: Standing = records.length < minRuns ? 'burn-in' : clean ? 'blocking' : 'flaky'
  const recorded = totalOf(records.filter(({ promptDigest }) => promptDigest === baseline.promptDigest))
  const before = against === 'stored' ? task.a : { passed: recorded.passed + task.a.passed, counted: recorded.graded + task.a.counted }
  const p =
    before.counted === 0 || task.b.counted === 0
      ? 1
      : armPermutationTest([{ a: outcomes(before), b: outcomes(task.b) }], random, { side: 'less' }).p
  return { ...task, standing, records: records.length, before, p, adjusted: null, blocks: false, moved: false }
}

function adjusted(tasks: readonly GateTask[]): readonly GateTask[] {
  const blocking = tasks.filter(({ standing }) => standing === 'blocking')
  const values = new Map(holm(blocking.map(({ p }) => p)).map((value, index) => [blocking[index], value]))
  return tasks.map((task) => {
    const own = values.get(task)
    if (own === undefined) {
      return { ...task, moved: task.p <= MOVED_BELOW }
    }
    // Tonight's machine or model may be at fault where the baseline's own revision fails too.
    const blocks = own <= TASK_ALPHA && task.a.passed === task.a.counted
    return { ...task, adjusted: own, blocks, moved: !blocks && task.p <= TASK_ALPHA }
  })
}

function outcomes({ passed, counted }: Counts): readonly number[] {
  return Array.from({ length: counted }, (_, index) => Number(index < passed))
}

function rank({ blocks, moved }: GateTask): number {
  return blocks ? 2 : moved ? 1 : 0
}

function dropOf({ a, b }: GateTask): number {
  return a.passed / Math.max(1, a.counted) - b.passed / Math.max(1, b.counted)
}
