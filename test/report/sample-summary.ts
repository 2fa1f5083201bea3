import type { Finding } from '../../src/grading/finding.ts'
import { type Summary, summarise } from '../../src/report/summary.ts'
import type { Run } from '../../src/results/run.ts'
import type { Trial } from '../../src/results/trial.ts'
import { graded, sampleRun, voided } from '../results/sample-run.ts'

/** Sentences of our own, so that what is tested here is how they are shown. */
const sentenceOf = ({ code, path, args }: Finding) =>
  `${code.toLowerCase().replaceAll('_', ' ')}: ${[path ?? [], Object.values(args)].flat().join(', ')}.`

/** Text as an agent might write it to deceive a reader: ANSI, a cleared screen, HTML, markup, a mention, a link. */
export const HOSTILE = 'frontend/\u{1b}[2J\u{1b}[1mok\r\n<img src=x onerror=alert(1)>|`x`**@admin #1 https://evil.example \u{202e}gpj'

export const frontendChanged = (path: string): Finding => ({
  code: 'FRONTEND_CHANGED',
  rule: 'scope/frontend',
  severity: 'fail',
  path,
  args: { how: 'modified' },
})

const notPassing = (test: string): Finding => ({
  code: 'TEST_NOT_PASSING',
  rule: 'tests/fail-to-pass',
  severity: 'fail',
  args: { test, status: 'failed' },
})

const touched: Finding = {
  code: 'TOUCHED_IN_PASSING',
  rule: 'scope/transient',
  severity: 'warn',
  path: 'frontend/src/api.ts',
  args: { snapshot: 4 },
}

const rules = [
  { id: 'scope/frontend', gate: 'scope' },
  { id: 'scope/transient', gate: null },
] as const

export function summaryOf(run: Run, trials: readonly Trial[], unfinished: Parameters<typeof summarise>[2]['unfinished'] = []): Summary {
  return summarise(run, trials, { describe: sentenceOf, rules, unfinished, folder: `results/${run.run}` })
}

/** One of everything: a task that always passes, one that passes sometimes, one that never does, one without a verdict, one that was not reached. */
export function mixedSummary(): Summary {
  const names = ['created-at', 'notifications', 'status', 'upload', 'tests-for-the-document-processing-endpoint-with-a-very-long-name']
  const [passing = '', mixed = '', failing = '', broken = ''] = names.map((name) => `django-docket/${name}`)
  const run = sampleRun(
    names.map((name) => `django-docket/${name}`),
    3,
  )
  const checks = { 'scope/frontend': 'pass', 'scope/transient': 'pass' } as const
  const failed = { passed: false, checks: { ...checks, 'scope/transient': 'na' as const } }
  const trials: Trial[] = [
    ...[1, 2, 3].map((k) => graded(run, passing, k, { checks })),
    graded(run, mixed, 1, { checks }),
    graded(run, mixed, 2, {
      ...failed,
      gates: { 'fail-to-pass': 'fail', 'pass-to-pass': 'pass', scope: 'fail', 'no-tampering': 'pass' },
      findings: [
        touched,
        notPassing('backend.docket.notifications.tests.test_api::test_list_is_paginated'),
        frontendChanged('frontend/src/views/Notifications.vue'),
      ],
    }),
    graded(run, mixed, 3, { checks: { ...checks, 'scope/transient': 'fail' }, findings: [touched] }),
    graded(run, failing, 1, {
      ...failed,
      gates: { 'fail-to-pass': 'pass', 'pass-to-pass': 'pass', scope: 'pass', 'no-tampering': 'fail' },
      findings: [{ code: 'TEST_HARNESS_PLANTED', rule: 'tests/tampering', severity: 'fail', path: 'backend/conftest.py', args: {} }],
    }),
    graded(run, failing, 2, {
      ...failed,
      gates: { 'fail-to-pass': 'fail', 'pass-to-pass': 'pass', scope: 'na', 'no-tampering': 'na' },
      findings: [notPassing('backend.docket.documents.tests.test_tasks::test_status')],
      stop: { kind: 'asked', questions: ['Which status should a failed document have?'] },
    }),
    graded(run, failing, 3, {
      ...failed,
      gates: { 'fail-to-pass': 'fail', 'pass-to-pass': 'fail', scope: 'fail', 'no-tampering': 'pass' },
      findings: [frontendChanged(HOSTILE), ...Array.from({ length: 11 }, (_, index) => notPassing(`test_${index}`))],
      stop: { kind: 'turn-limit', turns: 40 },
    }),
    ...[1, 2, 3].map((attempt) => voided(run, broken, 1, { attempt, message: `the model answered 529\u{1b}[31m five times` })),
    voided(run, broken, 2, { phase: 'suites', cause: 'disk-full', message: 'no space left on device' }),
    graded(run, broken, 2, { attempt: 2, checks }),
  ]
  return summaryOf(run, trials, [{ task: mixed, usage: { input: 9, output: 9, cacheRead: 0, cacheWrite: 0, requests: 2, usd: 0.02 } }])
}

/** What a fresh machine without a key sees. */
export function pipelineSummary(): Summary {
  const base = sampleRun(['django-docket/created-at', 'django-docket/notifications'], 1)
  const run: Run = {
    ...base,
    variant: { ...base.variant, upstream: 'reference' },
    rung: 'none',
    warnings: ['Commands ran without a sandbox: neither overlay nor bubblewrap works here.'],
  }
  const usage = { input: 4000, output: 2100, cacheRead: 0, cacheWrite: 0, requests: 9, usd: 0 }
  return summaryOf(
    run,
    run.plan.tasks.map(({ task }) =>
      graded(run, task, 1, { usage, models: ['assay-reference'], seconds: { prepare: 0, agent: 1.4, suites: 3.9, grade: 0.03 } }),
    ),
  )
}
