import { expectedTests } from './expected-tests.ts'
import { INCONCLUSIVE } from './judgement.ts'
import type { Rule } from './rule.ts'

/** The tests that pass on the base and on the task's solution. */
export const passToPass: Rule = {
  id: 'tests/pass-to-pass',
  version: 1,
  measures: 'Nothing else is broken: every test that passed before and should still pass, passes.',
  agentRules: ['R1', 'W4'],
  rests: ['suites'],
  severity: 'fail',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: 'pass-to-pass',
  judge: (view) => {
    const ids = view.evidence.task.passToPass
    return ids.length === 0 ? INCONCLUSIVE : expectedTests(view, ids, 'TEST_BROKEN')
  },
}
