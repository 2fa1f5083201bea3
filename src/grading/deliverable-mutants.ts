import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { newTests, statusIn } from './new-tests.ts'
import type { Rule } from './rule.ts'

/** Coverage says what was executed; only a mutant that dies says that something was checked. */
export const deliverableMutants: Rule = {
  id: 'deliverable/mutants',
  version: 1,
  measures: 'New tests check behaviour: they fail when the behaviour is broken on purpose.',
  agentRules: ['R1'],
  rests: ['suites'],
  severity: 'fail',
  kinds: ['tests'],
  gate: 'mutants',
  judge: (view) => {
    const { mutants, kill } = view.evidence.task
    const found = newTests(view)
    if (found.kind === 'untold' || mutants.length === 0 || kill < 1) {
      return INCONCLUSIVE
    }
    const green = found.ids.filter((id) => statusIn(found.base, id) === 'passed')
    if (found.ids.length === 0) {
      return NA
    }
    const runs = mutants.map((mutant) => ({ mutant, suite: view.suite(`B/mutants/${mutant}`) }))
    const survivors = runs.filter(({ suite }) => suite !== null && !green.some((id) => statusIn(suite, id) === 'failed'))
    const missing = runs.filter(({ suite }) => suite === null).length
    const kills = mutants.length - survivors.length - missing
    if (kills >= kill) {
      return failIfAny([])
    }
    return kills + missing >= kill
      ? INCONCLUSIVE
      : failIfAny(survivors.map(({ mutant }) => ({ code: 'MUTANT_SURVIVED', args: { mutant, kills, kill, mutants: mutants.length } })))
  },
}
