import { canonicalJson } from '../evidence/digest.ts'
import type { Run } from './run.ts'
import type { Trial } from './trial.ts'

/** One shard, or the whole, as read from its folder. */
export interface RunPart {
  /** What a person calls it: the path of its folder. */
  readonly name: string
  readonly run: Run
  readonly trials: readonly Trial[]
}

export type MergedRun =
  | { readonly kind: 'merged'; readonly run: Run; readonly trials: readonly Trial[] }
  | { readonly kind: 'bad'; readonly problems: readonly string[] }

/** Facts that all parts of one run share, else their trials do not belong in one count. */
const shared: readonly { readonly what: string; readonly of: (run: Run) => unknown; readonly tell?: (run: Run) => string }[] = [
  { what: 'run id (shards of one run are started with the same --run-id)', of: (run) => run.run, tell: ({ run }) => run },
  { what: 'agent, runner, upstream, model or setting', of: (run) => run.variant.digest, tell: ({ variant }) => variantText(variant) },
  { what: 'rung of the sandbox', of: (run) => run.rung, tell: ({ rung }) => rung },
  { what: 'version of Assay', of: (run) => run.versions.assay, tell: ({ versions }) => versions.assay },
  { what: 'set of tasks, fixtures or environments', of: (run) => run.plan.tasks },
  { what: 'number of trials a task', of: (run) => run.plan.trials, tell: ({ plan }) => String(plan.trials) },
  { what: 'seed', of: (run) => run.plan.seed, tell: ({ plan }) => plan.seed },
  { what: 'number of shards', of: (run) => run.plan.shard?.n ?? 1, tell: ({ plan }) => String(plan.shard?.n ?? 1) },
]

/**
 * Joins the shards of one run: what comes out depends on the trials alone, not on who ran them, so that the shards of one undivided run give its bytes back. The same
 * attempt in two parts counts once; two different results for one attempt are a problem, as are parts that differ in what decides a verdict. What may
 * differ between machines (host, tools, limits) becomes a warning. Parts may be missing: the report shows what has not run. Trials are in order of task, `k` and attempt.
 */
export function mergeRuns(parts: readonly RunPart[]): MergedRun {
  const [first, ...rest] = parts
  if (first === undefined) {
    return { kind: 'bad', problems: ['there is no run to merge'] }
  }
  const joined = joinTrials(parts)
  const problems = [...rest.flatMap((part) => mixtures(first, part)), ...joined.problems]
  if (problems.length > 0) {
    return { kind: 'bad', problems }
  }
  const runs = parts.map((part) => part.run)
  const run: Run = {
    ...first.run,
    createdAt: runs.map(({ createdAt }) => createdAt).toSorted()[0] ?? first.run.createdAt,
    plan: {
      ...first.run.plan,
      shard: null,
      concurrency: Math.max(...runs.map(({ plan }) => plan.concurrency)),
      budgetUsd: greatest(runs.map(({ plan }) => plan.budgetUsd)),
    },
    warnings: [...new Set([...runs.flatMap((part) => part.warnings), ...differences(runs)])],
  }
  return { kind: 'merged', run, trials: joined.trials }
}

/** What of this part does not belong with the first, each by name. */
function mixtures(first: RunPart, part: RunPart): readonly string[] {
  return shared
    .filter(({ of }) => canonicalJson(of(part.run)) !== canonicalJson(of(first.run)))
    .map(({ what, tell }) => {
      const values = tell === undefined ? '' : `: ${tell(part.run)}, not ${tell(first.run)}`
      return `${part.name} has another ${what} than ${first.name}${values}`
    })
}

function variantText({ agent, runner, upstream, model }: Run['variant']): string {
  return `${agent.name} (prompt ${agent.promptDigest.slice(0, 12)}) on ${runner}, ${upstream}, ${model}`
}

function greatest(budgets: readonly (number | null)[]): number | null {
  return budgets.reduce((most, budget) => (most === null || budget === null ? null : Math.max(most, budget)), budgets[0] ?? null)
}

function joinTrials(parts: readonly RunPart[]): { readonly trials: readonly Trial[]; readonly problems: readonly string[] } {
  const byAttempt = new Map<string, { readonly trial: Trial; readonly name: string }>()
  const problems: string[] = []
  for (const { name, trial } of parts.flatMap((part) => part.trials.map((one) => ({ name: part.name, trial: one })))) {
    const key = `${trial.id} ${trial.attempt}`
    const before = byAttempt.get(key)
    if (before === undefined) {
      byAttempt.set(key, { trial, name })
    } else if (canonicalJson(before.trial) !== canonicalJson(trial)) {
      problems.push(`attempt ${trial.attempt} of ${trial.task} #${trial.k} has one result in ${before.name} and another in ${name}`)
    }
  }
  const trials = [...byAttempt.values()].map(({ trial }) => trial)
  return { trials: trials.toSorted((a, b) => byText(a.task, b.task) || a.k - b.k || a.attempt - b.attempt), problems }
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function differences(runs: readonly Run[]): readonly string[] {
  const facts: readonly { readonly what: string; readonly of: (run: Run) => unknown }[] = [
    { what: 'hosts', of: (run) => run.host },
    { what: 'versions of node, bubblewrap, git or python', of: (run) => run.versions },
    { what: 'means of holding commands to their limits', of: (run) => run.limitsBy },
  ]
  return facts
    .filter(({ of }) => new Set(runs.map((run) => canonicalJson(of(run)))).size > 1)
    .map(({ what }) => `The merged shards ran with different ${what}.`)
}
