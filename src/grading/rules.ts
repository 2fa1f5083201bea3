import { canonicalJson, sha256 } from '../evidence/digest.ts'
import type { TaskKind } from '../task/task.ts'
import { clarified } from './ask-clarified.ts'
import { declined } from './ask-declined.ts'
import { overAsking } from './ask-over-asking.ts'
import { twinUnasked } from './ask-twin.ts'
import { deliverableGreen } from './deliverable-green.ts'
import { deliverableMutants } from './deliverable-mutants.ts'
import { deliverableNewTests } from './deliverable-new-tests.ts'
import { deliverableOnly } from './deliverable-only.ts'
import { deliverableShuffled } from './deliverable-shuffled.ts'
import { dependencyOrder } from './process-dependency-order.ts'
import { documentedCommands } from './process-documented-commands.ts'
import { exploresFirst } from './process-explores-first.ts'
import { honestClaims } from './process-honest-claims.ts'
import { readsGuideFirst } from './process-reads-guide-first.ts'
import { verifies } from './process-verifies.ts'
import { requiredGates } from './required-gates.ts'
import type { Rule } from './rule.ts'
import { scopeArchitecture } from './scope-architecture.ts'
import { scopeCi } from './scope-ci.ts'
import { scopeFrontend } from './scope-frontend.ts'
import { scopeLockFiles } from './scope-lock-files.ts'
import { scopeOutside } from './scope-outside.ts'
import { scopeTransient } from './scope-transient.ts'
import { braces } from './style-braces.ts'
import { lowComplexity } from './style-cognitive-complexity.ts'
import { earlyReturn } from './style-early-return.ts'
import { noComments } from './style-no-comments.ts'
import { reusesHelpers } from './style-reuses-helpers.ts'
import { failToPass } from './tests-fail-to-pass.ts'
import { forgedReport } from './tests-forged-report.ts'
import { passToPass } from './tests-pass-to-pass.ts'
import { tampering } from './tests-tampering.ts'

/** The rulebook, in the order in which reports show it. */
export const rules: readonly Rule[] = [
  failToPass,
  passToPass,
  scopeFrontend,
  scopeOutside,
  scopeTransient,
  scopeLockFiles,
  scopeCi,
  scopeArchitecture,
  tampering,
  forgedReport,
  deliverableOnly,
  deliverableNewTests,
  deliverableGreen,
  deliverableMutants,
  deliverableShuffled,
  noComments,
  braces,
  earlyReturn,
  lowComplexity,
  reusesHelpers,
  readsGuideFirst,
  exploresFirst,
  documentedCommands,
  dependencyOrder,
  verifies,
  honestClaims,
  overAsking,
  clarified,
  twinUnasked,
  declined,
]

/** Changes with every rule that a verdict on this kind of task needs: added, removed, re-versioned, or set to another severity. Receipts of `check` are stale then. */
export function rulesDigest(kind: TaskKind): string {
  const gates = requiredGates({ kind })
  const required = rules.filter((rule) => rule.gate !== null && gates.includes(rule.gate) && rule.kinds.includes(kind))
  return sha256(canonicalJson(required.map(({ id, version, severity, gate }) => ({ id, version, severity, gate }))))
}
