import { canonicalJson, sha256 } from '../evidence/digest.ts'
import type { TaskKind } from '../task/task.ts'
import { deliverableGreen } from './deliverable-green.ts'
import { deliverableMutants } from './deliverable-mutants.ts'
import { deliverableNewTests } from './deliverable-new-tests.ts'
import { deliverableOnly } from './deliverable-only.ts'
import { deliverableShuffled } from './deliverable-shuffled.ts'
import type { Rule } from './rule.ts'
import { scopeFrontend } from './scope-frontend.ts'
import { scopeOutside } from './scope-outside.ts'
import { scopeTransient } from './scope-transient.ts'
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
  tampering,
  forgedReport,
  deliverableOnly,
  deliverableNewTests,
  deliverableGreen,
  deliverableMutants,
  deliverableShuffled,
]

/** Changes with every rule that a verdict on this kind of task needs: added, removed, re-versioned, or set to another severity. Receipts of `check` are stale then. */
export function rulesDigest(kind: TaskKind): string {
  const required = rules.filter((rule) => rule.gate !== null && rule.kinds.includes(kind))
  return sha256(canonicalJson(required.map(({ id, version, severity, gate }) => ({ id, version, severity, gate }))))
}
