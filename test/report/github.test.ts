import { describe, expect, it, test } from 'vitest'
import { renderAnnotations } from '../../src/report/github.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { graded, sampleRun, voided } from '../results/sample-run.ts'
import { frontendChanged, HOSTILE, mixedSummary, pipelineSummary, summaryOf } from './sample-summary.ts'

describe('annotations', () => {
  it('name each task that failed, then each that we stood in the way of', () => {
    expect(renderAnnotations(mixedSummary())).toMatchInlineSnapshot(`
      "::error file=tasks/django-docket/status/task.md,title=django-docket/status::0 of 3 trials passed (0 %25, 95 %25 interval 0 to 56 %25). fail: test harness planted: backend/conftest.py.
      ::error file=tasks/django-docket/notifications/task.md,title=django-docket/notifications::2 of 3 trials passed (67 %25, 95 %25 interval 21 to 94 %25). fail: test not passing: backend.docket.notifications.tests.test_api::test_list_is_paginated, failed.
      ::warning file=tasks/django-docket/upload/task.md,title=django-docket/upload::1 of 1 trial passed (100 %25, 95 %25 interval 21 to 100 %25), 1 void, 1 not run
      "
    `)
  })

  it('are none where all is well', () => {
    expect(renderAnnotations(pipelineSummary())).toBe('')
  })

  it('are ten at most, the last of which counts the others; errors come before warnings', () => {
    const tasks = Array.from({ length: 14 }, (_, at) => `django-docket/task-${at}`)
    const run = sampleRun(tasks, 1)
    const failed = { passed: false, gates: { 'fail-to-pass': 'fail' } } as const
    const trials = [
      ...tasks.slice(0, 3).flatMap((task) => [1, 2, 3].map((attempt) => voided(run, task, 1, { attempt }))),
      ...tasks.slice(3).map((task) => graded(run, task, 1, failed)),
    ]
    const lines = renderAnnotations(summaryOf(run, trials)).trimEnd().split('\n')
    expect(lines.map((line) => line.slice(0, 8))).toEqual([...Array(9).fill('::error '), '::notice'])
    expect(lines.at(-1)).toContain('5 more tasks did not pass')
  })

  it('no text of an agent begins a command, or another line', () => {
    const task = 'django-docket/a\n::error::b,c:d'
    const run = sampleRun([task], 1)
    const words = `${HOSTILE}\n::error file=a,title=b::forged%0A::warning::\r::stop-commands::x`
    const trial = graded(run, task, 1, {
      passed: false,
      gates: { scope: 'fail' },
      findings: [frontendChanged(words)],
    })
    const text = renderAnnotations(summaryOf(run, [trial]))
    expect(text.split(/\r|\n/).filter((line) => line !== '')).toHaveLength(1)
    expect(text).not.toMatch(/%(?!25|3A|2C)/)
    expect(text).toContain('forged%250A')
  })
})

describe('the summary stays within its bytes', () => {
  const tasks = Array.from({ length: 400 }, (_, at) => `django-docket/${'näme-🦉'.repeat(3)}-${at}`)
  const run = sampleRun(tasks, 1)
  const finding = frontendChanged(`frontend/${'🦉é'.repeat(200)}.vue`)
  const summary = summaryOf(
    { ...run, warnings: Array.from({ length: 50 }, () => '🦉'.repeat(5000)) },
    tasks.map((task) =>
      graded(run, task, 1, { passed: false, gates: { scope: 'fail' }, findings: Array.from({ length: 30 }, () => finding) }),
    ),
  )

  test.each([900_000, 500_000, 120_000, 60_000])('%i', (most) => {
    const text = renderMarkdown(summary, most)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most)
    expect(Buffer.byteLength(text)).toBeGreaterThan(most * 0.6)
    expect(text).toContain(`are left out, to stay within ${most} bytes._`)
  })
})
