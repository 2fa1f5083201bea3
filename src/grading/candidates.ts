import type { ExpectedFinding, Task } from '../task/task.ts'
import type { Verdict } from './grade.ts'

/** One diff that `check` has judged: what must become of it is known beforehand. */
export interface Candidate {
  readonly name: string
  readonly patch: string
  readonly must:
    | { readonly kind: 'pass' }
    | { readonly kind: 'fail' }
    | { readonly kind: 'draw'; readonly findings: readonly ExpectedFinding[] }
}

/** All candidates of a task, the untouched repository first. In kind `tests` the `right` patches are production code that good tests stay green on, not candidates. */
export function candidatesOf(task: Task): readonly Candidate[] {
  const right = task.kind === 'tests' ? [] : [...task.right]
  return [
    { name: 'untouched', patch: '', must: { kind: 'fail' } },
    { name: 'solution', patch: task.solution, must: { kind: 'pass' } },
    ...right.map(([name, patch]): Candidate => ({ name: `right/${name}`, patch, must: { kind: 'pass' } })),
    ...[...task.wrong].map(
      ([name, { patch, draws }]): Candidate => ({ name: `wrong/${name}`, patch, must: { kind: 'draw', findings: draws } }),
    ),
  ]
}

/** What is unfair about the verdicts that a candidate got; empty where all is as it must be. */
export function judgeCandidate(candidate: Candidate, verdicts: readonly Verdict[]): readonly string[] {
  const seen = new Set(verdicts.map((verdict) => JSON.stringify([verdict.passed, severe(verdict)])))
  const problems = seen.size > 1 ? [`${candidate.name}: ${verdicts.length} verdicts differ: ${[...seen].join(' / ')}`] : []
  const [first] = verdicts
  if (first === undefined) {
    return [...problems, `${candidate.name}: was not judged`]
  }
  const drawn = severe(first)
  if (candidate.must.kind === 'pass' && !(first.passed && drawn.length === 0)) {
    return [...problems, `${candidate.name}: must pass, but ${whatWentWrong(first)}`]
  }
  if (candidate.must.kind !== 'pass' && first.passed) {
    return [...problems, `${candidate.name}: must not pass, but does`]
  }
  if (candidate.must.kind === 'draw') {
    const expected = [...new Set(candidate.must.findings.map(keyOf))].toSorted()
    if (expected.join('\n') !== drawn.join('\n')) {
      return [...problems, `${candidate.name}: must draw ${list(expected)}, but draws ${list(drawn)}${tests(first)}`]
    }
  }
  return problems
}

function severe(verdict: Verdict): readonly string[] {
  const findings = verdict.findings.filter((finding) => finding.severity === 'fail')
  return [...new Set(findings.map(keyOf))].toSorted()
}

function keyOf(finding: ExpectedFinding): string {
  return finding.path === undefined ? finding.code : `${finding.code} ${finding.path}`
}

function whatWentWrong(verdict: Verdict): string {
  const gates = Object.entries(verdict.gates).filter(([, check]) => check !== 'pass')
  return `${gates.map(([gate, check]) => `${gate} is ${check}`).join(', ')}; findings: ${list(severe(verdict))}${tests(verdict)}`
}

function tests(verdict: Verdict): string {
  const named = verdict.findings.flatMap(({ code, args }) => ('test' in args ? [`${code} ${args.test}`] : []))
  return named.length === 0
    ? ''
    : `\n      ${named.slice(0, 8).join('\n      ')}${named.length > 8 ? `\n      … ${named.length - 8} more` : ''}`
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'nothing' : items.join(', ')
}
