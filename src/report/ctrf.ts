import { cut, printable } from './escape.ts'
import { safeJson } from './json.ts'
import { rateOf } from './rates.ts'
import type { Summary } from './summary.ts'
import { outcomeOf, type TaskOutcome } from './task-outcome.ts'
import type { TaskSummary } from './task-summary.ts'

/** Version of the Common Test Report Format that is written (its JSON Schema; https://ctrf.io). */
const SPEC_VERSION = '0.0.0'

const statuses = { passed: 'passed', failed: 'failed', broken: 'other', 'not run': 'skipped' } as const satisfies Record<
  TaskOutcome['kind'],
  string
>

/** The report as CTRF, ending in a line break: one test a task. A task that only we stood in the way of is `other`. Its trials stand in `extra`: a trial is no retry. */
export function renderCtrf(summary: Summary): string {
  const tests = summary.tasks.map(testOf)
  const count = (status: string) => tests.filter((test) => test.status === status).length
  const start = Date.parse(summary.createdAt)
  const duration = tests.reduce((sum, test) => sum + test.duration, 0)
  const { agent, model, versions, rung, runner, run } = summary
  const report = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    timestamp: summary.createdAt,
    generatedBy: `assay ${versions.assay}`,
    results: {
      tool: { name: 'assay', version: versions.assay },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        start,
        stop: start + duration,
      },
      tests,
      environment: {
        reportName: cut(printable(agent.name), 200),
        testEnvironment: rung,
        extra: {
          run,
          runner,
          promptDigest: agent.promptDigest,
          model: model.asked,
          answered: model.answered.map(printable),
          notes: summary.notes.map(printable),
        },
      },
    },
  }
  return `${safeJson(report, 2)}\n`
}

/** `duration` in milliseconds, of all phases and attempts. */
function testOf(task: TaskSummary) {
  const { kind, type, message, lines } = outcomeOf(task)
  const { prepare, agent, suites, grade } = task.seconds
  const rate = rateOf(task.passed, task.graded)
  return {
    name: printable(task.task),
    status: statuses[kind],
    duration: Math.round((prepare + agent + suites + grade) * 1000),
    suite: [printable(task.task.split('/')[0] ?? '')],
    ...(kind === 'passed' ? {} : { message: cut(message, 600), trace: lines.join('\n'), rawStatus: type }),
    tags: [task.kind],
    filePath: `tasks/${printable(task.task)}/task.md`,
    extra: {
      title: printable(task.title),
      passed: task.passed,
      graded: task.graded,
      notRun: task.notRun,
      interval: task.graded === 0 ? null : rate.interval,
      usd: task.usage.usd,
      trials: task.trials.map((trial) => ({
        k: trial.k,
        outcome: trial.outcome === 'void' ? 'void' : trial.passed ? 'passed' : 'failed',
        evidence: trial.evidence,
      })),
    },
  }
}
