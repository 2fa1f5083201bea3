import { canonicalJson, sha256 } from '../evidence/digest.ts'
import type { Severity } from '../evidence/evidence.ts'
import { type ProbeName, probeNames } from '../evidence/probe.ts'
import type { TaskKind } from '../task/task.ts'
import { errors } from './api-errors.ts'
import { statusCodes } from './api-status-codes.ts'
import { clarified } from './ask-clarified.ts'
import { declined } from './ask-declined.ts'
import { overAsking } from './ask-over-asking.ts'
import { twinUnasked } from './ask-twin.ts'
import { idempotentTask } from './data-idempotent-task.ts'
import { migrations } from './data-migrations.ts'
import { noRawSql } from './data-no-raw-sql.ts'
import { queryCount } from './data-query-count.ts'
import { transaction } from './data-transaction.ts'
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
import { scopeOutsideWorkspace } from './scope-outside-workspace.ts'
import { scopeTransient } from './scope-transient.ts'
import { braces } from './style-braces.ts'
import { lowComplexity } from './style-cognitive-complexity.ts'
import { earlyReturn } from './style-early-return.ts'
import { matchesNeighbours } from './style-matches-neighbours.ts'
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
  scopeOutsideWorkspace,
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
  matchesNeighbours,
  noRawSql,
  migrations,
  queryCount,
  transaction,
  idempotentTask,
  statusCodes,
  errors,
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

/** The probes that the rules need which are asked of a task of this kind, in the order of their names. */
export function probesOf(kind: TaskKind, severities: Readonly<Record<string, Severity>>): readonly ProbeName[] {
  const asked = rules.filter((rule) => rule.kinds.includes(kind) && (severities[rule.id] ?? rule.severity) !== 'off')
  return probeNames.filter((name) => asked.some(({ rests }) => rests.includes(`probe:${name}`)))
}

/** Changes with every rule that a verdict on this kind of task needs: added, removed, re-versioned, or set to another severity. Receipts of `check` are stale then. */
export function rulesDigest(kind: TaskKind): string {
  const gates = requiredGates({ kind })
  const required = rules.filter((rule) => rule.gate !== null && gates.includes(rule.gate) && rule.kinds.includes(kind))
  return sha256(canonicalJson(required.map(({ id, version, severity, gate }) => ({ id, version, severity, gate }))))
}
