import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { coloured, plain } from '../../src/report/paint.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { sampleRun } from '../results/sample-run.ts'
import { mixedSummary, pipelineSummary, summaryOf } from './sample-summary.ts'

test('a run without a key', () => {
  expect(renderTerminal(pipelineSummary(), plain)).toMatchInlineSnapshot(`
    "This run measured the pipeline, not an agent: the model's part was played by the reference solution.
    Commands ran without a sandbox: neither overlay nor bubblewrap works here.

    backend-coder on builtin, model claude-sonnet-4-5, answered by assay-reference
    run 01KAQ3S8ZR4W6T9X2B5C7D8E9F of 2026-11-23 09:30 UTC, Assay 0.1.0, Node 24.21.0
    sandbox none, limits by cgroup v2, prompt aaaaaaaaaaaa
    evidence below results/01KAQ3S8ZR4W6T9X2B5C7D8E9F

      TASK                         TESTS  SCOPE  PASSED   COST  TIME
    ✓ django-docket/created-at     pass   pass   1 of 1  $0.00  5.3s
    ✓ django-docket/notifications  pass   pass   1 of 1  $0.00  5.3s

    Passed  2 of 2 trials, 100 % (95 % interval 34 to 100 %)
            How often a task would pass again is not known from one trial of each.
    Cost    $0.00 (18 requests, 8,000 tokens in, 4,200 out)
    Time    11s over all trials (prepare 0.0s, agent 2.8s, suites 7.8s, grade 0.1s)
    "
  `)
})

test('a live run with one of everything', () => {
  expect(renderTerminal(mixedSummary(), plain)).toMatchInlineSnapshot(`
    "backend-coder on builtin, model claude-sonnet-4-5, answered by claude-sonnet-4-5-20250929
    run 01KAQ3S8ZR4W6T9X2B5C7D8E9F of 2026-11-23 09:30 UTC, Assay 0.1.0, Node 24.21.0
    sandbox overlay+bwrap, limits by cgroup v2, prompt aaaaaaaaaaaa
    evidence below results/01KAQ3S8ZR4W6T9X2B5C7D8E9F

      TASK                                    TESTS  SCOPE      PASSED                      COST    TIME
    ✗ django-docket/status                    1/3    1/3, 1 na  0 of 3                     $0.39  3m 17s
    ± django-docket/notifications             2/3    2/3        2 of 3                     $0.41  3m 17s
    ? django-docket/tests-for-the-document-…  -      -          3 not run                      -       -
    ? django-docket/upload                    1/1    1/1        1 of 1, 1 void, 1 not run  $0.65  5m 28s
    ✓ django-docket/created-at                3/3    3/3        3 of 3                     $0.39  3m 17s

    ✗ django-docket/status: Title of django-docket/status
      trial 1: failed (no-tampering)  trials/django-docket/status/1/1
        fail  test harness planted: backend/conftest.py.
      trial 2: failed (no-tampering na)  trials/django-docket/status/2/1
        stop  The agent stopped to ask: Which status should a failed document have?
        fail  test not passing: backend.docket.documents.tests.test_tasks::test_status, failed.
      trial 3: failed  trials/django-docket/status/3/1
        stop  The agent was stopped at its limit of 40 turns.
        fail  frontend changed: frontend/\\u{1b}[2J\\u{1b}[1mok\\u{d}\\n<img src=x
              onerror=alert(1)>|\`x\`**@admin #1 https://evil.example \\u{202e}gpj, modified.
        fail  test not passing: test_0, failed.
        fail  test not passing: test_1, failed.
        fail  test not passing: test_2, failed.
        fail  test not passing: test_3, failed.
        fail  test not passing: test_4, failed.
        fail  test not passing: test_5, failed.
        fail  test not passing: test_6, failed.
              and 4 more

    ± django-docket/notifications: Title of django-docket/notifications
      trial 2: failed  trials/django-docket/notifications/2/1
        fail  test not passing: backend.docket.notifications.tests.test_api::test_list_is_paginated,
              failed.
        fail  frontend changed: frontend/src/views/Notifications.vue, modified.
        warn  touched in passing: frontend/src/api.ts, 4.
      trial 3: passed  trials/django-docket/notifications/3/1
        warn  touched in passing: frontend/src/api.ts, 4.

    ? django-docket/upload: Title of django-docket/upload
      trial 1: void, not counted  trials/django-docket/upload/1/3
        void  model, overloaded: the model answered 529\\u{1b}[31m five times

      CONFORMANCE      KEPT    95 % INTERVAL  NA  INCONCLUSIVE
      scope/transient  5 of 6  44 to 97 %      4             0

      scope/transient  trials/django-docket/notifications/2/1
        touched in passing: frontend/src/api.ts, 4.

    Passed      6 of 10 trials, 60 % (95 % interval 31 to 83 %)
                The interval takes trials of one task as independent. They are not: it is too narrow.
    Void        3 attempts: model, overloaded
    Void        1 attempt: suites, disk-full
    No verdict  1 trial: every attempt was void. Not counted for or against the agent.
    Not run     4 trials. Go on with: npm run assay -- resume 01KAQ3S8ZR4W6T9X2B5C7D8E9F
    Cost        $1.84 (198 requests, 548,809 tokens in, 12,609 out; 1 unfinished attempt included)
    Time        15m 18s over all trials (prepare 2.8s, agent 14m 14s, suites 1m 00s, grade 1.4s)
    "
  `)
})

test('a run of which nothing has run yet', () => {
  expect(renderTerminal(summaryOf(sampleRun(['docket/a'], 1), []), plain)).toMatchInlineSnapshot(`
    "backend-coder on builtin, model claude-sonnet-4-5, no model answered
    run 01KAQ3S8ZR4W6T9X2B5C7D8E9F of 2026-11-23 09:30 UTC, Assay 0.1.0, Node 24.21.0
    sandbox overlay+bwrap, limits by cgroup v2, prompt aaaaaaaaaaaa
    evidence below results/01KAQ3S8ZR4W6T9X2B5C7D8E9F

      TASK          TESTS  SCOPE  PASSED     COST  TIME
    ? docket/a      -      -      1 not run     -     -

    Passed   no rate: nothing was graded
    Not run  1 trial. Go on with: npm run assay -- resume 01KAQ3S8ZR4W6T9X2B5C7D8E9F
    Cost     $0.00 (0 requests, 0 tokens in, 0 out)
    Time     0.0s over all trials (prepare 0.0s, agent 0.0s, suites 0.0s, grade 0.0s)
    "
  `)
})

test('colours change nothing but colours', () => {
  const painted = renderTerminal(mixedSummary(), coloured)
  expect(painted).toContain('\u{1b}[31m✗\u{1b}[39m')
  expect(stripVTControlCharacters(painted)).toBe(renderTerminal(mixedSummary(), plain))
})

test('no line is wider than 100 columns, where blanks allow it', () => {
  const lines = renderTerminal(mixedSummary(), plain).split('\n')
  expect(lines.filter((line) => line.length > 100)).toEqual([])
})
