import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { posix, resolve } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { dirSync } from 'tmp-promise'
import { BEGUN, BOX_OVERHEAD, boxTree } from './box-tree.ts'
import { type Cgroup, findCgroupHome, makeCgroup } from './cgroup.ts'
import { startChild } from './child.ts'
import { watchDisk } from './disk-watch.ts'
import { findTool } from './host-tool.ts'
import { hostTree } from './host-tree.ts'
import type { Keeper } from './keeper.ts'
import { type LimitMechanism, limitLines, limitMechanism, processLines } from './limits.ts'
import { ETC_FILES, MEMORY_FOLDERS, roomArguments } from './room.ts'
import type { Command, Mount, Process } from './sandbox.ts'

/**
 * What a command sees as its workspace, one kind a rung. `baseBytes`: what a folder holds before anything is written to it;
 * without it the first look of the disk watch decides.
 */
export type View =
  | { readonly kind: 'kept'; readonly keeper: Keeper }
  | { readonly kind: 'folder'; readonly path: string; readonly boxed: true; readonly baseBytes?: number }
  | { readonly kind: 'bare'; readonly path: string; readonly baseBytes?: number }

const HARNESS = resolve(import.meta.dirname, '..', '..')

const DEFAULTS = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/home/agent', LANG: 'C.UTF-8' } as const

const ENTER = 'while [ "$1" != -- ]; do echo 0 > "$1" || exit 1; shift; done; shift'

const notStarted = (reason: string): Process => ({
  stdin: new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  }),
  stdout: Readable.from([]),
  result: Promise.resolve({ ended: 'not-started', reason, stdout: '', stderr: '', ms: 0 }),
  kill: () => undefined,
})

const cgroupFor = (command: Command, mechanism: LimitMechanism, overhead: number): Cgroup | null => {
  const home = mechanism === 'cgroup v1' || mechanism === 'cgroup v2' ? findCgroupHome() : null
  return home === null ? null : makeCgroup(home, command.limits, overhead)
}

/** Folders that the command may write to beside its workspace count as well: one of them once took 2.4 GB from the host. */
const diskOf = (view: View, { limits, mounts }: Command) => {
  const shared = mounts.filter(({ writable }) => writable).map(({ source }) => source)
  return watchDisk(
    view.kind === 'kept'
      ? { folders: [view.keeper.folders.upper, ...shared], baseBytes: 0 }
      : { folders: [view.path, ...shared], baseBytes: view.baseBytes ?? null },
    limits.diskBytes,
  )
}

interface Plan {
  readonly toolchains: readonly Mount[]
  readonly env: Readonly<Record<string, string>>
  readonly command: Command
  readonly signal: AbortSignal | undefined
  readonly mechanism: LimitMechanism
}

const startBare = (view: Extract<View, { kind: 'bare' }>, plan: Plan): Process => {
  const { command, mechanism } = plan
  const cgroup = cgroupFor(command, mechanism, 0)
  const home = dirSync({ prefix: 'assay-home-' }).name
  const marker = `ASSAY_COMMAND=${randomBytes(12).toString('hex')}`
  const [name = '', nonce = ''] = marker.split('=')
  const script = [ENTER, ...limitLines(command.limits, mechanism), 'exec "$@"'].join('\n')
  return startChild(
    {
      argv: ['/bin/sh', '-c', script, 'sh', ...(cgroup?.entrances ?? []), '--', ...command.argv],
      cwd: posix.join(view.path, command.cwd),
      env: { ...DEFAULTS, HOME: home, ...plan.env, ...command.env, [name]: nonce },
      outputBytes: command.limits.outputBytes,
      wallMs: command.limits.wallMs,
      signal: plan.signal,
    },
    hostTree({
      limits: command.limits,
      cgroup,
      disk: diskOf(view, command),
      marker,
      onClose: () => rm(home, { recursive: true, force: true }),
    }),
  )
}

/** Heredocs, because bubblewrap copies small files from descriptors: nothing of the host's file system shows in the mount table for them. */
const ETC_LINES = Object.values(ETC_FILES).map(({ fd, text }) => `exec ${fd}<<'END'\n${text}END`)

const startBoxed = (view: Extract<View, { kind: 'kept' | 'folder' }>, plan: Plan): Process => {
  const { command, mechanism } = plan
  const [bwrap, nsenter] = [findTool('bwrap'), findTool('nsenter')]
  if (bwrap === null || (view.kind === 'kept' && nsenter === null)) {
    return notStarted(`${bwrap === null ? 'bwrap' : 'nsenter'} was not found on the PATH`)
  }
  const room = roomArguments({
    workspace: view.kind === 'kept' ? view.keeper.folders.view : view.path,
    cwd: command.cwd,
    mounts: [...plan.toolchains, ...command.mounts],
    env: { ...DEFAULTS, ...plan.env, ...command.env },
    network: command.network,
    limits: command.limits,
    hidden: [HARNESS],
  })
  const cgroup = cgroupFor(command, mechanism, BOX_OVERHEAD)
  const { tree, side } = boxTree(
    { limits: command.limits, cgroup, disk: diskOf(view, command), memoryFolders: MEMORY_FOLDERS },
    Buffer.from(room.map((argument) => `${argument}\0`).join('')),
  )
  const enter =
    view.kind === 'kept' && nsenter !== null
      ? [nsenter, '-t', String(view.keeper.pid), '--user', '--mount', '--preserve-credentials', '--']
      : []
  const outer = [ENTER, ...limitLines(command.limits, mechanism), 'exec 9>&3', ...ETC_LINES, 'exec "$@"'].join('\n')
  const inner = [...processLines(command.limits, mechanism), `echo ${BEGUN} >&9`, 'exec 9>&-', 'exec "$@"'].join('\n')
  return startChild(
    {
      argv: [
        ...(['/bin/sh', '-c', outer, 'sh', ...(cgroup?.entrances ?? []), '--', ...enter] as const),
        ...[bwrap, '--json-status-fd', '3', '--args', '4', '--', '/bin/sh', '-c', inner, 'sh', ...command.argv],
      ],
      cwd: '/',
      env: {},
      outputBytes: command.limits.outputBytes,
      wallMs: command.limits.wallMs,
      signal: plan.signal,
      side,
    },
    tree,
  )
}

/**
 * Starts a command on one of the three rungs of the ladder. Its standard input stays open until the caller ends it.
 * Inside the two boxed ones: `/usr` of the host read-only, a small `/etc`, `/workspace`, `toolchains` read-only at their own paths, the command's mounts,
 * empty `/tmp` and `/home/agent` in memory; no other path, process, user or (unless asked for) network of the host.
 * On `bare` mounts are not shown and nothing is hidden: only what is ours may run there.
 * `processes` counts threads too, as the kernel does. `mechanism` is for tests: this host's best by default.
 */
export const startCommand = (
  view: View,
  toolchains: readonly Mount[],
  env: Readonly<Record<string, string>>,
  command: Command,
  signal?: AbortSignal,
  mechanism: LimitMechanism = limitMechanism(),
): Process => {
  const cwd = posix.normalize(command.cwd)
  if (posix.isAbsolute(cwd) || cwd === '..' || cwd.startsWith('../')) {
    return notStarted(`the folder ${JSON.stringify(command.cwd)} is not below the workspace`)
  }
  const plan: Plan = { toolchains: toolchains.map((mount) => ({ ...mount, writable: false })), env, command, signal, mechanism }
  try {
    return view.kind === 'bare' ? startBare(view, plan) : startBoxed(view, plan)
  } catch (error) {
    return notStarted(error instanceof Error ? error.message : String(error))
  }
}
