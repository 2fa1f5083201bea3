import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execaSync } from 'execa'
import type { Limits } from './sandbox.ts'

/** Folders of the cgroup file system in which groups of our own can be made; with version 2 both are the same. */
export interface CgroupHome {
  readonly version: 1 | 2
  readonly pids: string
  readonly memory: string
}

/** One command's group. What runs in it is bound by the kernel. */
export interface Cgroup {
  /** Files that a process writes `0` to in order to enter the group. */
  readonly entrances: readonly string[]
  /** Which limit the kernel has enforced so far. */
  breached(): 'processes' | 'memoryBytes' | null
  members(): readonly number[]
  /** Call it when no member is alive. */
  remove(): Promise<void>
}

interface Hierarchy {
  readonly mountPoint: string
  readonly root: string
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Mounted cgroup hierarchies, in the format of `/proc/PID/mountinfo` (proc_pid_mountinfo(5)). */
const hierarchiesIn = (mountinfo: string, type: 'cgroup' | 'cgroup2', controller: string): readonly Hierarchy[] =>
  mountinfo.split('\n').flatMap((line) => {
    const [mount = '', source = ''] = line.split(' - ')
    const [, , , root = '', mountPoint = ''] = mount.split(' ')
    const [found = '', , options = ''] = source.split(' ')
    const fits = found === type && (type === 'cgroup2' || options.split(',').includes(controller))
    return fits ? [{ mountPoint, root }] : []
  })

const ownGroup = (membership: string, controller: string): string | null => {
  const lines = membership.split('\n').map((line) => line.split(':'))
  return (
    lines
      .find(([, names = '']) => names.split(',').includes(controller))
      ?.slice(2)
      .join(':') ?? null
  )
}

const folderOf = (hierarchy: Hierarchy, group: string): string => {
  const inside = hierarchy.root !== '/' && group.startsWith(hierarchy.root) ? group.slice(hierarchy.root.length) : group
  return resolve(hierarchy.mountPoint, `.${inside}`)
}

/** Where groups might be made, best first: from `/proc/self/mountinfo` and `/proc/self/cgroup`. To be tried, not trusted. */
export const cgroupCandidates = (mountinfo: string, membership: string): readonly CgroupHome[] => {
  const unified = ownGroup(membership, '')
  const second = hierarchiesIn(mountinfo, 'cgroup2', '').flatMap((hierarchy): CgroupHome[] => {
    const own = unified === null ? hierarchy.mountPoint : folderOf(hierarchy, unified)
    // A group with processes in it (ours) gives no controllers to its children: the parent may.
    return [own, dirname(own)]
      .filter((folder) => folder.startsWith(hierarchy.mountPoint))
      .map((folder) => ({ version: 2, pids: folder, memory: folder }))
  })
  const first = (controller: string): string | null => {
    const hierarchy = hierarchiesIn(mountinfo, 'cgroup', controller)[0]
    const group = ownGroup(membership, controller)
    return hierarchy === undefined || group === null ? null : folderOf(hierarchy, group)
  }
  const [pids, memory] = [first('pids'), first('memory')]
  return [...second, ...(pids !== null && memory !== null ? [{ version: 1, pids, memory } as const] : [])]
}

const foldersOf = (home: CgroupHome, name: string): readonly string[] => [...new Set([join(home.pids, name), join(home.memory, name)])]

const bind = (home: CgroupHome, name: string, processes: number, memoryBytes: number): void => {
  writeFileSync(join(home.pids, name, 'pids.max'), String(processes))
  const memory = join(home.memory, name)
  if (home.version === 2) {
    writeFileSync(join(memory, 'memory.max'), String(memoryBytes))
  } else {
    writeFileSync(join(memory, 'memory.limit_in_bytes'), String(memoryBytes))
  }
  // Without this a hog moves to swap and slows the machine down instead of reaching its limit. Kernels without swap lack the file.
  const [swap, most] = home.version === 2 ? ['memory.swap.max', 0] : ['memory.memsw.limit_in_bytes', memoryBytes]
  if (existsSync(join(memory, swap))) {
    writeFileSync(join(memory, swap), String(most))
  }
}

/** False while the kernel still takes dead members out (EBUSY). */
const removeNow = (folder: string): boolean => {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return !existsSync(folder)
  }
}

