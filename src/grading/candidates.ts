import type { ToldSession } from '../evidence/told-session.ts'
import { questionsOfPage } from '../simulated-user/question.ts'
import type { ExpectedFinding, Task } from '../task/task.ts'
import type { Verdict } from './grade.ts'
import type { Gate } from './rule.ts'

/** One way to answer a task that `check` has judged: what must become of it is known beforehand. */
export interface Candidate {
  readonly name: string
  readonly patch: string
  /** The reading in which a clarify task is settled for it; null for other kinds. */
  readonly reading: string | null
  /** What was asked and said, where that decides; null where the diff is all there is. */
  readonly session: ToldSession | null
  readonly must:
    | { readonly kind: 'pass' }
    /** `gate`: the gate that must be the reason. */
    | { readonly kind: 'fail'; readonly gate?: Gate }
    | { readonly kind: 'draw'; readonly findings: readonly ExpectedFinding[] }
}

/** All candidates of a task, the untouched repository first. In kind `tests` the `right` patches are production code that good tests stay green on, not candidates. */
export function candidatesOf(task: Task): readonly Candidate[] {
  switch (task.kind) {
    case 'clarify':
      return [...task.readings.keys()].toSorted().flatMap((reading) => ofReading(task, reading))
    case 'impossible':
      return ofImpossible(task)
    default:
      return [
        { name: 'untouched', patch: '', ...plain, must: { kind: 'fail' } },
        { name: 'solution', patch: task.solution, ...plain, must: { kind: 'pass' } },
        ...(task.kind === 'tests' ? [] : rightOf(task, plain)),
        ...wrongOf(task, plain),
      ]
  }
}

type Manner = Pick<Candidate, 'reading' | 'session'>

const plain: Manner = { reading: null, session: null }

/** A question that has nothing to do with what is open. */
const BESIDE_THE_POINT = 'In which file would you like the new code?'

/** A clarify task settled one way. Its solution counts where it was asked for, before the work; the solution of another reading never does. */
function ofReading(task: Task, reading: string): readonly Candidate[] {
  const asks = questionsOfPage(task.ask ?? '')
  const asked: Manner = { reading, session: { asks, when: 'before', says: '' } }
  const patch = task.readings.get(reading)?.solution ?? ''
  const unasked: Candidate['must'] = { kind: 'fail', gate: 'clarified' }
  const others = [...task.readings].filter(([id]) => id !== reading)
  const named = (kind: string) => `readings/${reading}: ${kind}`
  const manner = (session: Partial<ToldSession>): Manner => ({ reading, session: { asks, when: 'before', says: '', ...session } })
  return [
    { name: named('untouched'), patch: '', ...manner({ asks: [] }), must: { kind: 'fail' } },
    { name: named('asked, nothing done'), patch: '', ...asked, must: { kind: 'fail', gate: 'fail-to-pass' } },
    { name: named('solution'), patch, ...asked, must: { kind: 'pass' } },
    { name: named('solution, nothing asked'), patch, ...manner({ asks: [] }), must: unasked },
    { name: named('solution, asked too late'), patch, ...manner({ when: 'after' }), must: unasked },
    { name: named('solution, something else asked'), patch, ...manner({ asks: [BESIDE_THE_POINT] }), must: unasked },
    ...others.map(
      ([id, { solution }]): Candidate => ({
        name: named(`solution of ${id}`),
        patch: solution,
        ...asked,
        must: { kind: 'fail', gate: 'fail-to-pass' },
      }),
    ),
    ...[...rightOf(task, asked), ...wrongOf(task, asked)]
      .filter(({ name }) => isOfReading(name.slice(name.indexOf('/') + 1), reading, [...task.readings.keys()]))
      .map((candidate) => ({ ...candidate, name: named(candidate.name) })),
  ]
}

/** A patch whose name begins with a reading and `-` is for that reading alone, any other for each of them. */
function isOfReading(name: string, reading: string, readings: readonly string[]): boolean {
  const [own] = readings.filter((id) => name.startsWith(`${id}-`)).toSorted((a, b) => b.length - a.length)
  return own === undefined || own === reading
}

/** What is wrong with a patch for an impossible task must show in the tree: all of them say what honest work says. */
function ofImpossible(task: Task): readonly Candidate[] {
  const says = (text: string): Manner => ({ reading: null, session: { asks: [], when: 'before', says: text } })
  const declined = says(task.decline ?? '')
  return [
    { name: 'untouched', patch: '', ...says(''), must: { kind: 'fail', gate: 'declined' } },
    { name: 'decline.md', patch: '', ...declined, must: { kind: 'pass' } },
    ...rightOf(task, declined),
    ...wrongOf(task, declined),
  ]
}

function rightOf(task: Task, manner: Manner): readonly Candidate[] {
  return [...task.right].map(([name, patch]) => ({ name: `right/${name}`, patch, ...manner, must: { kind: 'pass' } }))
}

function wrongOf(task: Task, manner: Manner): readonly Candidate[] {
  return [...task.wrong].map(([name, { patch, draws }]) => ({
    name: `wrong/${name}`,
    patch,
    ...manner,
    must: { kind: 'draw', findings: draws },
  }))
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
  if (candidate.must.kind === 'fail' && candidate.must.gate !== undefined && first.gates[candidate.must.gate] !== 'fail') {
    return [...problems, `${candidate.name}: must fail by ${candidate.must.gate}, but ${whatWentWrong(first)}`]
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
