import { failIfAny, INCONCLUSIVE } from './judgement.ts'
import type { GradingView, Judgement, Observation } from './rule.ts'

/** Judges `ids` against run A: report, exit code and expected ids together. A test that is missing is a test that failed. */
export function expectedTests(view: GradingView, ids: readonly string[], code: 'TEST_NOT_PASSING' | 'TEST_BROKEN'): Judgement {
  const suite = view.suite('A')
  if (suite === null) {
    return INCONCLUSIVE
  }
  if (suite.reading.kind === 'did-not-run') {
    return failIfAny([{ code: 'SUITE_DID_NOT_RUN', args: { suite: 'A', why: suite.reading.why } }])
  }
  const { cases } = suite.reading
  return failIfAny(
    ids.flatMap((test): readonly Observation[] => {
      const status = cases.get(test)?.status
      if (status === 'passed') {
        return []
      }
      return [status === undefined ? { code: 'TEST_MISSING', args: { test } } : { code, args: { test, status } }]
    }),
  )
}
