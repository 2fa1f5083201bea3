import { readlinkSync, statfsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cgroup } from './cgroup.ts'
import type { SidePipes } from './child.ts'
import { reachedLimit } from './consumption.ts'
import type { DiskWatch } from './disk-watch.ts'
import { descendantsOf, isAlive, listProcesses, type ProcessEntry, readProcess } from './process-table.ts'
import type { Limits } from './sandbox.ts'
import { sendSignal } from './signal.ts'
import type { Tree } from './tree.ts'

/** What a sandboxed tree is bound by. Without a cgroup the processes are counted from outside. */
export interface BoxTreePlan {
  readonly limits: Limits
  readonly cgroup: Cgroup | null
  readonly disk: DiskWatch
  /** Where the sandbox has file systems in memory: their content is memory too. */
  readonly memoryFolders: readonly string[]
}

/** The word that the innermost shell writes to the side pipe just before it becomes the command. */
export const BEGUN = 'assay:begun'

/** Our own processes inside the tree: bubblewrap itself and its process 1. */
export const BOX_OVERHEAD = 2

const GIVE_UP_MS = 5000

const pidNamespace = (pid: number): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`)
  } catch {
    return null
  }
}

/** A tree inside a process namespace: when its process 1 is dead the kernel has ended every member, daemons included. */
export const boxTree = (plan: BoxTreePlan, input: Uint8Array): { readonly tree: Tree; readonly side: SidePipes } => {
  let told = ''
  let outer: ProcessEntry | null = null
  let first: ProcessEntry | null = null
  let ended: Promise<void> | null = null

  const begun = (): boolean => told.includes(BEGUN)

  const heard = (text: string): void => {
    told += text
    const pid = /"child-pid": ([0-9]+)/.exec(told)?.[1]
    const namespace = /"pid-namespace": ([0-9]+)/.exec(told)?.[1]
    const entry = pid === undefined || first !== null ? null : readProcess(Number(pid))
    // By the time that we hear of it the sandbox may have ended and its pid may be another program's.
    if (entry !== null && (entry.parent === outer?.pid || pidNamespace(entry.pid) === `pid:[${namespace}]`)) {
      first = entry
    }
  }

  const insideBytes = (box: ProcessEntry): number =>
    plan.memoryFolders.reduce((sum, folder) => {
      try {
        const stat = statfsSync(`/proc/${box.pid}/root${folder}`)
        return sum + (stat.blocks - stat.bfree) * stat.bsize
      } catch {
        return sum
      }
    }, 0)

  const counted = (box: ProcessEntry): 'processes' | 'memoryBytes' | null => {
    const proc = `/proc/${box.pid}/root/proc`
    const all = listProcesses(proc).filter((entry) => entry.pid !== 1)
    return reachedLimit(all, insideBytes(box), plan.limits, proc)
  }

  const killOuter = (root: number): readonly ProcessEntry[] => {
    // Stopped before it is killed: bubblewrap may be about to make the namespace, which nobody would then own.
    sendSignal(root, 'SIGSTOP')
    const children = descendantsOf(listProcesses(), new Set([root]))
    sendSignal(-root, 'SIGKILL')
    return children
  }

  const killAll = async (): Promise<void> => {
    const box = [...(outer !== null && isAlive(outer) ? killOuter(outer.pid) : []), ...(first === null ? [] : [first])]
    const until = performance.now() + GIVE_UP_MS
    for (let left = box.filter(isAlive); left.length > 0 && performance.now() < until; left = box.filter(isAlive)) {
      left.forEach((entry) => {
        sendSignal(entry.pid, 'SIGKILL')
      })
      await sleep(1)
    }
  }

  const tree: Tree = {
    // Where the kernel does not bind it, a fork bomb doubles every few milliseconds: after 100 of them the watch no longer got to run.
    watchEveryMs: plan.cgroup === null ? 25 : 100,
    started: (pid) => {
      outer = readProcess(pid)
    },
    breached: () => {
      if (plan.disk.exceeded()) {
        return 'diskBytes'
      }
      if (plan.cgroup !== null) {
        return plan.cgroup.breached()
      }
      // Until the command begins the namespace still shows the host's own processes.
      return first === null || !begun() ? null : counted(first)
    },
    end: () => {
      ended ??= killAll()
      return ended
    },
    close: async () => {
      plan.disk.stop()
      await plan.cgroup?.remove()
    },
  }
  return { tree, side: { input, onOutput: heard, begun } }
}
