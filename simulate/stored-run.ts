import type { StoredArm } from '../src/comparison/stored-arm.ts'
import type { PlannedTask, Run } from '../src/results/run.ts'
import type { Trial } from '../src/results/trial.ts'

/** What became of the trials of one task: passed, failed, or void after all attempts. */
export type Outcomes = readonly ('passed' | 'failed' | 'void')[]

const MODEL = 'a-model'
const EVERY_ATTEMPT = 3

/** A run as a folder of results would hold it, of the old revision or the new one: one entry of `outcomes` a task. */
export function storedRun(name: string, revision: 'old' | 'new', outcomes: readonly Outcomes[]): StoredArm {
  const tasks = outcomes.map((_, index) => plannedTask(index))
  const run: Run = {
    schema: 1,
    run: name,
    createdAt: '2026-01-01T00:00:00.000Z',
    variant: {
      agent: { name: 'agent', file: 'agent.md', promptDigest: revision, fileDigest: revision },
      runner: 'builtin',
      upstream: 'api',
      model: MODEL,
      settings: {},
      digest: revision,
    },
    rung: 'overlay+bwrap',
    limitsBy: 'cgroup v2',
    plan: { tasks, trials: outcomes[0]?.length ?? 0, concurrency: 1, seed: '1', shard: null, budgetUsd: null },
    versions: { assay: '0', node: '0', bwrap: '0', git: '0', python: '0' },
    host: { platform: 'linux', release: '0', cpus: 1, memoryBytes: 0 },
    warnings: [],
  }
  const trials = outcomes.flatMap((ofTask, index) =>
    ofTask.map((outcome, trial) => trialOf(name, tasks[index] ?? plannedTask(index), trial + 1, outcome)),
  )
  return { run, trials, folder: name }
}

function plannedTask(index: number): PlannedTask {
  const task = `suite/task-${String(index + 1).padStart(2, '0')}`
  return { task, cell: task, taskDigest: task, fixtureDigest: 'f', environmentDigest: 'e', title: task, kind: 'feature' }
}

function trialOf(run: string, { task, cell }: PlannedTask, k: number, outcome: Outcomes[number]): Trial {
  const identity = {
    id: `${run} ${cell} ${k}`,
    cell,
    run,
    task,
    fixture: 'suite',
    k,
    seconds: { prepare: 0, agent: 60, suites: 4, grade: 0 },
    usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, requests: 1, usd: 0.1 },
    models: [MODEL],
  }
  return outcome === 'void'
    ? { ...identity, attempt: EVERY_ATTEMPT, outcome, phase: 'model', cause: 'overloaded', message: 'overloaded' }
    : {
        ...identity,
        attempt: 1,
        outcome: 'graded',
        passed: outcome === 'passed',
        gates: {},
        checks: {},
        findings: [],
        stop: { kind: 'finished' },
      }
}
