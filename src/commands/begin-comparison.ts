import { resolve } from 'node:path'
import { ulid } from 'ulid'
import { createComparison } from '../results/comparison-folder.ts'
import type { Run } from '../results/run.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import type { Task } from '../task/task.ts'
import { cacheFolder } from '../workspace/scratch.ts'
import type { ChosenVariant } from './choose-variant.ts'
import { type PlanOptions, planRun, settleRung } from './plan-run.ts'
import { prepareTasks } from './prepare-tasks.ts'
import type { Project } from './project.ts'
import type { TerminalIo } from './terminal-io.ts'

/** One of two variants that are to be held against each other. `file`: where its agent was read from, as the user named it. */
export interface PlannedArm {
  readonly variant: ChosenVariant
  readonly file: string
  readonly settings: Pick<PlanOptions, 'command' | 'mounts' | 'prices' | 'strict'>
}

/** What both arms share. */
export interface SharedPlan extends Pick<PlanOptions, 'trials' | 'concurrency' | 'budgetUsd' | 'seed' | 'severities'> {
  readonly project: Project
  readonly tasks: readonly Task[]
  readonly sandbox: Rung | null
}

export type PlannedComparison =
  | { readonly kind: 'planned'; readonly a: Run; readonly b: Run; readonly sentences: readonly string[] }
  | { readonly kind: 'bad'; readonly message: string }
  | { readonly kind: 'interrupted' }

/** Plans two runs that differ in nothing but the variant. The budget is for both together. */
export async function planComparison(
  arms: readonly [PlannedArm, PlannedArm],
  shared: SharedPlan,
  io: TerminalIo,
): Promise<PlannedComparison> {
  const cache = cacheFolder(io.env)
  const rung = await settleRung(
    arms.map(({ variant }) => variant.runner),
    shared.sandbox,
    cache,
  )
  if (rung.kind === 'refused') {
    return { kind: 'bad', message: rung.message }
  }
  const { readinessOf, sentences } = await prepareTasks(shared.tasks, shared.project.fixtures, { cache, rung: rung.rung }, io)
  if (io.interrupt.aborted) {
    return { kind: 'interrupted' }
  }
  const planned = async ({ variant, file, settings }: PlannedArm): Promise<Run> => {
    const { trials, concurrency, seed, budgetUsd, severities } = shared
    const options = { ...settings, agent: file, trials, concurrency, seed, budgetUsd, severities, shard: null, runId: null }
    return await planRun(shared.tasks, variant, options, { readinessOf, rung })
  }
  return { kind: 'planned', a: await planned(arms[0]), b: await planned(arms[1]), sentences }
}

/** Makes the folders of a planned comparison; answers with its folder. */
export async function beginComparison(
  { a, b }: Extract<PlannedComparison, { readonly kind: 'planned' }>,
  arms: readonly [PlannedArm, PlannedArm],
  { out, sequential }: { readonly out: string; readonly sequential: boolean },
  io: Pick<TerminalIo, 'root'>,
): Promise<string> {
  const record = {
    schema: 1,
    comparison: ulid(),
    createdAt: new Date().toISOString(),
    runs: { a: a.run, b: b.run },
    seed: b.plan.seed,
    budgetUsd: b.plan.budgetUsd,
    sequential,
    result: null,
  } as const
  const [fileA, fileB] = arms.map(({ variant }) => variant.agentFile)
  return await createComparison(resolve(io.root, out), record, [
    { run: a, agentFile: fileA ?? new Uint8Array() },
    { run: b, agentFile: fileB ?? new Uint8Array() },
  ])
}
