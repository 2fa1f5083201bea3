import { mkdir, readdir, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { dir } from 'tmp-promise'

/** Where prepared fixtures and scratch folders lie: `ASSAY_CACHE_DIR`, else `assay` in the user's cache folder. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.ASSAY_CACHE_DIR) {
    return resolve(env.ASSAY_CACHE_DIR)
  }
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay')
}

/** A private folder that goes when it is disposed, with all in it. */
export interface Scratch extends AsyncDisposable {
  readonly path: string
}

/** Opens a scratch folder below `cache` (a real file system: an overlay's upper folder cannot lie on another overlay or on tmpfs everywhere). */
export async function openScratch(cache: string, purpose: string): Promise<Scratch> {
  const tmpdir = join(cache, 'scratch')
  await mkdir(tmpdir, { recursive: true, mode: 0o700 })
  const { path } = await dir({ tmpdir, prefix: `${process.pid}-${purpose}`, mode: 0o700, unsafeCleanup: true })
  return { path, [Symbol.asyncDispose]: () => remove(path) }
}

/** Opens a folder for unix sockets: the path of a socket has 107 bytes at most, and a user's cache folder may lie deep. */
export async function openSocketFolder(): Promise<Scratch> {
  const { path } = await dir({ prefix: 'assay-', mode: 0o700, unsafeCleanup: true })
  return { path, [Symbol.asyncDispose]: () => remove(path) }
}

/** Removes scratch folders whose process is gone: what a SIGKILL left behind. */
export async function sweepScratch(cache: string): Promise<void> {
  const tmpdir = join(cache, 'scratch')
  const names = await readdir(tmpdir).catch(() => [])
  const stale = names.filter((name) => !isAlive(Number.parseInt(name, 10)))
  await Promise.all(stale.map((name) => remove(join(tmpdir, name))))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// An overlay leaves its work folder with mode 000, which stops a plain removal by an ordinary user.
async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(async () => {
    await execa('chmod', ['-R', 'u+rwX', path], { extendEnv: false, reject: false })
    await rm(path, { recursive: true, force: true, maxRetries: 3 })
  })
}
