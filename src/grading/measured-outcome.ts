import { matchesTest } from '../task/matches-test.ts'
import { agentChanges } from './agent-changes.ts'
import type { Code } from './code.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import type { GradingView, Judgement, Observation } from './rule.ts'

/**
 * Judges a rule by the hidden tests that the task labels with it: behaviour before style. Null where the task labels none. A test that is missing or could not
 * be set up says nothing about the rule.
 */
export function measuredOutcome(view: GradingView, rule: string, code: Code): Judgement | null {
  const { task } = view.evidence
  const patterns = task.measures?.[rule] ?? []
  if (patterns.length === 0) {
    return null
  }
  const labelled = [...task.failToPass, ...task.passToPass].filter((id) => patterns.some((pattern) => matchesTest(pattern, id)))
  const reading = view.suite('A')?.reading
  if (reading?.kind !== 'ran' || labelled.length === 0) {
    return INCONCLUSIVE
  }
  const statuses = labelled.map((test) => ({ test, status: reading.cases.get(test)?.status ?? 'missing' }))
  const failed = statuses.filter(({ status }) => status === 'failed')
  if (failed.length > 0) {
    return failIfAny(failed.map(({ test, status }): Observation => ({ code, args: { test, status } })))
  }
  return statuses.every(({ status }) => status === 'passed') ? failIfAny([]) : INCONCLUSIVE
}

/**
 * The outcome where the task has one; where it is bad, with what `diagnose` found in the source, and where it is good without: the source is not blamed for
 * what works. Where the task labels no test, the diagnosis is all there is. `na` where nothing was changed.
 */
export function judgeOutcome(view: GradingView, rule: string, code: Code, diagnose: (view: GradingView) => Judgement): Judgement {
  if (agentChanges(view.evidence).length === 0) {
    return NA
  }
  const outcome = measuredOutcome(view, rule, code)
  if (outcome === null) {
    return diagnose(view)
  }
  return outcome.check === 'fail' ? failIfAny([...outcome.observations, ...diagnose(view).observations]) : outcome
}
