import type { Change, Entry } from '../../src/evidence/change.ts'
import { sha256 } from '../../src/evidence/digest.ts'
import type { Evidence, EvidenceView, FixtureFacts, TaskFacts } from '../../src/evidence/evidence.ts'
import type { Probe } from '../../src/evidence/probe.ts'
import type { CaseStatus, SuiteRun } from '../../src/evidence/suite.ts'
import { grade, type Verdict } from '../../src/grading/grade.ts'
import type { Rule } from '../../src/grading/rule.ts'
import { pytest } from '../../src/stack/pytest.ts'
import type { Syntax } from '../../src/syntax/syntax.ts'
import type { TaskKind } from '../../src/task/task.ts'

/** What a test says about a trial; all that it does not say is a good agent's trial. */
export interface Told {
  readonly kind?: TaskKind
  readonly task?: Partial<TaskFacts>
  readonly fixture?: Partial<FixtureFacts>
  readonly changes?: readonly ToldChange[]
  readonly snapshots?: readonly (readonly ToldChange[])[]
  readonly suites?: readonly ToldSuite[]
  readonly probes?: readonly ToldProbe[]
  /** Files of the base that were kept to compare with: path to text. */
  readonly base?: Readonly<Record<string, string>>
}

/** A path with its text before (null: it was not there) and after (null: it is gone), or with entries as they are. */
export type ToldChange = readonly [path: string, base: string | null | Entry, now: string | null | Entry]

export interface ToldSuite {
  readonly name: string
  readonly cases?: Readonly<Record<string, CaseStatus>>
  readonly exit?: SuiteRun['exit']
  /** The two canaries as reported; right by default. */
  readonly canaries?: readonly [CaseStatus | 'missing', CaseStatus | 'missing']
  /** Ids of guards; how they are reported stands among the cases. */
  readonly guards?: readonly string[]
  /** The report's text, or null for none, in place of one that is made of `cases`. */
  readonly report?: string | null
}

/** A probe's run; it ended with exit code 1 where nothing else is said, as a tool that found something does. */
export interface ToldProbe {
  readonly name: Probe['name']
  readonly on?: Probe['on']
  readonly reads: Probe['reads']
  readonly finds?: string
  readonly files?: readonly string[]
  readonly exit?: Probe['exit']
  readonly output: string
  readonly errors?: string
}

const EXITED_RED = { ended: 'exited', exitCode: 1 } as const

/** An evidence view as a sealed trial would give it. */
export function view(told: Told): EvidenceView {
  const blobs = new Map<string, Uint8Array>()
  const put = (text: string): string => {
    blobs.set(sha256(text), Buffer.from(text))
    return sha256(text)
  }
  const changes = (told.changes ?? []).map((change) => changeOf(change, put))
  const evidence: Evidence = {
    schema: 1,
    task: {
      id: 'shop/task',
      kind: told.kind ?? 'feature',
      instruction: put('Do it.'),
      mayChange: [],
      scope: { allow: [], forbid: [] },
      deliverable: [],
      kill: 0,
      failToPass: [],
      passToPass: [],
      mutants: [],
      right: [],
      severities: {},
      contradicting: [],
      ...told.task,
    },
    fixture: {
      name: 'shop',
      stack: 'pytest',
      backend: ['backend/**'],
      frontend: ['frontend/**'],
      shared: ['docs/**', 'package.json'],
      protected: pytest.protected,
      layers: [],
      tests: pytest.testGlobs,
      autoloaded: pytest.autoloaded,
      litter: pytest.litter,
      dependencies: pytest.dependencies,
      commands: { test: './dev test' },
      ...told.fixture,
    },
    runner: { name: 'builtin', trust: 'observed' },
    stop: { kind: 'finished' },
    finalMessage: put('Done.'),
    usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 0, usd: 0 },
    changes,
    snapshots: (told.snapshots ?? []).map((list, seq) => ({
      seq,
      at: seq,
      tree: `${seq}`,
      changes: list.map((change) => changeOf(change, put)),
    })),
    transcript: put(''),
    suites: (told.suites ?? []).map((suite) => suiteOf(suite, put)),
    probes: (told.probes ?? []).map((probe) => probeOf(probe, put)),
    base: Object.fromEntries(Object.entries(told.base ?? {}).map(([path, text]) => [path, put(text)])),
  }
  return {
    evidence,
    blob: (digest) => blobs.get(digest) ?? null,
    text: (digest) => {
      const content = blobs.get(digest)
      return content === undefined ? null : Buffer.from(content).toString('utf8')
    },
  }
}

