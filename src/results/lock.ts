import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Who holds a lock. `start` (clock ticks since boot) and `boot` tell a process from a later one of the same number; null where the system does not tell. */
interface Holder {
  readonly pid: number
  readonly host: string
  readonly start: string | null
  readonly boot: string | null
}

/** `held`: another process works on the folder, or one on another host that cannot be asked. `file` may be deleted by a person who knows better. */
export type LockAnswer =
  | { readonly kind: 'taken'; readonly release: () => Promise<void> }
  | { readonly kind: 'held'; readonly pid: number; readonly host: string; readonly file: string }

/**
 * Takes the lock of a folder, from a dead process too. Locks are numbered and the highest is the one that holds: a taker makes the next number with `link`,
 * which one process alone can do, so two that find the same dead holder cannot both succeed it.
 */
export async function takeLock(folder: string): Promise<LockAnswer> {
  const draft = join(folder, `lock.draft-${randomUUID()}`)
  await writeFile(draft, JSON.stringify(await holderOfThisProcess()))
  try {
    for (;;) {
      const answer = await tryOnce(folder, draft)
      if (answer !== 'again') {
        return answer
      }
    }
  } finally {
    await rm(draft, { force: true })
  }
}

async function tryOnce(folder: string, draft: string): Promise<LockAnswer | 'again'> {
  const found = await lockNumbers(folder)
  const highest = found.at(-1) ?? 0
  if (highest > 0) {
    const file = join(folder, `lock.${highest}`)
    const holder = await readHolder(file)
    if (holder !== null && (await mayBeAlive(holder))) {
      return { kind: 'held', pid: holder.pid, host: holder.host, file }
    }
  }
  const mine = join(folder, `lock.${highest + 1}`)
  const linked = await link(draft, mine).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') {
        return false
      }
      throw error
    },
  )
  if (!linked) {
    return 'again'
  }
  // A taker that slept between reading and linking may have made a number that others have passed since.
  if ((await lockNumbers(folder)).at(-1) !== highest + 1) {
    await rm(mine, { force: true })
    return 'again'
  }
  await Promise.all(found.map((number) => rm(join(folder, `lock.${number}`), { force: true })))
  return { kind: 'taken', release: () => rm(mine, { force: true }) }
}

async function lockNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder)
  return names.flatMap((name) => (/^lock\.\d+$/.test(name) ? [Number(name.slice(5))] : [])).toSorted((a, b) => a - b)
}

/** Null where the file is gone or, after a power cut, empty: nobody alive wrote it, since a lock appears whole. */
async function readHolder(file: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isHolder(value) ? value : null
  } catch {
    return null
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' && 'host' in value
}

async function mayBeAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) {
    return true
  }
  if (holder.boot !== (await bootId())) {
    return false
  }
  if (holder.start === null) {
    return answersSignals(holder.pid)
  }
  return holder.start === (await startOf(holder.pid))
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function holderOfThisProcess(): Promise<Holder> {
  return { pid: process.pid, host: hostname(), start: await startOf(process.pid), boot: await bootId() }
}

/** The start time of a process in clock ticks since boot (field 22 of /proc/PID/stat, see proc(5)); null where there is no such process, or only its zombie. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // The second field is the program's name in brackets, and may itself hold blanks and brackets.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
}

async function bootId(): Promise<string | null> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null)
  return id?.trim() ?? null
}
