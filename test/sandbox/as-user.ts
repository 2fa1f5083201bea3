import { chownSync } from 'node:fs'
import { dir } from 'tmp-promise'
import { startChild } from '../../src/sandbox/child.ts'
import { findTool } from '../../src/sandbox/host-tool.ts'
import { hostTree } from '../../src/sandbox/host-tree.ts'
import type { Told } from './curtain.ts'

const USER = 1000

/** Plays the hogs or the attacks again in a process of an ordinary user (user 1000). Only root can. */
export const playAsUser = async (what: 'hogs' | 'attacks'): Promise<readonly Told[]> => {
  const setpriv = findTool('setpriv')
  if (setpriv === null) {
    throw new Error('setpriv was not found on the PATH: install util-linux')
  }
  const scratch = await dir({ prefix: 'assay-user-', unsafeCleanup: true })
  try {
    chownSync(scratch.path, USER, USER)
    const child = startChild(
      {
        argv: [
          ...([setpriv, '--reuid', String(USER), '--regid', String(USER), '--clear-groups'] as const),
          ...[process.execPath, '--input-type=module', '-e', DRIVER, what, scratch.path],
        ],
        cwd: import.meta.dirname,
        env: { PATH: process.env.PATH ?? '', TMPDIR: scratch.path },
        outputBytes: 2 ** 20,
        wallMs: 120_000,
      },
      hostTree(),
    )
    child.stdin.end()
    const result = await child.result
    if (result.ended !== 'exited' || result.exitCode !== 0) {
      throw new Error(`the driver did not run as user ${USER}: ${JSON.stringify(result)}`)
    }
    return JSON.parse(result.stdout)
  } finally {
    await scratch.cleanup()
  }
}

const DRIVER = `
import { playAttacks, playHogs } from ${JSON.stringify(`${import.meta.dirname}/curtain.ts`)}
const [what, below] = process.argv.slice(1)
const told = what === 'hogs' ? await playHogs('kept', undefined, undefined, below) : await playAttacks('kept', undefined, below)
process.stdout.write(JSON.stringify(told), () => process.exit())
`
