import { agentChanges } from './agent-changes.ts'
import { failIfAny, NA } from './judgement.ts'
import { howChanged, places } from './place.ts'
import type { Rule } from './rule.ts'

/** Looks at the final tree only: what was touched and put back is `scope/transient`. Reading is free. */
export const scopeFrontend: Rule = {
  id: 'scope/frontend',
  version: 1,
  measures: 'Backend only: no file of the frontend is added, changed, renamed or deleted.',
  agentRules: ['S3', 'S4', 'S5'],
  rests: ['tree'],
  severity: 'fail',
  kinds: ['feature', 'bugfix', 'plan', 'clarify', 'impossible'],
  gate: 'scope',
  judge: (view) => {
    const changes = agentChanges(view.evidence)
    if (changes.length === 0) {
      return NA
    }
    const placeOf = places(view.evidence)
    return failIfAny(
      changes
        .filter((change) => placeOf(change.path) === 'frontend')
        .map((change) => ({ code: 'FRONTEND_CHANGED', path: change.path, args: { how: howChanged(change) } })),
    )
  },
}