const removeFolders = async (folders: readonly string[]): Promise<void> => {
  let left = folders.filter((folder) => !removeNow(folder))
  for (let pause = 1; pause < 1000 && left.length > 0; pause *= 2) {
    await sleep(pause)
    left = left.filter((folder) => !removeNow(folder))
  }
}

const counted = (file: string, key: string): number => Number(new RegExp(`^${key} ([0-9]+)$`, 'm').exec(read(file))?.[1] ?? 0)

/**
 * Makes a group with the limits on processes and memory in force. Throws where the kernel refuses.
 * `overhead` is the number of our own processes that will be in the group beside the command.
 */
export const makeCgroup = (home: CgroupHome, limits: Pick<Limits, 'processes' | 'memoryBytes'>, overhead: number): Cgroup => {
  const name = `assay-${process.pid}-${randomBytes(6).toString('hex')}`
  const folders = foldersOf(home, name)
  try {
    folders.forEach((folder) => {
      mkdirSync(folder)
    })
    bind(home, name, limits.processes + overhead, limits.memoryBytes)
  } catch (error) {
    void removeFolders(folders)
    throw error
  }
  const events = home.version === 2 ? 'memory.events' : 'memory.oom_control'
  return {
    entrances: folders.map((folder) => join(folder, 'cgroup.procs')),
    breached: () => {
      if (counted(join(home.memory, name, events), 'oom_kill') > 0) {
        return 'memoryBytes'
      }
      return counted(join(home.pids, name, 'pids.events'), 'max') > 0 ? 'processes' : null
    },
    members: () =>
      read(join(home.pids, name, 'cgroup.procs'))
        .split('\n')
        .filter((line) => line !== '')
        .map(Number),
    remove: () => removeFolders(folders),
  }
}

const works = (home: CgroupHome): boolean => {
  const probe = `assay-${process.pid}-${randomBytes(6).toString('hex')}`
  const folders = foldersOf(home, probe)
  try {
    folders.forEach((folder) => {
      mkdirSync(folder)
    })
    bind(home, probe, 8, 64 * 2 ** 20)
    const enter = 'for file do echo 0 > "$file" || exit 1; done; exec cat /proc/self/cgroup'
    const entered = execaSync('/bin/sh', ['-c', enter, 'sh', ...folders.map((folder) => join(folder, 'cgroup.procs'))], {
      env: { PATH: '/usr/bin:/bin' },
      extendEnv: false,
      reject: false,
    })
    return entered.exitCode === 0 && entered.stdout.split(probe).length > folders.length
  } catch {
    return false
  } finally {
    void removeFolders(folders)
  }
}

/** Empty groups of harnesses that were killed. Groups with members cannot be removed, so that nobody's work is in danger. */
const sweep = (home: CgroupHome): void => {
  for (const folder of new Set([home.pids, home.memory])) {
    const dead = readdirSync(folder).filter((name) => {
      const owner = /^assay-([0-9]+)-/.exec(name)?.[1]
      return owner !== undefined && !existsSync(`/proc/${owner}`)
    })
    dead.forEach((name) => {
      removeNow(join(folder, name))
    })
  }
}

let tried: CgroupHome | null | undefined

/** Where groups can be made on this host, found once by really making one and entering it; null where none can. */
export const findCgroupHome = (): CgroupHome | null => {
  if (tried === undefined) {
    tried = cgroupCandidates(read('/proc/self/mountinfo'), read('/proc/self/cgroup')).find(works) ?? null
    if (tried !== null) {
      sweep(tried)
    }
  }
  return tried
}
