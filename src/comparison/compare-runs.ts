import type { TaskArms } from '../statistics/arm-permutation.ts'
import { minimumDetectableEffect } from '../statistics/power.ts'
import { seededRandom } from '../statistics/random.ts'
import { variancesOfPair } from '../statistics/variance.ts'
import { ALPHA, answerCompare, answerGate } from './answers.ts'
import { armOf } from './arm.ts'
import type { Answer, Comparison, SequentialAnswer } from './comparison.ts'
import { notesOf } from './notes.ts'
import { pairedRatios } from './paired-ratios.ts'
import { type PairedTask, pairTasks } from './pairing.ts'
import { refusalsOf } from './refusals.ts'
import { ruleDifferences } from './rule-differences.ts'
import { sequentialAnswer } from './sequential.ts'
import type { StoredArm } from './stored-arm.ts'
import { differencesOf, outcomesOf, outcomesWithVoids, taskDifferences } from './task-differences.ts'
import { validityOf } from './validity.ts'

export interface ComparisonOptions {
  /** Seeds what is drawn where permutations are too many to count. */
  readonly seed: string
  readonly order: Comparison['order']
  /** Whether the trials were stopped when they had decided: see `sequentialAnswer`. */
  readonly sequential?: boolean
  /** Ids of the rules that decide no verdict. */
  readonly rules: readonly string[]
  readonly promptDiff: string | null
}

/** `refused`: the two runs do not measure two revisions of one thing; each sentence names one way in which they differ. */
export type Compared =
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }

/** Compares two stored runs: what pairs, whether it is valid, the two questions, and everything that is shown beside their answers. */
export function compareRuns(a: StoredArm, b: StoredArm, options: ComparisonOptions): Compared {
  const sentences = refusalsOf(a, b)
  if (sentences.length > 0) {
    return { kind: 'refused', sentences }
  }
  const { tasks, leftOut } = pairTasks(a, b)
  if (tasks.length === 0) {
    return { kind: 'refused', sentences: ['No task pairs.', ...leftOut.map(({ task, why }) => `${task}: ${why}.`)] }
  }
  const random = seededRandom(options.seed)
  const validity = validityOf(tasks, a, b, random)
  const outcomes = outcomesOf(tasks)
  const sequential = options.sequential === true ? sequentialAnswer(a, b) : null
  const answers = sequential === null ? answersOf(outcomes, options.seed) : stoppedAnswers(answersOf(outcomes, options.seed), sequential)
  const shown = validity.valid ? answers : { gate: asInvalid(answers.gate), compare: asInvalid(answers.compare) }
  const uncounted = tasks.filter(({ graded }) => graded.length === 0)
  return {
    kind: 'compared',
    comparison: {
      schema: 1,
      a: armOf(a, tasks, 'a'),
      b: armOf(b, tasks, 'b'),
      order: options.order,
      notes: notesOf(a, b, options.order),
      verdict: sequential === null ? shown.compare.verdict : shown.gate.verdict,
      validity,
      ...shown,
      sequential,
      voidsAsFailures: sequential === null ? voidsAsFailures(tasks, options, answers) : null,
      detectable: detectable(outcomes),
      tasks: taskDifferences(tasks, { a: a.run.plan.trials, b: b.run.plan.trials }, random),
      leftOut: [
        ...leftOut,
        ...uncounted.map(({ planned }) => ({ task: planned.task, why: 'no pair of its trials was graded in both runs' })),
      ],
      rules: ruleDifferences(tasks, options.rules, { alpha: ALPHA, random }),
      ratios: pairedRatios(tasks),
      promptDiff: options.promptDiff,
    },
  }
}

interface Answers {
  readonly gate: Answer
  readonly compare: Answer
}

function answersOf(outcomes: readonly TaskArms[], seed: string): Answers {
  // Each question draws from a generator of its own: the answer to one must not depend on how much the other drew.
  const gate = answerGate(outcomes, seededRandom(`${seed} gate`), ALPHA)
  const compare = answerCompare(differencesOf(outcomes), seededRandom(`${seed} compare`), ALPHA)
  return { gate, compare }
}

/** When to stop was chosen by the trials themselves, so their p-values and intervals hold no more; the evidence does. */
function stoppedAnswers({ gate, compare }: Answers, { state, wins, losses }: SequentialAnswer): Answers {
  const verdict = state !== 'decided' ? 'cannot tell' : wins > losses ? 'better' : 'worse'
  const unknown = { p: null, interval: null }
  return { gate: { ...gate, ...unknown, verdict }, compare: { ...compare, ...unknown, verdict: 'cannot tell' } }
}

function asInvalid(answer: Answer): Answer {
  return { ...answer, verdict: 'invalid' }
}

function voidsAsFailures(tasks: readonly PairedTask[], options: ComparisonOptions, main: Answers): Comparison['voidsAsFailures'] {
  if (!tasks.some(({ trials }) => trials.some(({ a, b }) => a?.outcome === 'void' || b?.outcome === 'void'))) {
    return null
  }
  const answers = answersOf(outcomesWithVoids(tasks), options.seed)
  const changes = answers.gate.verdict !== main.gate.verdict || answers.compare.verdict !== main.compare.verdict
  return { ...answers, changes }
}

function detectable(outcomes: readonly TaskArms[]): Comparison['detectable'] {
  const variances = variancesOfPair(outcomes)
  const tasks = outcomes.length
  const trials = Math.max(1, Math.round(outcomes.reduce((sum, { a }) => sum + a.length, 0) / Math.max(1, tasks)))
  const plan = { tasks, trials, variances }
  const measured = [variances.betweenTasks, variances.withinA, variances.withinB].every(({ source }) => source === 'measured')
  return {
    gate: tasks === 0 ? null : minimumDetectableEffect({ ...plan, question: 'same-tasks', side: 'less' }),
    compare: tasks === 0 ? null : minimumDetectableEffect({ ...plan, question: 'new-tasks', side: 'two-sided' }),
    from: measured ? 'measured' : 'illustrative',
  }
}
