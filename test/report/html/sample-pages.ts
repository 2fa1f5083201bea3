import { pack, readAssets, sha256 } from '../../../src/commands/read-page.ts'
import { compareRuns } from '../../../src/comparison/compare-runs.ts'
import { endComparison } from '../../../src/comparison/ending.ts'
import type { Finding } from '../../../src/grading/finding.ts'
import { rules } from '../../../src/grading/rules.ts'
import type { TaskDetails } from '../../../src/report/html/chunk.ts'
import { type PageComparison, pageIndex } from '../../../src/report/html/page-index.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { orderedFindings } from '../../../src/report/html/task-rows.ts'
import { detailOf, type TrialDetail } from '../../../src/report/html/trial-detail.ts'
import { describe } from '../../../src/report/sentences.ts'
import { summarise } from '../../../src/report/summary.ts'
import { trendOf } from '../../../src/report/trend.ts'
import { countingTrials } from '../../../src/results/plan.ts'
import type { Run } from '../../../src/results/run.ts'
import type { Trial } from '../../../src/results/trial.ts'
import { graded, sampleRun, voided } from '../../results/sample-run.ts'
import { type SampleEvidence, sampleEvidence } from './sample-evidence.ts'
import { type Draw, drawsFrom, pick, pythonModule } from './sample-text.ts'

export interface SampleShape {
  readonly tasks: number
  readonly trials: number
  readonly arms: 1 | 2
  /** Put wherever an agent has a say: names, paths, sentences, results, lines of a diff. */
  readonly words?: string
}

const names = [
  'project-created-at',
  'document-status-stuck',
  'notifications-api',
  'process-endpoint-tests',
  'member-roles',
  'invoice-export',
]
const folders = ['projects', 'documents', 'members', 'notifications', 'invoices', 'core']

interface SampleArm {
  readonly run: Run
  readonly trials: readonly Trial[]
  readonly evidence: ReadonlyMap<string, SampleEvidence>
}

/** A page of a made-up run, or of two and their comparison, through the types and functions of the real road; and its data. */
export async function samplePage(shape: SampleShape, maxBytes?: number): Promise<string> {
  const tasks = Array.from(
    { length: shape.tasks },
    (_, at) => `django-docket/${names[at % names.length]}${at < names.length ? '' : `-${at}`}`,
  )
  const arms = (['a', 'b'] as const).slice(0, shape.arms).map((name) => sampleArm(name, tasks, shape))
  const pages = arms.map((arm) => ({ ...arm, summary: summaryOf(arm, shape.words) }))
  const compared = comparisonOf(arms, shape.words)
  const last = pages.at(-1)
  const trend = last === undefined ? null : trendOf(last.run, earlierRuns(last))
  const index = pageIndex(pages, compared, trend)
  const details = index.tasks.map(({ task }): TaskDetails => {
    const found = arms.flatMap((arm, at) => detailsOf(arm, task, at === 0 ? 'a' : 'b'))
    return new Map(found)
  })
  return renderHtml(index, details, await readAssets(), { pack, sha256 }, maxBytes)
}

function detailsOf(arm: SampleArm, task: string, name: 'a' | 'b'): readonly (readonly [string, TrialDetail])[] {
  return countingTrials(arm.trials).flatMap((trial) => {
    const evidence = arm.evidence.get(`${trial.task} ${trial.k}`)
    return trial.task !== task || evidence === undefined || trial.outcome !== 'graded'
      ? []
      : [[`${name}/${trial.k}`, detailOf(evidence.view, evidence.patch, orderedFindings(trial.findings))] as const]
  })
}

function summaryOf({ run, trials }: SampleArm, words = 'results') {
  return summarise(run, trials, { describe, rules, unfinished: [], folder: `${words}/${run.run}` })
}

function comparisonOf(arms: readonly SampleArm[], words: string | undefined): PageComparison | null {
  const [a, b] = arms.map(({ run, trials }) => ({ run, trials, folder: `results/${run.run}` }))
  if (a === undefined || b === undefined) {
    return null
  }
  const gateless = rules.filter(({ gate }) => gate === null).map(({ id }) => id)
  const promptDiff = `--- A\n+++ B\n@@ -3,2 +3,2 @@\n You write backends.\n-Run the tests.\n+${words ?? 'Run the tests when you are done.'}\n`
  const compared = compareRuns(a, b, { seed: '7', order: 'interleaved', rules: gateless, promptDiff })
  if (compared.kind === 'refused') {
    throw new Error(compared.sentences.join('\n'))
  }
  return { comparison: compared.comparison, ending: endComparison(compared.comparison, null) }
}

function earlierRuns(last: SampleArm): readonly SampleArm[] {
  const draw = drawsFrom('trend')
  const earlier = Array.from({ length: 11 }, (_, at) => ({
    ...last,
    run: { ...last.run, run: `01KAQ3S8ZR4W6T9X2B5C7D8E${10 + at}`, createdAt: `2026-11-${10 + at}T02:00:00.000Z` },
    trials: last.trials.map((trial) => (trial.outcome === 'graded' ? { ...trial, passed: draw() < 0.6 + at / 40 } : trial)),
  }))
  return [...earlier, last]
}

