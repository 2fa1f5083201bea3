import { countingTrials, pendingTrials } from '../results/plan.ts'
import type { Run } from '../results/run.ts'
import type { Baseline, BaselineRecord, BaselineTask } from './baseline.ts'
import { whatDiffers } from './pairing.ts'
import { reasonSentence } from './reason-sentence.ts'
import { answeredModels, type StoredArm } from './stored-arm.ts'
import { runReasons } from './validity.ts'

/** `changes`: one sentence for everything about the baseline that is no longer as it was, records that stop to count first. */
export type Admission =
  | { readonly kind: 'admitted'; readonly baseline: Baseline; readonly changes: readonly string[] }
  | { readonly kind: 'known'; readonly sentence: string }
  /** Not a whole, finished run. */
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }
  /** A broken run: exit code 3, and never a baseline. */
  | { readonly kind: 'invalid'; readonly sentences: readonly string[] }

/**
 * Adds a run to the baseline's records, and makes its revision the one that gates hold others against. A run that is not valid, not finished, or a shard
 * is refused: a broken night must not become what others are measured by. Records stay for tasks that are still the same.
 */
export function admit(before: Baseline | null, arm: StoredArm, agentText: string): Admission {
  const { run } = arm
  const refusals = refusalsOf(arm)
  if (refusals.length > 0) {
    return { kind: 'refused', sentences: refusals }
  }
  const reasons = runReasons(arm, 'b')
  if (reasons.length > 0) {
    return { kind: 'invalid', sentences: reasons.map((reason) => `Run ${run.run} is invalid: ${reasonSentence(reason, { b: 'it' })}`) }
  }
  if (before?.tasks.some(({ records }) => records.some((record) => record.run === run.run))) {
    return { kind: 'known', sentence: `Run ${run.run} is in the baseline already; nothing was changed.` }
  }
  const reset = before === null ? [] : differencesFrom(before, run).map((one) => `${one}: records begin anew.`)
  const kept = before === null || reset.length > 0 ? [] : before.tasks
  const fresh = run.plan.tasks.map((planned) => taskWith(arm, planned, kept.find(({ task }) => task === planned.task) ?? null))
  const others = kept.filter(({ task }) => !run.plan.tasks.some((planned) => planned.task === task))
  const baseline: Baseline = {
    schema: 1,
    harness: run.versions.assay,
    rung: run.rung,
    variant: run.variant,
    answered: answeredModels(arm)[0] ?? null,
    agentText,
    tasks: [...fresh.map(({ task }) => task), ...others].toSorted((a, b) => (a.task < b.task ? -1 : 1)),
  }
  const moved =
    before !== null && before.variant.agent.promptDigest !== run.variant.agent.promptDigest
      ? [`The baseline's prompt was ${before.variant.agent.promptDigest.slice(0, 12)} and is now ${short(run)}.`]
      : []
  return { kind: 'admitted', baseline, changes: [...reset, ...fresh.flatMap(({ changes }) => changes), ...moved] }
}

const short = ({ variant }: Run) => variant.agent.promptDigest.slice(0, 12)

function refusalsOf(arm: StoredArm): readonly string[] {
  const { run, trials } = arm
  const { shard } = run.plan
  const left = pendingTrials(run, trials).length
  return [
    ...(shard === null ? [] : [`Run ${run.run} is shard ${shard.i} of ${shard.n}: merge all of them first.`]),
    ...(left === 0
      ? []
      : [`Run ${run.run} is not finished: ${left} of its trials have no verdict yet (npm run assay -- resume ${run.run}).`]),
  ]
}

/** What of a baseline is not as in this run, so that its records say nothing about it. */
export function differencesFrom(before: Baseline, run: Run): readonly string[] {
  const facts: readonly (readonly [what: string, was: string, is: string])[] = [
    ['version of Assay', before.harness, run.versions.assay],
    ['rung of the sandbox', before.rung, run.rung],
    ['runner', before.variant.runner, run.variant.runner],
    ['upstream', before.variant.upstream, run.variant.upstream],
    ['model', before.variant.model, run.variant.model],
  ]
  return facts.filter(([, was, is]) => was !== is).map(([what, was, is]) => `The ${what} was ${was} and is now ${is}`)
}

function taskWith(
  arm: StoredArm,
  planned: Run['plan']['tasks'][number],
  before: BaselineTask | null,
): { readonly task: BaselineTask; readonly changes: readonly string[] } {
  const graded = countingTrials(arm.trials).filter((trial) => trial.task === planned.task && trial.outcome === 'graded')
  const record: BaselineRecord = {
    run: arm.run.run,
    createdAt: arm.run.createdAt,
    promptDigest: arm.run.variant.agent.promptDigest,
    passed: graded.filter((trial) => trial.outcome === 'graded' && trial.passed).length,
    graded: graded.length,
  }
  const why = before === null ? null : whatDiffers(before, planned)
  const { task, title, kind, taskDigest, fixtureDigest, environmentDigest } = planned
  const records = [...(before === null || why !== null ? [] : before.records), record]
  return {
    task: { task, title, kind, taskDigest, fixtureDigest, environmentDigest, records },
    changes: why === null ? [] : [`${task}: ${why}; its records begin anew.`],
  }
}
