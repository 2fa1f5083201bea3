import { plannedTrials } from '../results/plan.ts'
import { eProcess, isFutile } from '../statistics/e-process.ts'
import { ALPHA } from './answers.ts'
import type { SequentialAnswer } from './comparison.ts'
import { pairTasks } from './pairing.ts'
import type { StoredArm } from './stored-arm.ts'

/**
 * Where a comparison stands that stops as soon as it is decided, or cannot be any more. It counts pairs of trials that one arm alone passed: without a difference each falls to
 * either side like a coin, whatever the task. The evidence may be looked at after every trial, which a p-value may not. `saved`: trials of both arms not run.
 */
export function sequentialAnswer(a: StoredArm, b: StoredArm): SequentialAnswer {
  const pairs = pairTasks(a, b).tasks.flatMap(({ graded }) => graded)
  const wins = pairs.filter((pair) => pair.b.passed && !pair.a.passed).length
  const losses = pairs.filter((pair) => pair.a.passed && !pair.b.passed).length
  const planned = plannedTrials(a.run).length + plannedTrials(b.run).length
  const run = new Set([...a.trials, ...b.trials].map(({ id }) => id)).size
  const evidence = eProcess(wins, losses)
  const remaining = Math.max(0, Math.floor(planned / 2) - pairs.length)
  const state = evidence >= 1 / ALPHA ? 'decided' : isFutile(wins, losses, remaining, ALPHA) ? 'futile' : 'open'
  return { state, wins, losses, evidence, needed: 1 / ALPHA, saved: Math.max(0, planned - run) }
}
