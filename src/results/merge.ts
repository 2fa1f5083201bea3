import { canonicalJson } from '../evidence/digest.ts'
import type { Run } from './run.ts'
import type { Trial } from './trial.ts'

/** One shard, or the whole, as read from its folder. */
export interface RunPart {
  readonly run: Run
  readonly trials: readonly Trial[]
}

export type MergedRun =
  | { readonly kind: 'merged'; readonly run: Run; readonly trials: readonly Trial[] }
  | { readonly kind: 'bad'; readonly problems: readonly string[] }

/** Facts that all parts of one run share, else their trials do not belong in one count. */
const shared: readonly { readonly what: string; readonly of: (run: Run) => unknown }[] = [
  { what: 'run id (shards of one run are started with the same one)', of: (run) => run.run },
  { what: 'variant (agent, runner, upstream, model, settings)', of: (run) => run.variant.digest },
  { what: 'rung of the sandbox', of: (run) => run.rung },
  { what: 'version of Assay', of: (run) => run.versions.assay },
  { what: 'planned tasks', of: (run) => run.plan.tasks },
  { what: 'number of trials a task', of: (run) => run.plan.trials },
  { what: 'seed', of: (run) => run.plan.seed },
]

/**
 * Joins the shards of one run. The same attempt in two parts counts once; two different results for one attempt are a problem, as are parts that differ in what
 * decides a verdict. What may differ between machines (host, tools, limits) becomes a warning. Parts may be missing: the report shows what has not run.
 */
export function mergeRuns(parts: readonly RunPart[]): MergedRun {
  const [first, ...rest] = parts
  if (first === undefined) {
    return { kind: 'bad', problems: ['there is no run to merge'] }
  }
  const problems = shared
    .filter(({ of }) => rest.some((part) => canonicalJson(of(part.run)) !== canonicalJson(of(first.run))))
    .map(({ what }) => `the runs differ in ${what}`)
  const joined = joinTrials(parts)
  if (problems.length > 0 || joined.problems.length > 0) {
    return { kind: 'bad', problems: [...problems, ...joined.problems] }
  }
  const runs = parts.map((part) => part.run)
  const budgets = runs.map((run) => run.plan.budgetUsd)
  const run: Run = {
    ...first.run,
    createdAt: runs.map(({ createdAt }) => createdAt).toSorted()[0] ?? first.run.createdAt,
    plan: {
      ...first.run.plan,
      shard: null,
      concurrency: runs.reduce((sum, { plan }) => sum + plan.concurrency, 0),
      budgetUsd: budgets.reduce((sum, budget) => (sum === null || budget === null ? null : sum + budget), 0),
    },
    warnings: [...new Set([...runs.flatMap((part) => part.warnings), ...differences(runs)])],
  }
  return { kind: 'merged', run, trials: joined.trials }
}

function joinTrials(parts: readonly RunPart[]): { readonly trials: readonly Trial[]; readonly problems: readonly string[] } {
  const byAttempt = new Map<string, Trial>()
  const problems: string[] = []
  for (const trial of parts.flatMap((part) => part.trials)) {
    const key = `${trial.id} ${trial.attempt}`
    const before = byAttempt.get(key)
    if (before === undefined) {
      byAttempt.set(key, trial)
    } else if (canonicalJson(before) !== canonicalJson(trial)) {
      problems.push(`attempt ${trial.attempt} of ${trial.task} #${trial.k} has two different results`)
    }
  }
  return { trials: [...byAttempt.values()], problems }
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
