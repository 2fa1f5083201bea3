import { matcher } from '../evidence/glob.ts'
import { agentChanges } from './agent-changes.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { howChanged } from './place.ts'
import type { Rule } from './rule.ts'

/** A task that asks for tests gets tests: nothing else is changed. */
export const deliverableOnly: Rule = {
  id: 'deliverable/only',
  version: 1,
  measures: 'Only what was asked for is changed: every change lies in the deliverable.',
  agentRules: ['S1', 'W1'],
  rests: ['tree'],
  severity: 'fail',
  kinds: ['tests'],
  gate: 'deliverable',
  judge: ({ evidence }) => {
    const changes = agentChanges(evidence)
    if (changes.length === 0) {
      return NA
    }
    if (evidence.task.deliverable.length === 0) {
      return INCONCLUSIVE
    }
    const isDeliverable = matcher([...evidence.task.deliverable, ...evidence.task.mayChange])
    const isDependency = matcher(evidence.fixture.dependencies)
    return failIfAny(
      changes
        .filter(({ path }) => !isDeliverable(path) || path.split('/').includes('.git') || isDependency(path))
        .map((change) => ({ code: 'OUTSIDE_DELIVERABLE', path: change.path, args: { how: howChanged(change) } })),
    )
  },
}
