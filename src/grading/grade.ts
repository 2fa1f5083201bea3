import type { Evidence, EvidenceView, Severity } from '../evidence/evidence.ts'
import { readRun } from '../stack/read-run.ts'
import type { Stack } from '../stack/stack.ts'
import { stackNamed } from '../stack/stacks.ts'
import type { Syntax } from '../syntax/syntax.ts'
import { type Asking, askingOf } from './asking.ts'
import type { Check } from './check.ts'
import type { Finding } from './finding.ts'
import { mayBeIdle, requiredGates } from './required-gates.ts'
import type { Gate, GradingView, ReadSuite, Rule } from './rule.ts'

/** What graders make of one trial's evidence. */
export interface Verdict {
  readonly passed: boolean
  readonly gates: Readonly<Record<string, Check>>
  readonly checks: Readonly<Record<string, Check>>
  readonly findings: readonly Finding[]
  /** What was asked, where there was something to ask or where asking is a failure; absent for other tasks, and where it cannot be told. */
  readonly asking?: Asking
}

/**
 * Judges evidence. Pure and deterministic: the same evidence and rules give the same bytes. `passed`: every gate that the kind requires passes;
 * a gate that is `na` or `inconclusive`, or that no rule answers for, does not (but see `mayBeIdle`). Rules that are off are not asked; only rules of severity `fail`
 * decide gates. Without `syntax` the rules that read source code are `inconclusive`. Throws where the evidence names a stack that this version does not know: then there is nobody to read its reports.
 */
export function grade(
  view: EvidenceView,
  rules: readonly Rule[],
  syntax: Syntax | null = null,
  stackOf: (name: string) => Stack | null = stackNamed,
): Verdict {
  const { evidence } = view
  const stack = stackOf(evidence.fixture.stack)
  if (stack === null) {
    throw new Error(`No stack is named ${JSON.stringify(evidence.fixture.stack)}.`)
  }
  const seen = gradingView(view, stack, syntax)
  const asked = rules
    .filter((rule) => rule.kinds.includes(evidence.task.kind))
    .map((rule) => ({ rule, severity: severityOf(rule, evidence) }))
    .flatMap(({ rule, severity }) => (severity === 'off' ? [] : [{ rule, severity, ...rule.judge(seen) }]))
  const gates = requiredGates(evidence.task).map((gate): readonly [Gate, Check] => {
    const deciding = asked.filter(({ rule, severity }) => rule.gate === gate && severity === 'fail')
    return [gate, together(deciding.map(({ check }) => check))]
  })
  return {
    passed: gates.every(([gate, check]) => check === 'pass' || (check === 'na' && mayBeIdle(evidence.task.kind, gate))),
    gates: Object.fromEntries(gates),
    checks: Object.fromEntries(asked.map(({ rule, check }) => [rule.id, check])),
    findings: asked.flatMap(({ rule, severity, observations }) =>
      observations
        .map((observation) => finding(rule, severity, observation))
        .toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1)),
    ),
    ...askingOf(seen),
  }
}

function severityOf(rule: Rule, evidence: Evidence): Severity {
  return evidence.task.severities[rule.id] ?? rule.severity
}

/** One bad rule fails a gate; one that cannot tell leaves it open; `na` counts only where nothing else was said. */
function together(checks: readonly Check[]): Check {
  if (checks.length === 0) {
    return 'inconclusive'
  }
  const order: readonly Check[] = ['fail', 'inconclusive', 'pass', 'na']
  return order.find((check) => checks.includes(check)) ?? 'na'
}

function finding(rule: Rule, severity: 'fail' | 'warn', { code, path, line, args }: Omit<Finding, 'rule' | 'severity'>): Finding {
  return { code, rule: rule.id, severity, ...(path !== undefined && { path }), ...(line !== undefined && { line }), args }
}

function sortKey({ code, path = '', line = 0, args }: Finding): string {
  return [code, path, String(line).padStart(9, '0'), JSON.stringify(args)].join('\n')
}

function gradingView(view: EvidenceView, stack: Stack, syntax: Syntax | null): GradingView {
  const suites = view.evidence.suites.map((run): ReadSuite => {
    return { run, reading: readRun(run, run.report === null ? null : view.text(run.report), stack) }
  })
  return {
    evidence: view.evidence,
    blob: (digest) => view.blob(digest),
    text: (digest) => view.text(digest),
    suites,
    suite: (name) => suites.find(({ run }) => run.name === name) ?? null,
    stack,
    syntax,
  }
}