function sampleArm(name: 'a' | 'b', tasks: readonly string[], shape: SampleShape): SampleArm {
  const base = sampleRun(tasks, shape.trials, { run: name === 'a' ? '01KAQ3S8ZR4W6T9X2B5C7D8E9F' : '01KAQ3S8ZR4W6T9X2B5C7D8E9G' })
  const agent = {
    ...base.variant.agent,
    name: shape.words ?? 'backend-coder',
    promptDigest: (name === 'a' ? '3f' : '9c').repeat(32),
  }
  const run: Run = { ...base, variant: { ...base.variant, agent }, warnings: shape.words === undefined ? [] : [shape.words] }
  const evidence = new Map<string, SampleEvidence>()
  const trials = tasks.flatMap((task, at) =>
    Array.from({ length: shape.trials }, (_, index) => sampleTrial(run, { task, at, k: index + 1, name }, shape, evidence)).flat(),
  )
  return { run, trials, evidence }
}

/** How likely a trial passes: some tasks are always passed, some never, and one dies in B. */
function chance(at: number, name: 'a' | 'b'): number {
  if (at === 2) {
    return name === 'a' ? 1 : 0
  }
  const easy = [1, 0.7, 1, 0.9, 0.2, 1, 0.5, 1][at % 8] ?? 1
  return name === 'b' && at % 5 === 1 ? easy - 0.3 : easy
}

function sampleTrial(
  run: Run,
  { task, at, k, name }: { readonly task: string; readonly at: number; readonly k: number; readonly name: 'a' | 'b' },
  shape: SampleShape,
  evidence: Map<string, SampleEvidence>,
): readonly Trial[] {
  const draw = drawsFrom(`${name} ${task} ${k}`)
  if (draw() < 0.03) {
    return [1, 2, 3].map((attempt) => voided(run, task, k, { attempt }))
  }
  const passed = draw() < chance(at, name)
  const { findings, work } = sampleWork(draw, { task, passed }, shape)
  evidence.set(`${task} ${k}`, sampleEvidence(draw, work))
  const usage = {
    input: 1200,
    output: 900 + Math.floor(draw() * 900),
    cacheRead: 30_000,
    cacheWrite: 8000,
    requests: work.turns,
    usd: 0.1 + draw() / 9,
  }
  const changed = { passed, findings, usage, checks: checksOf(findings) }
  const gates = { 'fail-to-pass': passed ? 'pass' : 'fail', 'pass-to-pass': 'pass', scope: 'pass', 'no-tampering': 'pass' } as const
  return [graded(run, task, k, { ...changed, gates })]
}

function checksOf(findings: readonly Finding[]) {
  const found = new Set(findings.map(({ rule }) => rule))
  return Object.fromEntries(rules.map(({ id }) => [id, id === 'style/braces' ? 'na' : found.has(id) ? 'fail' : 'pass'] as const))
}

function sampleWork(draw: Draw, { task, passed }: { readonly task: string; readonly passed: boolean }, { words }: SampleShape) {
  const shared = drawsFrom(task)
  const folder = pick(shared, folders)
  const path = (file: string) =>
    `backend/docket/${folder}/${words === undefined ? '' : words.replace(/[\n/]/g, ' ').slice(0, 60)}${file}.py`
  const files = ['models', 'serializers', 'services', 'views', 'selectors', 'tasks', 'permissions', 'urls'].map((file) => ({
    path: path(file),
    text: words ?? pythonModule(shared, 60),
  }))
  const test = (name: string) => `backend.docket.${folder}.tests.test_api::${words ?? ''}test_${name}`
  const failToPass = ['is_listed', 'is_stamped', 'keeps_history', 'is_refused_to_guests', 'is_idempotent', 'sends_once'].map(test)
  const passToPass = Array.from({ length: 170 }, (_, at) => `backend.docket.core.tests.test_${at % 9}::test_case_${at}`)
  const lost = passed ? [] : failToPass.filter(() => draw() < 0.4).concat(failToPass[2] ?? [])
  const message = (id: string) =>
    words ??
    `AssertionError: assert 404 == 200\n  in ${id}\nE   assert <Response status_code=404> is ok\nE    +  where 404 = response.status_code`
  const failing = new Map([...new Set(lost)].map((id) => [id, message(id)]))
  const findings: Finding[] = [
    ...[...failing.keys()].map(
      (id) => ({ code: 'TEST_NOT_PASSING', rule: 'tests/fail-to-pass', severity: 'fail', args: { test: id, status: 'failed' } }) as const,
    ),
    ...(draw() < 0.3
      ? [
          {
            code: 'COMMENT_ADDED',
            rule: 'style/no-comments',
            severity: 'warn',
            path: path('services'),
            line: 14,
            args: { text: words ?? '# keep' },
          } as const,
        ]
      : []),
    ...(draw() < 0.15
      ? [
          {
            code: 'TOUCHED_IN_PASSING',
            rule: 'scope/transient',
            severity: 'warn',
            path: 'frontend/src/api.ts',
            args: { snapshot: 1 },
          } as const,
        ]
      : []),
  ]
  const turns = 12 + Math.floor(draw() * 14)
  return { findings, work: { task, files, failToPass, passToPass, failing, turns, ...(words === undefined ? {} : { words }) } }
}
