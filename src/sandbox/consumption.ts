import { type ProcessEntry, proportionalBytes } from './process-table.ts'
import type { Limits } from './sandbox.ts'

/**
 * Which limit these processes have reached together. `otherBytes` is memory that no process shows, such as files in memory;
 * `proc` is the folder in which their pids are valid.
 */
export const reachedLimit = (
  processes: readonly ProcessEntry[],
  otherBytes: number,
  limits: Pick<Limits, 'processes' | 'memoryBytes'>,
  proc = '/proc',
): 'processes' | 'memoryBytes' | null => {
  if (processes.reduce((sum, entry) => sum + entry.threads, 0) >= limits.processes) {
    return 'processes'
  }
  if (otherBytes + processes.reduce((sum, entry) => sum + entry.residentBytes, 0) < limits.memoryBytes) {
    return null
  }
  // Workers share most of their pages, which the quick sum counts once for each: only a suspicion earns the slow sum.
  const exact = processes.reduce((sum, entry) => sum + (proportionalBytes(entry.pid, proc) ?? entry.residentBytes), 0)
  return otherBytes + exact >= limits.memoryBytes ? 'memoryBytes' : null
}
