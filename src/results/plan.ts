import { trialIdOf } from './identity.ts'
import type { PlannedTask, Run } from './run.ts'
import type { Trial } from './trial.ts'

/** How often a void trial may be tried in all. */
export const MAX_ATTEMPTS = 3

/** One trial that a run is to have; `attempt` is the number that its next attempt bears. */
export interface PendingTrial {
  readonly planned: PlannedTask
  readonly k: number
  readonly attempt: number
}

/**
 * The trials of this run's folder, every task's first before any task's second, so that a run cut short has seen every task.
 * Shards are dealt from the trials sorted by id (a digest): the order in which tasks were listed has no part in it, and their sizes differ by one at most.
 */
export function plannedTrials(run: Run): readonly { readonly planned: PlannedTask; readonly k: number }[] {
  const { tasks, trials, shard } = run.plan
  const all = Array.from({ length: trials }, (_, index) => index + 1).flatMap((k) => tasks.map((planned) => ({ planned, k })))
  if (shard === null) {
    return all
  }
  const dealt = all
    .map((trial) => ({ trial, id: trialIdOf(run.run, trial.planned.cell, trial.k) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const mine = new Set(dealt.filter((_, index) => index % shard.n === shard.i - 1).map(({ trial }) => trial))
  return all.filter((trial) => mine.has(trial))
}

/** The attempts that count: the last of each id, in the order in which their ids first appear. Earlier voids are left out, never lost: they stay in the file. */
export function countingTrials(trials: readonly Trial[]): readonly Trial[] {
  const last = new Map<string, Trial>()
  for (const trial of trials) {
    const before = last.get(trial.id)
    if (before === undefined || trial.attempt > before.attempt) {
      last.set(trial.id, trial)
    }
  }
  return [...last.values()]
}

/** What is left to do: planned trials without a graded last attempt, as long as they may be tried again. */
export function pendingTrials(run: Run, trials: readonly Trial[]): readonly PendingTrial[] {
  const last = new Map(countingTrials(trials).map((trial) => [`${trial.cell} ${trial.k}`, trial]))
  return plannedTrials(run).flatMap(({ planned, k }) => {
    const trial = last.get(`${planned.cell} ${k}`)
    const attempt = (trial?.attempt ?? 0) + 1
    return trial?.outcome === 'graded' || attempt > MAX_ATTEMPTS ? [] : [{ planned, k, attempt }]
  })
}
