import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { StoredArm } from '../comparison/stored-arm.ts'
import { findRun, listRuns } from '../results/find-runs.ts'
import { openRun } from '../results/store.ts'
import type { TerminalIo } from './terminal-io.ts'

/** A stored run with its agent's file; null where that is not in its folder. */
export interface LoadedArm {
  readonly arm: StoredArm
  readonly agentFile: Buffer | null
}

export type ArmLoading = { readonly kind: 'loaded'; readonly loaded: LoadedArm } | { readonly kind: 'bad'; readonly message: string }

/** Reads the run that a person names. */
export async function loadArm(name: string, out: string, io: Pick<TerminalIo, 'root'>): Promise<ArmLoading> {
  const found = await findRun(resolve(io.root, out), name)
  return found.kind === 'unknown' ? { kind: 'bad', message: found.message } : await loadFolder(found.folder, io)
}

/** Reads the run in a folder. */
export async function loadFolder(folder: string, io: Pick<TerminalIo, 'root'>): Promise<ArmLoading> {
  const opened = await openRun(folder)
  if (opened.kind === 'bad') {
    return { kind: 'bad', message: opened.problems.join('\n') }
  }
  const agentFile = await readFile(join(folder, 'agent.md')).catch(() => null)
  const { run, trials } = opened
  return { kind: 'loaded', loaded: { arm: { run, trials, folder: relative(io.root, folder) || '.' }, agentFile } }
}

/** The newest runs: reading all of a year's would take longer than it helps. */
const MOST_RUNS = 20

/** Earlier runs that variances and costs can be taken from, newest first; what cannot be read is left out. */
export async function recentArms(out: string, io: Pick<TerminalIo, 'root'>): Promise<readonly StoredArm[]> {
  const found = (await listRuns(resolve(io.root, out))).slice(0, MOST_RUNS)
  const opened = await Promise.all(found.map(async ({ folder }) => ({ folder, read: await openRun(folder) })))
  return opened.flatMap(({ folder, read }) => (read.kind === 'open' ? [{ run: read.run, trials: read.trials, folder }] : []))
}
