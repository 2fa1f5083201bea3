import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { isValid } from 'ulid'
import type { Run } from './run.ts'

/** A folder of `results/` that holds a `run.json`. */
export interface FoundRun {
  readonly folder: string
  readonly run: string
  readonly createdAt: string
  readonly agent: string
}

export type RunLookup = { readonly kind: 'found'; readonly folder: string } | { readonly kind: 'unknown'; readonly message: string }

/** The runs in a results folder, newest first. Folders that are no run, or whose run.json cannot be read, are left out. */
export async function listRuns(resultsFolder: string): Promise<readonly FoundRun[]> {
  const names = await readdir(resultsFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return []
    }
    throw error
  })
  const runs = await Promise.all(names.filter((name) => isValid(name)).map((name) => readSummary(join(resultsFolder, name))))
  return runs.filter((run) => run !== null).toSorted((a, b) => (a.run < b.run ? 1 : -1))
}

/** Finds the run that a person means: `last`, a path to its folder, its ULID, or as much of the ULID's beginning as only one run has. Case does not matter. */
export async function findRun(resultsFolder: string, meant: string): Promise<RunLookup> {
  const runs = await listRuns(resultsFolder)
  if (meant === 'last') {
    const newest = runs[0]
    return newest === undefined
      ? { kind: 'unknown', message: `there is no run in ${resultsFolder}` }
      : { kind: 'found', folder: newest.folder }
  }
  const matching = meant === '' ? [] : runs.filter(({ run }) => run.startsWith(meant.toUpperCase()))
  const only = matching[0]
  if (only !== undefined && matching.length === 1) {
    return { kind: 'found', folder: only.folder }
  }
  if (matching.length > 1) {
    return {
      kind: 'unknown',
      message: `${meant} is the beginning of ${matching.length} runs: ${matching.map(({ run }) => run).join(', ')}`,
    }
  }
  if (await isRunFolder(resolve(meant))) {
    return { kind: 'found', folder: resolve(meant) }
  }
  return { kind: 'unknown', message: unknownMessage(resultsFolder, meant, runs) }
}

function unknownMessage(resultsFolder: string, meant: string, runs: readonly FoundRun[]): string {
  const sought = basename(meant).toUpperCase()
  const far = ({ run }: FoundRun) => distance(sought, run.slice(0, sought.length))
  const nearest = runs.toSorted((a, b) => far(a) - far(b))[0]
  return nearest === undefined
    ? `there is no run ${meant}: ${resultsFolder} holds none`
    : `there is no run ${meant}; the nearest is ${nearest.run} (${nearest.agent}, ${nearest.createdAt})`
}

async function readSummary(folder: string): Promise<FoundRun | null> {
  try {
    const run = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Run
    return { folder, run: run.run, createdAt: run.createdAt, agent: run.variant.agent.name }
  } catch {
    return null
  }
}

async function isRunFolder(folder: string): Promise<boolean> {
  return stat(join(folder, 'run.json')).then(
    (entry) => entry.isFile(),
    () => false,
  )
}