/** One rule's answer and findings, as `grade` gives them. */
export function judged(
  rule: Rule,
  told: Told,
  syntax: Syntax | null = null,
): { readonly check: string; readonly findings: readonly string[] } {
  const verdict: Verdict = grade(view(told), [rule], syntax)
  return {
    check: verdict.checks[rule.id] ?? 'not asked',
    findings: verdict.findings.map(({ code, path, line, args }) => {
      const place = path === undefined ? '' : ` ${path}${line === undefined ? '' : `:${line}`}`
      const rest = Object.entries(args).map(([name, value]) => ` ${name}=${value}`)
      return `${code}${place}${rest.join('')}`
    }),
  }
}

function changeOf([path, base, now]: ToldChange, put: (text: string) => string): Change {
  const [before, after] = [entryOf(base, put), entryOf(now, put)]
  if (before === null && after !== null) {
    return { path, kind: 'added', now: after }
  }
  if (before !== null && after !== null) {
    return { path, kind: 'modified', base: before, now: after }
  }
  if (before !== null) {
    return { path, kind: 'deleted', base: before }
  }
  throw new Error(`${path} is nothing before and nothing after.`)
}

function entryOf(side: string | null | Entry, put: (text: string) => string): Entry | null {
  return typeof side === 'string' ? { type: 'file', digest: put(side), size: side.length, executable: false } : side
}

/** A link with that target. */
export function link(target: string): Entry {
  return { type: 'symlink', digest: sha256(target), target }
}

function suiteOf(suite: ToldSuite, put: (text: string) => string): SuiteRun {
  const canaries = { mustFail: 'backend.tests.test_zzz::test_a', mustError: 'backend.tests.test_zzz.TestA::test_a' }
  const [failing, teardown] = suite.canaries ?? ['failed', 'error']
  const cases: Record<string, CaseStatus | 'missing'> = { ...suite.cases, [canaries.mustFail]: failing, [canaries.mustError]: teardown }
  const report = suite.report === undefined ? junit(cases) : suite.report
  return {
    name: suite.name,
    command: './dev test',
    exit: suite.exit ?? EXITED_RED,
    ms: 1000,
    report: report === null ? null : put(report),
    output: put(''),
    canaries: { ...canaries, ...(suite.guards && { guards: suite.guards }) },
  }
}

function probeOf(
  { name, on = 'result', reads, finds, files = [], exit = EXITED_RED, output, errors = '' }: ToldProbe,
  put: (text: string) => string,
): Probe {
  const more = finds === undefined ? {} : { finds }
  return { name, on, command: `./dev ${name}`, reads, ...more, files, exit, ms: 10, output: put(output), errors: put(errors) }
}

const BODY: Readonly<Record<CaseStatus, string>> = {
  passed: '',
  failed: '<failure message="assert 1 == 2"/>',
  error: '<error message="failed on teardown"/>',
  skipped: '<skipped type="pytest.skip"/>',
  xfailed: '<skipped type="pytest.xfail"/>',
}

function junit(cases: Readonly<Record<string, CaseStatus | 'missing'>>): string {
  const lines = Object.entries(cases).flatMap(([id, status]) => {
    const [, classname = '', name = id] = /^(.*?)::(.*)$/s.exec(id) ?? []
    return status === 'missing' ? [] : [`<testcase classname="${classname}" name="${name}" time="0.01">${BODY[status]}</testcase>`]
  })
  return `<?xml version="1.0"?><testsuites><testsuite name="pytest">${lines.join('')}</testsuite></testsuites>`
}
