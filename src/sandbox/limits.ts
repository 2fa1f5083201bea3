import { findCgroupHome } from './cgroup.ts'
import type { Limits } from './sandbox.ts'

/**
 * What binds processes and memory here: groups of the kernel, else the limits of an ordinary user's processes, else only the watchdog
 * (which counts in any case where no group does). For root without groups the kernel enforces no limit on processes.
 */
export type LimitMechanism = 'cgroup v2' | 'cgroup v1' | 'rlimit' | 'watchdog'

/** Found once by trying. */
export const limitMechanism = (): LimitMechanism => {
  const home = findCgroupHome()
  if (home !== null) {
    return `cgroup v${home.version}`
  }
  return process.getuid?.() === 0 ? 'watchdog' : 'rlimit'
}

const POSIX_BLOCK = 512
/** Programs ask for more writable address space than they touch; this bounds what the watchdog cannot see in time. */
const ADDRESS_FACTOR = 4

/** Shell lines that bind the shell and all that it becomes. A host that allows less keeps its own limit. */
export const limitLines = (limits: Limits, mechanism: LimitMechanism): readonly string[] => {
  const tried = (line: string): string => `ulimit ${line} 2>/dev/null || :`
  return [
    tried('-c 0'),
    tried(`-f ${Math.max(1, Math.floor(limits.fileBytes / POSIX_BLOCK))}`),
    ...(mechanism === 'rlimit' || mechanism === 'watchdog' ? [tried(`-d ${Math.ceil((limits.memoryBytes * ADDRESS_FACTOR) / 1024)}`)] : []),
  ]
}

/** To be said inside the sandbox's own user namespace: outside of it the user's other processes would be counted too. */
export const processLines = (limits: Limits, mechanism: LimitMechanism): readonly string[] => {
  // Room above the limit: a shell that may not fork gives up before the watchdog has seen it at its limit.
  const most = limits.processes * 2 + 16
  // bash says -u, dash and busybox say -p (which is the pipe size to bash).
  return mechanism === 'rlimit' ? [`ulimit -u ${most} 2>/dev/null || ulimit -p ${most} 2>/dev/null || :`] : []
}
