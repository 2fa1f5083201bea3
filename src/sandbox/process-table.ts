import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One process as `/proc/PID/stat` tells it (proc_pid_stat(5)). `start` (clock ticks since boot) tells a reused pid from the first one. */
export interface ProcessEntry {
  readonly pid: number
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly session: number
  readonly threads: number
  readonly start: string
  readonly residentBytes: number
}

const AT_PAGESZ = 6n

const readPageSize = (): number => {
  const vector = readFileSync('/proc/self/auxv')
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    if (vector.readBigUInt64LE(at) === AT_PAGESZ) {
      return Number(vector.readBigUInt64LE(at + 8))
    }
  }
  return 4096
}

let pageSize: number | null = null

const pageBytes = (): number => {
  pageSize ??= readPageSize()
  return pageSize
}

/** The process `pid` of a `/proc` folder, or null where there is none (any more). */
export const readProcess = (pid: number, proc = '/proc'): ProcessEntry | null => {
  try {
    const text = readFileSync(join(proc, String(pid), 'stat'), 'latin1')
    // The name stands in brackets and may hold spaces and brackets itself: fields count from the last one.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const number = (index: number): number => Number(fields[index] ?? 0)
    return {
      pid,
      state: fields[0] ?? 'X',
      parent: number(1),
      group: number(2),
      session: number(3),
      threads: number(17),
      start: fields[19] ?? '',
      residentBytes: number(21) * pageBytes(),
    }
  } catch {
    return null
  }
}

const isDead = (entry: ProcessEntry): boolean => entry.state === 'Z' || entry.state === 'X'

/** Whether that very process (not another one with its pid) still runs. A zombie does not. */
export const isAlive = (process: Pick<ProcessEntry, 'pid' | 'start'>): boolean => {
  const now = readProcess(process.pid)
  return now !== null && now.start === process.start && !isDead(now)
}

/** All living processes of a `/proc` folder; none where there is no such folder (macOS, or its namespace has ended). */
export const listProcesses = (proc = '/proc'): readonly ProcessEntry[] => {
  try {
    return readdirSync(proc)
      .filter((name) => /^[0-9]+$/.test(name))
      .map((name) => readProcess(Number(name), proc))
      .filter((entry) => entry !== null)
      .filter((entry) => !isDead(entry))
  } catch {
    return []
  }
}

/** Those of `all` that descend from one of `roots`, the roots included. */
export const descendantsOf = (all: readonly ProcessEntry[], roots: ReadonlySet<number>): readonly ProcessEntry[] => {
  const found = new Set(roots)
  let grown = true
  while (grown) {
    const more = all.filter((entry) => found.has(entry.parent) && !found.has(entry.pid))
    more.forEach((entry) => {
      found.add(entry.pid)
    })
    grown = more.length > 0
  }
  return all.filter((entry) => found.has(entry.pid))
}

/** Whether the process was started with `NAME=value` in its environment; false where that cannot be read. */
export const hasInEnvironment = (pid: number, setting: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(setting)
  } catch {
    return false
  }
}

/** Memory of one process with shared pages divided among those that share them, or null where the kernel does not tell. */
export const proportionalBytes = (pid: number, proc: string): number | null => {
  try {
    const kilobytes = /^Pss:\s+([0-9]+) kB$/m.exec(readFileSync(join(proc, String(pid), 'smaps_rollup'), 'latin1'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
