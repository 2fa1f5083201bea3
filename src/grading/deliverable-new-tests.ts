import { agentChanges } from './agent-changes.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { newTests } from './new-tests.ts'
import type { Rule } from './rule.ts'

export const deliverableNewTests: Rule = {
  id: 'deliverable/new-tests',
  version: 1,
  measures: 'There is at least one new test, and the test runner finds it.',
  agentRules: ['R1'],
  rests: ['suites'],
  severity: 'fail',
  kinds: ['tests'],
  gate: 'new-tests',
  judge: (view) => {
    if (agentChanges(view.evidence).length === 0) {
      return NA
    }
    const found = newTests(view)
    if (found.kind === 'told') {
      return failIfAny(found.ids.length > 0 ? [] : [{ code: 'NO_NEW_TESTS', args: {} }])
    }
    return found.why === null ? INCONCLUSIVE : failIfAny([{ code: 'SUITE_DID_NOT_RUN', args: { suite: 'B/base', why: found.why } }])
  },
}
