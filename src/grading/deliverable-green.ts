import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { newTests, statusIn } from './new-tests.ts'
import type { GradingView, Observation, ReadSuite, Rule } from './rule.ts'

/** Over-fitted tests, which hold only for one way to write the code, fail on another right solution. */
export const deliverableGreen: Rule = {
  id: 'deliverable/green',
  version: 1,
  measures: 'New tests pass on the code as it is, and on every other correct way to write it.',
  agentRules: ['R1'],
  rests: ['suites'],
  severity: 'fail',
  kinds: ['tests'],
  gate: 'green',
  judge: (view) => {
    const found = newTests(view)
    if (found.kind === 'untold' || found.ids.length === 0) {
      return found.kind === 'untold' ? INCONCLUSIVE : NA
    }
    const overs = rights(view)
    const observations = [found.base, ...overs.there].flatMap((suite) => red(suite, found.ids))
    // A red test is red however much evidence is missing beside it.
    return overs.missing && observations.length === 0 ? INCONCLUSIVE : failIfAny(observations)
  },
}

function rights(view: GradingView): { readonly there: readonly ReadSuite[]; readonly missing: boolean } {
  const runs = view.evidence.task.right.map((name) => view.suite(`B/right/${name}`))
  const there = runs.filter((run) => run !== null)
  return { there, missing: there.length < runs.length }
}

function red(suite: ReadSuite, ids: readonly string[]): readonly Observation[] {
  const over = suite.run.name.replace(/^B\//, '')
  if (suite.reading.kind === 'did-not-run') {
    return [{ code: 'SUITE_DID_NOT_RUN', args: { suite: suite.run.name, why: suite.reading.why } }]
  }
  return ids
    .map((test) => ({ test, status: statusIn(suite, test) }))
    .filter(({ status }) => status !== 'passed')
    .map(({ test, status }) => ({ code: 'NEW_TEST_NOT_PASSING', args: { test, status, over } }))
}
