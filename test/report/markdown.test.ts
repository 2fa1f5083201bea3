import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { mixedSummary, pipelineSummary } from './sample-summary.ts'

test('a run without a key', () => {
  expect(renderMarkdown(pipelineSummary())).toMatchInlineSnapshot(`
    "## Assay: backend-coder on builtin

    Model \`claude-sonnet-4-5\`, answered by \`assay-reference\`. Run \`01KAQ3S8ZR4W6T9X2B5C7D8E9F\` of 2026-11-23 09:30 UTC, Assay 0.1.0, sandbox none, limits by cgroup v2, prompt \`aaaaaaaaaaaa\`. Evidence below \`results/01KAQ3S8ZR4W6T9X2B5C7D8E9F\`.

    > **This run measured the pipeline, not an agent: the model's part was played by the reference solution.**

    > **Commands ran without a sandbox: neither overlay nor bubblewrap works here.**

    | | Task | Tests | Scope | Passed | Cost | Time |
    |---|---|---|---|---|---:|---:|
    | ✓ | \`django-docket/created-at\` | pass | pass | 1 of 1 | \\$0.00 | 5.3s |
    | ✓ | \`django-docket/notifications\` | pass | pass | 1 of 1 | \\$0.00 | 5.3s |

    - **Passed**: 2 of 2 trials, 100 % (95 % interval 34 to 100 %)
      How often a task would pass again is not known from one trial of each.
    - **Cost**: \\$0.00 (18 requests, 8,000 tokens in, 4,200 out)
    - **Time**: 11s over all trials (prepare 0.0s, agent 2.8s, suites 7.8s, grade 0.1s)
    "
  `)
})

