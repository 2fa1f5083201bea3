import { chmod, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openKeeper } from './keeper.ts'
import type { Command, CommandResult, Rung } from './sandbox.ts'
import { startCommand, type View } from './start-command.ts'

/** The exact call that did not work, and what it said. */
export type Failure = { readonly call: string; readonly reason: string }

const PROBE: Command = {
  argv: ['/bin/sh', '-c', 'read -r word < given && echo "$word" > made'],
  cwd: '.',
  env: {},
  mounts: [],
  limits: { processes: 64, memoryBytes: 2 ** 28, fileBytes: 2 ** 20, diskBytes: 2 ** 24, outputBytes: 2 ** 16, wallMs: 10_000 },
  network: false,
}

const failureOf = (result: CommandResult, call: string): Failure | null => {
  if (result.ended === 'exited' && result.exitCode === 0) {
    return null
  }
  const reason = result.ended === 'not-started' ? result.reason : result.stderr.trim() || `it ended without a word (${result.ended})`
  return { call, reason }
}

const runProbe = async (view: View, made: string, call: string): Promise<Failure | null> => {
  const child = startCommand(view, [], {}, PROBE)
  child.stdin.end()
  const failure = failureOf(await child.result, call)
  if (failure !== null) {
    return failure
  }
  const written = await readFile(made, 'utf8').catch(() => null)
  return written === 'word\n' ? null : { call, reason: 'a file that the command wrote is not where it should be' }
}

const BWRAP = `bwrap --unshare-all --disable-userns --cap-drop ALL … ${PROBE.argv[0]}`

const tryOverlay = async (folder: string): Promise<Failure | null> => {
  const [lower, upper, work, view] = [join(folder, 'lower'), join(folder, 'upper'), join(folder, 'work'), join(folder, 'view')]
  await Promise.all([upper, work, view].map((path) => mkdir(path)))
  const opened = await openKeeper({ lower, upper, work, view })
  if (opened.kind === 'failed') {
    return opened
  }
  await using keeper = opened.keeper
  const failure = await runProbe({ kind: 'kept', keeper }, join(upper, 'made'), `nsenter -t ${keeper.pid} --user --mount ${BWRAP}`)
  // The kernel leaves a folder without any permission here, which only its owner can make removable.
  await chmod(join(work, 'work'), 0o700).catch(() => undefined)
  return failure
}

/** Runs a small command on one rung for real. `folder` holds `lower/given`; null: it works. */
export const tryRung = async (rung: Rung, folder: string): Promise<Failure | null> => {
  const lower = join(folder, 'lower')
  if (rung === 'overlay+bwrap') {
    return tryOverlay(folder)
  }
  const made = join(lower, 'made')
  return rung === 'copy+bwrap'
    ? runProbe({ kind: 'folder', path: lower, boxed: true }, made, BWRAP)
    : runProbe({ kind: 'bare', path: lower }, made, PROBE.argv[0])
}
