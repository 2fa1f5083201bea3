import type { Severity } from '../evidence/evidence.ts'
import type { Usage } from '../evidence/transcript.ts'
import type { Upstream } from '../gateway/upstream.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import type { TaskKind } from '../task/task.ts'
import type { Trial } from './trial.ts'

/** `run.json`: one variant, what it is given to do, and everything around it that may have decided a verdict. Written once, when the run is made. */
export interface Run {
  readonly schema: 1
  /** A ULID; resume and shards keep it. */
  readonly run: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly variant: RunVariant
  /** Severities that differ from the rulebook, by who set them; a task's own come between the two. Absent where nobody did. */
  readonly severities?: {
    readonly agent: Readonly<Record<string, Severity>>
    readonly commandLine: Readonly<Record<string, Severity>>
  }
  readonly rung: Rung
  /** What holds commands to their limits on this machine. */
  readonly limitsBy: 'cgroup v1' | 'cgroup v2' | 'rlimit' | 'watchdog'
  readonly plan: Plan
  /** Versions of what took part, as each tells its own; `bwrap` is null where it is absent. */
  readonly versions: {
    readonly assay: string
    readonly node: string
    readonly bwrap: string | null
    readonly git: string
    readonly python: string
  }
  readonly host: { readonly platform: string; readonly release: string; readonly cpus: number; readonly memoryBytes: number }
  /** Sentences for the first lines of every report. */
  readonly warnings: readonly string[]
}

/** What a run measures. Digests are sha256 in hex. */
export interface RunVariant {
  readonly agent: { readonly name: string; readonly file: string; readonly promptDigest: string; readonly fileDigest: string }
  readonly runner: string
  readonly upstream: Upstream['name']
  /** The model id that was asked for; the ids that answered are in the trials. */
  readonly model: string
  readonly settings: Readonly<Record<string, string | number | boolean | null>>
  readonly digest: string
}

/** All of the run, for every shard the same: `shard` says which part of it this folder holds. */
interface Plan {
  readonly tasks: readonly PlannedTask[]
  /** Trials a task. */
  readonly trials: number
  readonly concurrency: number
  readonly seed: string
  /** Shard `i` of `n`, counted from 1; null for a whole run. */
  readonly shard: { readonly i: number; readonly n: number } | null
  /** Where the run stops to start trials; null for no bound. */
  readonly budgetUsd: number | null
}

export interface PlannedTask {
  /** `FIXTURE/NAME`. */
  readonly task: string
  readonly cell: string
  readonly taskDigest: string
  readonly fixtureDigest: string
  /** Over the version of Assay, the rung and the prepared fixture with its toolchains: what pairs trials, as `cell` does, but tells which part differs. */
  readonly environmentDigest: string
  readonly title: string
  readonly kind: TaskKind
}

/** Where a trial is; `prepare` makes a fixture ready, which only the first trial on it waits for. */
export type TrialPhase = 'prepare' | 'workspace' | 'agent' | 'suites' | 'grade'

/** What a run tells while it goes on, in order. The one who listens adds the time. */
export type RunEvent =
  /** `done`: the trials that were finished before this start of the run. */
  | { readonly kind: 'run-started'; readonly run: Run; readonly folder: string; readonly done: readonly Trial[] }
  | { readonly kind: 'trial-started'; readonly task: string; readonly k: number; readonly attempt: number }
  | { readonly kind: 'phase'; readonly task: string; readonly k: number; readonly phase: TrialPhase }
  /** `usage` and `turns` are those of the trial so far. */
  | { readonly kind: 'turn'; readonly task: string; readonly k: number; readonly turns: number; readonly usage: Usage }
  | { readonly kind: 'trial-ended'; readonly trial: Trial }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'run-ended'; readonly why: 'finished' | 'interrupted' | 'budget' | 'disk-full' }
