import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { newTests, statusIn } from './new-tests.ts'
import type { Observation, Rule } from './rule.ts'

export const deliverableShuffled: Rule = {
  id: 'deliverable/shuffled',
  version: 1,
  measures: 'New tests stand alone: each has the same verdict in every order.',
  agentRules: ['R1'],
  rests: ['suites'],
  severity: 'fail',
  kinds: ['tests'],
  gate: 'shuffled',
  judge: (view) => {
    const found = newTests(view)
    if (found.kind === 'untold') {
      return INCONCLUSIVE
    }
    if (found.ids.length === 0) {
      return NA
    }
    const repeats = view.suites.filter(({ run }) => run.name.startsWith('B/shuffled/'))
    return repeats.length === 0
      ? INCONCLUSIVE
      : failIfAny(
          found.ids.flatMap((test): readonly Observation[] => {
            const was = statusIn(found.base, test)
            const other = repeats.find((suite) => statusIn(suite, test) !== was)
            return other === undefined
              ? []
              : [{ code: 'ORDER_DEPENDENT', args: { test, was, now: statusIn(other, test), suite: other.run.name } }]
          }),
        )
  },
}
