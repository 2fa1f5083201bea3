import type { Check } from '../grading/check.ts'
import { armPermutationTest, type TaskArms } from '../statistics/arm-permutation.ts'
import { holm } from '../statistics/holm.ts'
import type { Random } from '../statistics/random.ts'
import type { ArmName, RuleArm, RuleDifference } from './comparison.ts'
import type { PairedTask } from './pairing.ts'

/** How each rule was kept in the two arms, the least adjusted p first. Rules that no trial was asked are left out. */
export function ruleDifferences(
  tasks: readonly PairedTask[],
  rules: readonly string[],
  { alpha, random }: { readonly alpha: number; readonly random: Random },
): readonly RuleDifference[] {
  const tested = rules
    .map((rule) => ({ rule, a: ruleArm(tasks, rule, 'a'), b: ruleArm(tasks, rule, 'b'), ...testOf(tasks, rule, random) }))
    .filter(({ a, b }) => [a, b].some(({ of, na, inconclusive }) => of + na + inconclusive > 0))
  const withP = tested.filter(({ p }) => p !== null)
  const adjusted = holm(withP.map(({ p }) => p ?? 1))
  return tested
    .map((one): RuleDifference => {
      const own = adjusted[withP.indexOf(one)] ?? null
      const decided = own !== null && own <= alpha && one.effect !== null
      return { ...one, adjusted: own, verdict: !decided ? 'cannot tell' : (one.effect ?? 0) < 0 ? 'worse' : 'better' }
    })
    .toSorted((one, other) => (one.adjusted ?? 2) - (other.adjusted ?? 2) || (one.effect ?? 0) - (other.effect ?? 0))
}

function checksOf(task: PairedTask, rule: string, arm: ArmName): readonly Check[] {
  return task.graded.flatMap((pair) => pair[arm].checks[rule] ?? [])
}

function ruleArm(tasks: readonly PairedTask[], rule: string, arm: ArmName): RuleArm {
  const checks = tasks.flatMap((task) => checksOf(task, rule, arm))
  const count = (answer: Check) => checks.filter((check) => check === answer).length
  const kept = count('pass')
  return { kept, of: kept + count('fail'), na: count('na'), inconclusive: count('inconclusive') }
}

function testOf(tasks: readonly PairedTask[], rule: string, random: Random): { readonly effect: number | null; readonly p: number | null } {
  const judged = (checks: readonly Check[]) => checks.flatMap((check) => (check === 'pass' ? [1] : check === 'fail' ? [0] : []))
  const arms: readonly TaskArms[] = tasks
    .map((task) => ({ a: judged(checksOf(task, rule, 'a')), b: judged(checksOf(task, rule, 'b')) }))
    .filter(({ a, b }) => a.length > 0 && b.length > 0)
  if (arms.length === 0) {
    return { effect: null, p: null }
  }
  const { effect, p } = armPermutationTest(arms, random, { side: 'two-sided' })
  return { effect, p }
}