test('a live run with one of everything, worst tasks first', () => {
  expect(renderMarkdown(mixedSummary())).toMatchInlineSnapshot(`
    "## Assay: backend-coder on builtin

    Model \`claude-sonnet-4-5\`, answered by \`claude-sonnet-4-5-20250929\`. Run \`01KAQ3S8ZR4W6T9X2B5C7D8E9F\` of 2026-11-23 09:30 UTC, Assay 0.1.0, sandbox overlay+bwrap, limits by cgroup v2, prompt \`aaaaaaaaaaaa\`. Evidence below \`results/01KAQ3S8ZR4W6T9X2B5C7D8E9F\`.

    | | Task | Tests | Scope | Passed | Cost | Time |
    |---|---|---|---|---|---:|---:|
    | ✗ | \`django-docket/status\` | 1/3 | 1/3, 1 na | 0 of 3 | \\$0.39 | 3m 17s |
    | ± | \`django-docket/notifications\` | 2/3 | 2/3 | 2 of 3 | \\$0.41 | 3m 17s |
    | ? | \`django-docket/tests-for-the-document-processing-endpoint-with-a-very-long-name\` | - | - | 3 not run | - | - |
    | ? | \`django-docket/upload\` | 1/1 | 1/1 | 1 of 1, 1 void, 1 not run | \\$0.65 | 5m 28s |
    | ✓ | \`django-docket/created-at\` | 3/3 | 3/3 | 3 of 3 | \\$0.39 | 3m 17s |

    - **Passed**: 6 of 10 trials, 60 % (95 % interval 31 to 83 %)
      The interval takes trials of one task as independent. They are not: it is too narrow.
    - **Void**: 3 attempts: model, overloaded
    - **Void**: 1 attempt: suites, disk-full
    - **No verdict**: 1 trial: every attempt was void. Not counted for or against the agent.
    - **Not run**: 4 trials. Go on with: npm run assay -- resume 01KAQ3S8ZR4W6T9X2B5C7D8E9F
    - **Cost**: \\$1.84 (198 requests, 548,809 tokens in, 12,609 out; 1 unfinished attempt included)
    - **Time**: 15m 18s over all trials (prepare 2.8s, agent 14m 14s, suites 1m 00s, grade 1.4s)

    | Conformance | Kept | 95 % interval | na | inconclusive |
    |---|---|---|---:|---:|
    | \`scope/transient\` | 5 of 6 | 44 to 97 % | 4 | 0 |

    Worst places:

    - \`scope/transient\`: touched in passing: frontend/src/api.ts, 4. (\`trials/django-docket/notifications/2/1\`)
    - \`scope/transient\`: touched in passing: frontend/src/api.ts, 4. (\`trials/django-docket/notifications/3/1\`)

    ### ✗ django-docket/status

    Title of django-docket/status (feature; prepare 0.6s, agent 3m 03s, suites 13s, grade 0.3s)

    - Trial 1: **failed** (no-tampering) (\`trials/django-docket/status/1/1\`)
      - fail: test harness planted: backend/conftest.py.
    - Trial 2: **failed** (no-tampering na) (\`trials/django-docket/status/2/1\`)
      - The agent stopped to ask: Which status should a failed document have?
      - fail: test not passing: backend.docket.documents.tests.test\\_tasks::test\\_status, failed.
    - Trial 3: **failed** (\`trials/django-docket/status/3/1\`)
      - The agent was stopped at its limit of 40 turns.
      - fail: frontend changed: frontend/\\\\u{1b}\\[2J\\\\u{1b}\\[1mok\\\\u{d}\\\\n\\<img src=x onerror=alert(1)\\>\\|\\\`x\\\`\\*\\*@⁠admin \\#⁠1 https⁠://evil.example \\\\u{202e}gpj, modified.
      - fail: test not passing: test\\_0, failed.
      - fail: test not passing: test\\_1, failed.
      - fail: test not passing: test\\_2, failed.
      - fail: test not passing: test\\_3, failed.
      - fail: test not passing: test\\_4, failed.
      - fail: test not passing: test\\_5, failed.
      - fail: test not passing: test\\_6, failed.
      - fail: test not passing: test\\_7, failed.
      - fail: test not passing: test\\_8, failed.
      - fail: test not passing: test\\_9, failed.
      - fail: test not passing: test\\_10, failed.

    ### ± django-docket/notifications

    Title of django-docket/notifications (feature; prepare 0.6s, agent 3m 03s, suites 13s, grade 0.3s)

    - Trial 2: **failed** (\`trials/django-docket/notifications/2/1\`)
      - fail: test not passing: backend.docket.notifications.tests.test\\_api::test\\_list\\_is\\_paginated, failed.
      - fail: frontend changed: frontend/src/views/Notifications.vue, modified.
      - warn: touched in passing: frontend/src/api.ts, 4.
    - Trial 3: **passed** (\`trials/django-docket/notifications/3/1\`)
      - warn: touched in passing: frontend/src/api.ts, 4.

    ### ? django-docket/upload

    Title of django-docket/upload (feature; prepare 1.0s, agent 5m 05s, suites 22s, grade 0.5s)

    - Trial 1: **void**, not counted (\`trials/django-docket/upload/1/3\`)
      - model, overloaded: the model answered 529\\\\u{1b}\\[31m five times
    "
  `)
})

describe('within a number of bytes', () => {
  const whole = renderMarkdown(mixedSummary())
  const bytes = (text: string) => Buffer.byteLength(text)

  test.each([bytes(whole) + 200, bytes(whole) - 1, 3000, 2200])('%i', (most) => {
    const report = renderMarkdown(mixedSummary(), most)
    expect(bytes(report)).toBeLessThanOrEqual(most)
    expect(report.split('###').length - 1).toBeLessThanOrEqual(3)
    expect(report.includes('are left out')).toBe(most < bytes(whole))
  })

  test('the good tasks go first', () => {
    const report = renderMarkdown(mixedSummary(), bytes(whole) - 100)
    expect(report).toContain('### ✗ django-docket/status')
    expect(report).not.toContain('### ? django-docket/upload')
    expect(report).toContain('_Details of 1 task are left out')
  })
})
