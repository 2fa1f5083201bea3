import { resolve } from 'node:path'
import { findComparison, findRun } from '../results/find-runs.ts'
import { lockRun } from '../results/store.ts'
import { executeRun } from './execute-run.ts'
import { finishComparison } from './finish-comparison.ts'
import { openSetup } from './open-setup.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface ResumeOptions {
  readonly out: string
  readonly json: boolean
  readonly budgetUsd: number | null
  readonly minPassRate: number | null
}

/** Goes on with a run after an interruption: with the agent, the tasks and the settings that it was begun with, or not at all. */
export async function resume(name: string, options: ResumeOptions, io: TerminalIo): Promise<ExitCode> {
  const comparison = await findComparison(resolve(io.root, options.out), name)
  if (comparison !== null) {
    return await finishComparison(comparison, { ...options, markdown: false, gate: false, tolerance: 0 }, io)
  }
  const found = await findRun(resolve(io.root, options.out), name)
  if (found.kind === 'unknown') {
    return refuse(io, found.message)
  }
  const locked = await lockRun(found.folder)
  if (locked.kind !== 'locked') {
    return refuse(io, locked.kind === 'held' ? locked.message : locked.problems.join('\n'))
  }
  await using writer = locked.writer
  if (writer.tornKeptAt !== null) {
    io.err.write(`The last line of trials.jsonl was cut short; it is kept as ${writer.tornKeptAt}, and its trial is graded again.\n`)
  }
  const opened = await openSetup(writer, options, io)
  if (opened.kind === 'bad') {
    return refuse(io, opened.message)
  }
  const run = { ...writer.run, plan: { ...writer.run.plan, budgetUsd: options.budgetUsd ?? writer.run.plan.budgetUsd } }
  return await executeRun({ ...writer, run }, { ...opened.setup, json: options.json, minPassRate: options.minPassRate }, io)
}
