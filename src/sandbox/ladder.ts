import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import type { Rung } from './sandbox.ts'
import { type Failure, tryRung } from './try-rung.ts'

/** One rung, really tried: a mount, a spawn, a file read and a file written. `ms` includes all of that. */
export type RungReport =
  | { readonly rung: Rung; readonly works: true; readonly ms: number }
  | { readonly rung: Rung; readonly works: false; readonly call: string; readonly reason: string; readonly fix: string }

/** What to do about a failing call, as a sentence for the person at the terminal. */
export const fixFor = (failure: Failure, platform: NodeJS.Platform): string => {
  const { reason } = failure
  if (platform !== 'linux') {
    return 'This system has no Linux namespaces: run Assay in a Linux container with docker.'
  }
  if (/bwrap was not found/.test(reason)) {
    return 'Install bubblewrap: sudo apt-get install bubblewrap'
  }
  if (/was not found on the PATH/.test(reason)) {
    return 'Install util-linux: sudo apt-get install util-linux'
  }
  if (/unknown option/i.test(reason)) {
    return 'Install bubblewrap 0.8 or newer.'
  }
  if (/No space left on device|ENOSPC/.test(reason)) {
    return 'Allow user namespaces: sudo sysctl -w user.max_user_namespaces=10000'
  }
  if (/(wrong fs type|unknown filesystem|overlay.*(Invalid argument|not supported))/s.test(reason)) {
    return 'Put the scratch folder on ext4, xfs or btrfs (TMPDIR=…); inside a container, on a volume: an overlay cannot lie on an overlay.'
  }
  if (/(Operation not permitted|Permission denied|uid map)/.test(reason)) {
    return 'Allow unprivileged user namespaces: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (in docker: --privileged).'
  }
  return 'Run the call by hand to see more.'
}

const RUNGS: readonly Rung[] = ['overlay+bwrap', 'copy+bwrap', 'none']

/** Tries every rung for real, in folders below `scratchFolder` that are removed afterwards. Never guesses from versions. */
export const tryRungs = async (scratchFolder: string): Promise<readonly RungReport[]> => {
  const reports: RungReport[] = []
  for (const rung of RUNGS) {
    const scratch = await dir({ tmpdir: scratchFolder, prefix: 'assay-rung-', unsafeCleanup: true })
    try {
      await mkdir(join(scratch.path, 'lower'))
      await writeFile(join(scratch.path, 'lower', 'given'), 'word\n')
      const began = performance.now()
      const failure = await tryRung(rung, scratch.path)
      const ms = performance.now() - began
      reports.push(
        failure === null
          ? { rung, works: true, ms }
          : { rung, works: false, call: failure.call, reason: failure.reason, fix: fixFor(failure, process.platform) },
      )
    } finally {
      await scratch.cleanup()
    }
  }
  return reports
}
