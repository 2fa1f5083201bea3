import type { Change } from '../evidence/change.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { matcher } from '../evidence/glob.ts'

/** What the agent did to the tree: all changes but the litter that runs of the suite leave behind. */
export function agentChanges(evidence: Evidence): readonly Change[] {
  const isLitter = matcher(evidence.fixture.litter)
  return evidence.changes.filter((change) => !isLitter(change.path))
}
