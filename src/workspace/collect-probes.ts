import { posix } from 'node:path'
import { factsOfFixture } from '../evidence/assemble.ts'
import { matcher } from '../evidence/glob.ts'
import type { Probe, ProbeCommand, ProbeName } from '../evidence/probe.ts'
import type { Limits } from '../sandbox/sandbox.ts'
import { roomOfProbes } from './clean-room.ts'
import { type CollectPlan, type CollectVoid, contents } from './grading-run.ts'
import { openWorkspace } from './open-workspace.ts'
import { exitOf } from './suite-run.ts'
import type { Workspace } from './workspace.ts'

export type Probed = { readonly kind: 'probed'; readonly probes: readonly Probe[] } | CollectVoid

/** What one probe may use up. */
const probeLimits: Limits = {
  processes: 64,
  memoryBytes: 1024 ** 3,
  fileBytes: 64 * 1024 ** 2,
  diskBytes: 256 * 1024 ** 2,
  outputBytes: 4 * 1024 ** 2,
  wallMs: 60_000,
}

/** Files that one command is given at most: with more, what it says is not asked for. */
const MOST_FILES = 2000

interface Asked {
  readonly name: ProbeName
  readonly how: ProbeCommand
  /** Changed files that it is about, by the side on which they are there. */
  readonly result: readonly string[]
  readonly base: readonly string[]
}

/**
 * Runs the probes of `wanted` that the fixture declares and the changes concern: all of them in one clean room on what the agent left, and those that ended
 * badly in another on the base, so that what was there before can be told. A probe that cannot run is evidence too; nothing is run where nothing was changed.
 */
export async function collectProbes(plan: CollectPlan, wanted: readonly ProbeName[]): Promise<Probed> {
  const asked = askedOf(plan, wanted)
  if (asked.length === 0) {
    return { kind: 'probed', probes: [] }
  }
  const facts = {
    fixture: factsOfFixture(plan.prepared.fixture, plan.stack),
    task: plan.task,
    base: plan.prepared.base.keys(),
    ours: [],
  }
  const config = asked.flatMap(({ how }) => how.config)
  const room = roomOfProbes(plan.changes, facts, config)
  const ready = await contents(plan, room)
  if (ready.kind === 'void') {
    return ready
  }
  const after = await inOneRoom(plan, asked, 'result', async (workspace) => workspace.install(ready.files))
  if (after.kind === 'void') {
    return after
  }
  const unclean = asked.filter(({ name }) => after.probes.some((probe) => probe.name === name && !isClean(probe)))
  if (unclean.length === 0) {
    return after
  }
  const before = await inOneRoom(plan, unclean, 'base', async () => undefined)
  return before.kind === 'void' ? before : { kind: 'probed', probes: [...after.probes, ...before.probes] }
}

function askedOf({ changes, prepared, stack }: CollectPlan, wanted: readonly ProbeName[]): readonly Asked[] {
  const isLitter = matcher([...stack.litter, ...stack.dependencies])
  const own = changes.filter(({ path }) => !isLitter(path))
  return wanted.flatMap((name): readonly Asked[] => {
    const how = prepared.fixture.probes[name]
    const isConcerned = matcher(how?.files ?? [])
    const concerned = own.filter(({ path }) => isConcerned(path))
    if (how === undefined || concerned.length === 0 || concerned.length > MOST_FILES) {
      return []
    }
    const sides = {
      result: concerned.filter((change) => change.kind !== 'deleted' && change.now.type === 'file'),
      base: concerned.filter((change) => change.kind !== 'added' && change.base.type === 'file'),
    }
    return [{ name, how, result: sides.result.map(({ path }) => path).toSorted(), base: sides.base.map(({ path }) => path).toSorted() }]
  })
}

async function inOneRoom(
  plan: CollectPlan,
  asked: readonly Asked[],
  on: Probe['on'],
  furnish: (workspace: Workspace) => Promise<void>,
): Promise<Probed> {
  const { prepared, rung, scratch, blobs } = plan
  const runnable = asked.filter((one) => one[on].length > 0 || !one.how.command.includes('{files}'))
  if (runnable.length === 0) {
    return { kind: 'probed', probes: [] }
  }
  const opened = await openWorkspace(prepared, { rung, scratch, blobs })
  if (opened.kind === 'failed') {
    return { kind: 'void', cause: 'workspace', message: `${opened.call}: ${opened.reason}` }
  }
  await using workspace = opened.workspace
  await furnish(workspace)
  const probes: Probe[] = []
  for (const one of runnable) {
    const probe = await runProbe(plan, workspace, one, on)
    if (probe.exit.ended === 'aborted') {
      return { kind: 'void', cause: 'interrupted', message: `The probe ${one.name} was interrupted.` }
    }
    probes.push(probe)
  }
  return { kind: 'probed', probes }
}

async function runProbe(plan: CollectPlan, workspace: Workspace, { name, how, ...sides }: Asked, on: Probe['on']): Promise<Probe> {
  const { command, folder, reads, finds } = how
  const files = sides[on]
  const given = files.map((path) => posix.relative(folder ?? '.', path))
  // The files stand behind a script of their own, so no name of a file is ever read by the shell, nor as an option.
  const argv = ['sh', '-c', command.replaceAll('{files}', '"$@"'), 'sh', ...given.map((path) => (/^[-@]/.test(path) ? `./${path}` : path))]
  const result = await workspace.run(
    {
      argv: argv as [string, ...string[]],
      cwd: folder ?? '.',
      env: { PYTHONDONTWRITEBYTECODE: '1', LANG: 'C.UTF-8' },
      mounts: [],
      limits: probeLimits,
      network: false,
    },
    plan.signal,
  )
  return {
    name,
    on,
    command,
    ...(folder !== undefined && { folder }),
    reads,
    ...(finds !== undefined && { finds }),
    files,
    exit: exitOf(result),
    ms: result.ms,
    output: await plan.blobs.put(Buffer.from(result.stdout)),
    errors: await plan.blobs.put(Buffer.from(result.stderr)),
  }
}

function isClean({ exit }: Probe): boolean {
  return exit.ended === 'exited' && exit.exitCode === 0
}
