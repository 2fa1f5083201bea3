import { expectedTests } from './expected-tests.ts'
import { INCONCLUSIVE } from './judgement.ts'
import type { Rule } from './rule.ts'

/** The hidden tests that fail on the base and pass on the task's solution. */
export const failToPass: Rule = {
  id: 'tests/fail-to-pass',
  version: 1,
  measures: 'The task is done: every hidden test that the solution makes pass, passes.',
  agentRules: ['R1', 'W1'],
  rests: ['suites'],
  severity: 'fail',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: 'fail-to-pass',
  judge: (view) => {
    const ids = view.evidence.task.failToPass
    return ids.length === 0 ? INCONCLUSIVE : expectedTests(view, ids, 'TEST_NOT_PASSING')
  },
}
