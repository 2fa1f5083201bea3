import { armPermutationTest, type TaskArms } from '../statistics/arm-permutation.ts'
import { signFlipInterval, withinTaskInterval } from '../statistics/effect-interval.ts'
import type { Random } from '../statistics/random.ts'
import { signFlipTest } from '../statistics/sign-flip.ts'
import type { Answer, Verdict } from './comparison.ts'

/** The bound on wrong claims, for each question. */
export const ALPHA = 0.05

const NOTHING = { verdict: 'cannot tell', effect: null, interval: null, p: null, exact: true } as const

/** "Did it get worse on this suite?" Worse is claimed one-sided at alpha, since that is what a gate asks; better is claimed two-sided. */
export function answerGate(tasks: readonly TaskArms[], random: Random, alpha: number): Answer {
  if (tasks.length === 0) {
    return { ...NOTHING, alpha }
  }
  const worse = armPermutationTest(tasks, random, { side: 'less' })
  const different = armPermutationTest(tasks, random, { side: 'two-sided' })
  const p = { worse: worse.p, different: different.p }
  const verdict: Verdict = p.worse <= alpha ? 'worse' : p.different <= alpha && worse.effect > 0 ? 'better' : 'cannot tell'
  return {
    verdict,
    effect: worse.effect,
    interval: withinTaskInterval(tasks, different.p),
    p,
    alpha,
    exact: worse.exact && different.exact,
  }
}

/** "Would it be better on new tasks?" Two-sided, over one difference a task. */
export function answerCompare(differences: readonly number[], random: Random, alpha: number): Answer {
  if (differences.length === 0) {
    return { ...NOTHING, alpha }
  }
  const { mean, p, less, exact } = signFlipTest(differences, random)
  const verdict: Verdict = p > alpha ? 'cannot tell' : mean < 0 ? 'worse' : 'better'
  return { verdict, effect: mean, interval: signFlipInterval(differences, random), p: { worse: less, different: p }, alpha, exact }
}
