import { setTimeout as sleep } from 'node:timers/promises'
import type { Cgroup } from './cgroup.ts'
import { reachedLimit } from './consumption.ts'
import type { DiskWatch } from './disk-watch.ts'
import { descendantsOf, hasInEnvironment, isAlive, listProcesses, type ProcessEntry, readProcess } from './process-table.ts'
import type { Limits } from './sandbox.ts'
import { sendSignal } from './signal.ts'
import type { Tree } from './tree.ts'

/** What a tree of plain host processes is watched by. All of it is optional: a command of our own needs none. */
export interface HostTreePlan {
  readonly limits?: Pick<Limits, 'processes' | 'memoryBytes'>
  readonly cgroup?: Cgroup | null
  readonly disk?: DiskWatch
  /** `NAME=value` in the environment of the first process: finds those that have left its group and its ancestors. */
  readonly marker?: string
  readonly onClose?: () => Promise<void>
}

const GIVE_UP_MS = 5000

/** A killed process stays in its group until it is reaped, which takes the event loop a moment: asked once, the answer was nearly always no. */
async function isGroupGone(group: number): Promise<boolean> {
  for (let pause = 1; pause <= 32; pause *= 2) {
    if (!sendSignal(-group, 0)) {
      return true
    }
    await sleep(pause)
  }
  return false
}

/** A tree without a namespace around it. A daemon that has left group, session, ancestors and environment behind is found in a cgroup only. */
export const hostTree = (plan: HostTreePlan = {}): Tree => {
  let root: number | null = null
  let leader: ProcessEntry | null = null
  let known: readonly ProcessEntry[] = []
  let ended: Promise<void> | null = null

  const members = (thorough: boolean): readonly ProcessEntry[] => {
    if (root === null) {
      return []
    }
    if (plan.cgroup !== undefined && plan.cgroup !== null) {
      return plan.cgroup
        .members()
        .map((pid) => readProcess(pid))
        .filter((entry) => entry !== null)
        .filter(isAlive)
    }
    const first = root
    const all = listProcesses()
    const before = new Set(known.filter(isAlive).map((entry) => entry.pid))
    const { marker } = plan
    const belongs = (entry: ProcessEntry): boolean =>
      entry.group === first ||
      entry.session === first ||
      before.has(entry.pid) ||
      (thorough && marker !== undefined && hasInEnvironment(entry.pid, marker))
    const roots = all.filter((entry) => entry.pid !== process.pid && belongs(entry)).map((entry) => entry.pid)
    known = descendantsOf(all, new Set(leader !== null && isAlive(leader) ? [first, ...roots] : roots))
    return known
  }

  const killAll = async (): Promise<void> => {
    const until = performance.now() + GIVE_UP_MS
    if (root !== null && (leader === null || isAlive(leader))) {
      sendSignal(-root, 'SIGKILL')
    }
    // A command of our own, whose group is empty, has left nothing: reading the whole process table would cost more than it did.
    if (root !== null && plan.limits === undefined && (await isGroupGone(root))) {
      return
    }
    for (let left = members(true); left.length > 0 && performance.now() < until; left = members(true)) {
      // Stopped first: a process that is killed while its siblings still fork is replaced at once.
      for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
        left.forEach((entry) => {
          sendSignal(entry.pid, signal)
        })
      }
      await sleep(2)
    }
  }

  return {
    watchEveryMs: 100,
    started: (pid) => {
      root = pid
      leader = readProcess(pid)
    },
    breached: () => {
      if (plan.disk?.exceeded() === true) {
        return 'diskBytes'
      }
      if (plan.cgroup !== undefined && plan.cgroup !== null) {
        return plan.cgroup.breached()
      }
      return plan.limits === undefined ? null : reachedLimit(members(false), 0, plan.limits)
    },
    end: () => {
      ended ??= killAll()
      return ended
    },
    close: async () => {
      plan.disk?.stop()
      await plan.cgroup?.remove()
      await plan.onClose?.()
    },
  }
}
