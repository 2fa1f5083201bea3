import { lstatSync, readdirSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'

/** Folders whose growth is bound. `baseBytes` is what they hold by right; null: what they hold when the watch begins. */
export interface DiskPlan {
  readonly folders: readonly string[]
  readonly baseBytes: number | null
}

/** Looks at the disk while a command runs. */
export interface DiskWatch {
  exceeded(): boolean
  stop(): void
}

const PAUSE_MS = 150
/** The walk may take a tenth of the time at most: a large tree must not cost the suite its processor. */
const REST_FACTOR = 9
/** An empty file costs an inode, which no count of blocks shows: a million of them once fitted into the limit. */
const LEAST_BYTES = 4096
const POSIX_BLOCK = 512
const SLICE_MS = 4

const statOf = (path: string): Stats | undefined => {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/**
 * One number for each path below `folder`: what it adds. Symlinks are not followed, what vanishes meanwhile is left out. A hole counts as if it were
 * written, and each hard link as a file of its own: whoever takes a snapshot has to read them all.
 */
function* bytesBelow(folder: string): Generator<number> {
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    const stat = statOf(path)
    if (stat === undefined) {
      continue
    }
    yield Math.max(stat.isFile() ? stat.size : 0, stat.blocks * POSIX_BLOCK, LEAST_BYTES)
    if (stat.isDirectory()) {
      yield* bytesBelow(path)
    }
  }
}

/** Bytes of disk that folders take. Ends early above `enough`. Synchronous calls in short slices: ten times cheaper than asynchronous ones. */
const diskUsage = async (folders: readonly string[], enough: number): Promise<number> => {
  let sum = 0
  let until = performance.now() + SLICE_MS
  for (const folder of folders) {
    for (const bytes of bytesBelow(folder)) {
      sum += bytes
      if (sum > enough) {
        return sum
      }
      if (performance.now() > until) {
        await setImmediate()
        until = performance.now() + SLICE_MS
      }
    }
  }
  return sum
}

/** Measures now and again until stopped. What is written and deleted between two looks is not seen. */
export const watchDisk = (plan: DiskPlan, limitBytes: number): DiskWatch => {
  let stopped = false
  let exceeded = false
  const look = async (): Promise<void> => {
    const base = plan.baseBytes ?? (await diskUsage(plan.folders, Number.POSITIVE_INFINITY))
    while (!stopped) {
      const began = performance.now()
      exceeded ||= (await diskUsage(plan.folders, base + limitBytes)) > base + limitBytes
      await sleep(PAUSE_MS + (performance.now() - began) * REST_FACTOR, undefined, { ref: false })
    }
  }
  void look()
  return {
    exceeded: () => exceeded,
    stop: () => {
      stopped = true
    },
  }
}
