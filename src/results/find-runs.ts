import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
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

/** The runs in a results folder, the two arms of each comparison too, newest first. Folders that are no run, or whose run.json cannot be read, are left out. */
export async function listRuns(resultsFolder: string): Promise<readonly FoundRun[]> {
  const folders = await ulidFolders(resultsFolder)
  const arms = await Promise.all(folders.map(async (folder) => ((await isFile(join(folder, COMPARISON))) ? ulidFolders(folder) : [])))
  const runs = await Promise.all([...folders, ...arms.flat()].map((folder) => readSummary(folder)))
  return runs.filter((run) => run !== null).toSorted((a, b) => (a.run < b.run ? 1 : -1))
}

/** Names a folder that holds two runs, of which the trials are interleaved. */
export const COMPARISON = 'comparison.json'

/** The folder of the comparison that a person means: its ULID or the beginning of one, a path to it, or to one of its runs; `last` where nothing is newer. Null for anything else. */
export async function findComparison(resultsFolder: string, meant: string): Promise<string | null> {
  const folders = (await ulidFolders(resultsFolder)).toSorted()
  const path = resolve(meant)
  const named =
    meant === 'last' ? folders.slice(-1) : meant === '' ? [] : folders.filter((folder) => basename(folder).startsWith(meant.toUpperCase()))
  const found = await findRun(resultsFolder, meant)
  const around = found.kind === 'found' ? [dirname(found.folder)] : []
  for (const folder of [...(named.length === 1 ? named : []), ...around, path]) {
    if (await isFile(join(folder, COMPARISON))) {
      return folder
    }
  }
  return null
}

async function ulidFolders(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return []
    }
    throw error
  })
  return names.filter((name) => isValid(name)).map((name) => join(folder, name))
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
  if (await isFile(join(resolve(meant), 'run.json'))) {
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

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
}
