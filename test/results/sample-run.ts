import { cellOf, trialIdOf } from '../../src/results/identity.ts'
import type { PlannedTask, Run } from '../../src/results/run.ts'
import type { GradedTrial, VoidTrial } from '../../src/results/trial.ts'

export const RUN_ID = '01KAQ3S8ZR4W6T9X2B5C7D8E9F'

const digest = (letter: string) => letter.repeat(64)

export function plannedTask(task: string, title = `Title of ${task}`): PlannedTask {
  const parts = {
    fixtureDigest: digest('f'),
    environmentDigest: digest('e'),
    promptDigest: digest('a'),
    runner: 'builtin',
    model: 'claude-sonnet-4-5',
  }
  const cell = cellOf({ ...parts, taskDigest: task })
  return { task, cell, taskDigest: digest('1'), fixtureDigest: digest('f'), environmentDigest: digest('e'), title, kind: 'feature' }
}

/** A live run of `tasks`, `trials` times each, unless `change` says otherwise. */
export function sampleRun(tasks: readonly string[], trials: number, change: Partial<Run> = {}): Run {
  return {
    schema: 1,
    run: RUN_ID,
    createdAt: '2026-11-23T09:30:00.000Z',
    variant: {
      agent: { name: 'backend-coder', file: 'agents/backend-coder.md', promptDigest: digest('a'), fileDigest: digest('b') },
      runner: 'builtin',
      upstream: 'api',
      model: 'claude-sonnet-4-5',
      settings: {},
      digest: digest('c'),
    },
    rung: 'overlay+bwrap',
    limitsBy: 'cgroup v2',
    plan: { tasks: tasks.map((task) => plannedTask(task)), trials, concurrency: 2, seed: '7', shard: null, budgetUsd: 5 },
    versions: { assay: '0.1.0', node: '24.21.0', bwrap: '0.8.0', git: '2.39.2', python: '3.11.7' },
    host: { platform: 'linux', release: '6.18.0', cpus: 2, memoryBytes: 8_589_934_592 },
    warnings: [],
    ...change,
  }
}

function identity(run: Run, task: string, k: number, attempt: number) {
  const { cell } = plannedTask(task)
  return {
    id: trialIdOf(run.run, cell, k),
    cell,
    run: run.run,
    task,
    fixture: task.split('/')[0] ?? '',
    k,
    attempt,
    seconds: { prepare: 0.2, agent: 61, suites: 4.3, grade: 0.1 },
    usage: { input: 1200, output: 900, cacheRead: 30_000, cacheWrite: 8000, requests: 14, usd: 0.13 },
    models: ['claude-sonnet-4-5-20250929'],
  }
}

/** A trial that passes, unless `change` says otherwise. */
export function graded(run: Run, task: string, k: number, change: Partial<GradedTrial> = {}): GradedTrial {
  return {
    ...identity(run, task, k, change.attempt ?? 1),
    outcome: 'graded',
    passed: true,
    gates: { 'fail-to-pass': 'pass', 'pass-to-pass': 'pass', scope: 'pass', 'no-tampering': 'pass' },
    checks: {
      'tests/fail-to-pass': 'pass',
      'tests/pass-to-pass': 'pass',
      'scope/frontend': 'pass',
      'scope/outside': 'pass',
      'tests/tampering': 'pass',
    },
    findings: [],
    stop: { kind: 'finished' },
    ...change,
  }
}

export function voided(run: Run, task: string, k: number, change: Partial<VoidTrial> = {}): VoidTrial {
  return {
    ...identity(run, task, k, change.attempt ?? 1),
    outcome: 'void',
    phase: 'model',
    cause: 'overloaded',
    message: 'the model answered 529 five times',
    ...change,
  }
}
