import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * How far an attempt got, told by what lies in its folder. `none`: nothing does. `partial`: the agent was still at work.
 * `sealed`: what the agent did is safe, suites and grading are left. `collected`: only grading is left.
 */
export type AttemptState = 'none' | 'partial' | 'sealed' | 'collected'

/** Written last of what the agent did: after `transcript.jsonl` and `objects.pack`, all synced. */
export const SEAL = 'agent.json'

/** Written last of what suites and probes told. */
export const COLLECTED = 'evidence.json'

/** The folder of one attempt inside a run's folder: `trials/FIXTURE/TASK/K/ATTEMPT`. */
export function attemptFolder(runFolder: string, trial: { readonly task: string; readonly k: number; readonly attempt: number }): string {
  return join(runFolder, 'trials', ...trial.task.split('/'), String(trial.k), String(trial.attempt))
}

/** How far the attempt in `folder` got. */
export async function attemptState(folder: string): Promise<AttemptState> {
  const names = new Set(
    await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return []
      }
      throw error
    }),
  )
  if (names.size === 0) {
    return 'none'
  }
  if (!names.has(SEAL)) {
    return 'partial'
  }
  return names.has(COLLECTED) ? 'collected' : 'sealed'
}

/**
 * Moves an attempt that was cut short out of the way of the next, to `ATTEMPT~interrupted-N` beside it, and returns the new path.
 * It is never deleted: its transcript tells what was paid.
 */
export async function setAsideInterrupted(folder: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const aside = `${folder}~interrupted-${n}`
    if (!(await exists(aside))) {
      await rename(folder, aside)
      await syncFolder(dirname(folder))
      return aside
    }
  }
}

/** Writes a file so that it is there whole or not at all, and stays after a power cut: a temporary file, synced, renamed, the folder synced. Makes the folder where it is absent. */
export async function writeSealed(folder: string, name: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `.${basename(name)}.${randomUUID()}`)
  try {
    const file = await open(draft, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, join(folder, name))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/** Makes the names in a folder (files made, renamed, removed) stay after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
