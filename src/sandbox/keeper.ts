import { createInterface } from 'node:readline'
import { startChild } from './child.ts'
import { findTool } from './host-tool.ts'
import { hostTree } from './host-tree.ts'
import type { CommandResult } from './sandbox.ts'

/** Absolute paths of one overlay. `view` is an empty folder over which it is mounted, for the keeper and its guests alone. */
export interface OverlayFolders {
  readonly lower: string
  readonly upper: string
  readonly work: string
  readonly view: string
}

/** A small process in a private user and mount namespace that holds an overlay. With its death the kernel drops the mount. */
export interface Keeper extends AsyncDisposable {
  readonly pid: number
  readonly folders: OverlayFolders
  /** The merged tree as this process can read it. */
  readonly hostView: string
}

export type KeeperResult =
  | { readonly kind: 'open'; readonly keeper: Keeper }
  | { readonly kind: 'failed'; readonly call: string; readonly reason: string }

const OPEN_WITHIN_MS = 10_000
const READY = 'assay:ready'
const HOLD = `mount -t overlay overlay -o "$1" "$2" && echo ${READY} && read -r end`

const reasonOf = (result: CommandResult): string => {
  if (result.ended === 'not-started') {
    return result.reason
  }
  return result.stderr.trim() || `it ended without a word (${result.ended})`
}

/**
 * Mounts `lower` below `upper` at `view` in namespaces of its own; needs no root. The lower folder must be owned by the caller and must not change.
 * The keeper reads from a pipe that we hold, so that it ends even when we are killed.
 */
export const openKeeper = async (folders: OverlayFolders): Promise<KeeperResult> => {
  const { lower, upper, work, view } = folders
  const options = `lowerdir=${lower},upperdir=${upper},workdir=${work},userxattr`
  const call = `unshare -Urm mount -t overlay -o ${options} ${view}`
  const strange = [lower, upper, work].find((path) => /[,:\\"\n]/.test(path))
  if (strange !== undefined) {
    return {
      kind: 'failed',
      call,
      reason: `the path ${JSON.stringify(strange)} has a character that overlay options cannot hold (comma, colon, backslash, quote or line break)`,
    }
  }
  const unshare = findTool('unshare')
  if (unshare === null) {
    return { kind: 'failed', call, reason: 'unshare was not found on the PATH' }
  }
  const opening = new AbortController()
  const tree = hostTree()
  let pid: number | null = null
  const child = startChild(
    {
      argv: [unshare, '-Urm', '--propagation', 'private', '/bin/sh', '-c', HOLD, 'sh', options, view],
      cwd: '/',
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
      outputBytes: 100_000,
      // A keeper lives as long as its trial, which has a wall clock of its own.
      wallMs: 2 ** 31 - 1,
      signal: opening.signal,
    },
    {
      ...tree,
      started: (started) => {
        pid = started
        tree.started(started)
      },
    },
  )
  const timer = setTimeout(() => {
    opening.abort()
  }, OPEN_WITHIN_MS)
  const ready = new Promise<boolean>((resolve) => {
    createInterface({ input: child.stdout })
      .once('line', (line) => {
        resolve(line === READY)
      })
      .once('close', () => {
        resolve(false)
      })
  })
  const isReady = await ready
  clearTimeout(timer)
  if (!isReady || pid === null) {
    child.kill()
    return { kind: 'failed', call, reason: reasonOf(await child.result) }
  }
  const keeper: Keeper = {
    pid,
    folders,
    hostView: `/proc/${pid}/root${view}`,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await child.result
    },
  }
  return { kind: 'open', keeper }
}
