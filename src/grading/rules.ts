import { canonicalJson, sha256 } from '../evidence/digest.ts'
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

/** Changes with every rule that is added, removed, re-versioned or set to another severity: receipts of `check` are stale then. */
export function rulesDigest(): string {
  return sha256(canonicalJson(rules.map(({ id, version, severity, kinds, gate }) => ({ id, version, severity, kinds, gate }))))
}
