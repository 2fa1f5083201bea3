import { join } from 'node:path'
import { monotonicFactory } from 'ulid'
import { hostFacts, readVersions } from '../src/commands/host-facts.ts'
import { sha256 } from '../src/evidence/digest.ts'
import type { PreparedFixture } from '../src/fixture/prepared-fixture.ts'
import type { Upstream } from '../src/gateway/upstream.ts'
import type { Run } from '../src/results/run.ts'
import { createRun } from '../src/results/store.ts'
import type { Trial } from '../src/results/trial.ts'
import { runSuite } from '../src/run-suite.ts'
import type { Runner } from '../src/runner/runner.ts'
import { limitMechanism } from '../src/sandbox/limits.ts'
import type { Rung } from '../src/sandbox/sandbox.ts'
import { stackNamed } from '../src/stack/stacks.ts'
import type { Task } from '../src/task/task.ts'
import type { AgentDefinition } from '../src/variant/agent-definition.ts'
import { cacheFolder } from '../src/workspace/scratch.ts'

export interface TrialsPlan {
  readonly prepared: PreparedFixture
  readonly rung: Rung
  readonly runner: Runner
  readonly trials: number
  readonly concurrency: number
  /** Results go below it. */
  readonly scratch: string
  /** Told when each trial's line is stored; the folder is that of its only attempt. */
  readonly onTrial?: (trial: Trial, done: number, runFolder: string) => void
}

const DIGEST = sha256('bench')

/** A model is never asked: no runner that is measured here wants one. */
const silent: Upstream = {
  name: 'reference',
  live: false,
  send: async () => ({ kind: 'refused', cause: 'bench', message: 'no model takes part in a measurement', status: 400 }),
}

const agent: AgentDefinition = {
  name: 'nobody',
  description: 'Takes part in measurements.',
  body: 'You do nothing.',
  model: null,
  tools: null,
  foreign: [],
  promptDigest: DIGEST,
  fileDigest: DIGEST,
}

/**
 * Runs trials as `assay run` does, stored and synced, and answers with the milliseconds that all of them took.
 * Rejects where one is void: a trial that stopped half-way would look fast.
 */
export async function runTrials(plan: TrialsPlan): Promise<number> {
  const { prepared, rung, runner, scratch } = plan
  const stack = stackNamed(prepared.fixture.stack)
  const task = emptyTask(prepared.fixture.name)
  const created = await createRun(join(scratch, 'results'), await runOf(plan, task))
  if (created.kind !== 'locked' || stack === null) {
    throw new Error('The run could not be made.')
  }
  await using writer = created.writer
  let done = 0
  const voids: string[] = []
  const began = performance.now()
  await runSuite({
    writer,
    spentBefore: 0,
    signal: new AbortController().signal,
    trialOf: async () => ({
      task,
      receipt: { failToPass: [], passToPass: [] },
      prepared,
      prepareSeconds: 0,
      stack,
      rung,
      runner,
      agent,
      agentFile: Buffer.from(agent.body),
      model: 'none',
      upstream: silent,
      limits: { ...task.limits, usd: null },
      tokens: 1,
      prices: {},
      seed: 'bench',
      // Not below `scratch`: the path of the gateway's socket must be short.
      cache: cacheFolder(process.env),
      signal: new AbortController().signal,
    }),
    emit: (event) => {
      if (event.kind === 'trial-ended') {
        done += 1
        if (event.trial.outcome === 'void') {
          voids.push(`${event.trial.cause}: ${event.trial.message}`)
        }
        plan.onTrial?.(event.trial, done, writer.folder)
      }
    },
  })
  const ms = performance.now() - began
  if (voids.length > 0 || done < plan.trials) {
    throw new Error(`${voids.length} of ${done} trials are void: ${voids[0] ?? 'the run stopped'}`)
  }
  return ms
}

async function runOf({ rung, runner, trials, concurrency }: TrialsPlan, task: Task): Promise<Run> {
  const planned = {
    task: task.id,
    cell: DIGEST,
    taskDigest: DIGEST,
    fixtureDigest: DIGEST,
    environmentDigest: DIGEST,
    title: task.title,
    kind: task.kind,
  }
  const file = { name: agent.name, file: 'none', promptDigest: DIGEST, fileDigest: DIGEST }
  return {
    schema: 1,
    run: monotonicFactory()(),
    createdAt: new Date().toISOString(),
    variant: { agent: file, runner: runner.name, upstream: 'reference', model: 'none', settings: {}, digest: DIGEST },
    rung,
    limitsBy: limitMechanism(),
    plan: { tasks: [planned], trials, concurrency, seed: 'bench', shard: null, budgetUsd: null },
    versions: await readVersions(process.env),
    host: hostFacts(),
    warnings: [],
  }
}

function emptyTask(fixture: string): Task {
  return {
    id: `${fixture}/nothing`,
    fixture,
    name: 'nothing',
    folder: '',
    title: 'Nothing to do',
    kind: 'feature',
    tags: [],
    suites: [],
    difficulty: 'easy',
    exercises: [],
    limits: { turns: 1, minutes: 10, usd: 1 },
    mayChange: [],
    deliverable: [],
    kill: 0,
    rules: {},
    needs: [],
    mistake: '',
    ambiguities: [],
    twin: null,
    scope: { allow: [], forbid: [] },
    instruction: 'Do nothing.',
    tests: new Map(),
    start: '',
    solution: '',
    right: new Map(),
    wrong: new Map(),
    mutants: new Map(),
    readings: new Map(),
    ask: null,
    decline: null,
    digest: DIGEST,
    expected: null,
  }
}
