import { validate } from 'ctrf'
import { expect, it } from 'vitest'
import { renderCtrf } from '../../src/report/ctrf.ts'
import { sampleRun } from '../results/sample-run.ts'
import { mixedSummary, pipelineSummary, summaryOf } from './sample-summary.ts'

it.each([
  ['one of everything', mixedSummary()],
  ['a run without a key', pipelineSummary()],
  ['a run of which nothing was run', summaryOf(sampleRun(['django-docket/created-at'], 2), [])],
])("the format's own validator takes %s", (_name, summary) => {
  expect(validate(JSON.parse(renderCtrf(summary)))).toEqual({ valid: true, errors: [] })
})

it('the validator refuses what breaks the format', () => {
  const report = JSON.parse(renderCtrf(mixedSummary())) as { results: { tests: { status: string }[] } }
  const broken = { ...report, results: { ...report.results, tests: [{ ...report.results.tests[0], status: 'broken' }] } }
  expect(validate(broken).valid).toBe(false)
})

it('says of each task what became of it, with its trials beside it', () => {
  const { results } = JSON.parse(renderCtrf(mixedSummary()))
  expect(results.summary).toMatchInlineSnapshot(`
    {
      "failed": 2,
      "other": 1,
      "passed": 1,
      "pending": 0,
      "skipped": 1,
      "start": 1795426200000,
      "stop": 1795427118400,
      "tests": 5,
    }
  `)
  expect(
    results.tests.map(({ name, status, rawStatus }: Record<string, string>) => `${name}: ${status} ${rawStatus ?? ''}`.trim()),
  ).toMatchInlineSnapshot(`
    [
      "django-docket/status: failed no-tampering",
      "django-docket/notifications: failed tests",
      "django-docket/tests-for-the-document-processing-endpoint-with-a-very-long-name: skipped not-run",
      "django-docket/upload: other model.overloaded",
      "django-docket/created-at: passed",
    ]
  `)
  expect(results.tests[0].extra.trials).toEqual([
    { k: 1, outcome: 'failed', evidence: 'trials/django-docket/status/1/1' },
    { k: 2, outcome: 'failed', evidence: 'trials/django-docket/status/2/1' },
    { k: 3, outcome: 'failed', evidence: 'trials/django-docket/status/3/1' },
  ])
})
