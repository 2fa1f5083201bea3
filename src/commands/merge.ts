import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { plural } from '../report/figures.ts'
import { findRun } from '../results/find-runs.ts'
import { mergeRuns, type RunPart } from '../results/merge.ts'
import { syncFolder, writeSealed } from '../results/phases.ts'
import { openRun } from '../results/store.ts'
import { render, storeReport, summariseRun, wantsColour } from './show-report.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

interface OpenPart extends RunPart {
  readonly folder: string
}

/** Joins the shards of one run into `OUT/RUN`, trials with all their evidence; mixed inputs are refused by name, and nothing is written. */
export async function merge(
  names: readonly string[],
  options: { readonly out: string; readonly json: boolean },
  io: TerminalIo,
): Promise<ExitCode> {
  const out = resolve(io.root, options.out)
  const opened = await Promise.all(names.map((name) => openPart(name, out, io)))
  const bad = opened.flatMap((part) => (typeof part === 'string' ? [part] : []))
  const parts = opened.flatMap((part) => (typeof part === 'string' ? [] : [part]))
  if (bad.length > 0) {
    return refuse(io, bad.join('\n'))
  }
  const merged = mergeRuns(parts)
  if (merged.kind === 'bad') {
    return refuse(io, merged.problems.join('\n'))
  }
  const folder = join(out, merged.run.run)
  if (await exists(folder)) {
    return refuse(io, `${relative(io.root, folder)} exists already; merge into another folder with --out DIR.`)
  }
  const draft = join(out, `.merging-${merged.run.run}`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  for (const part of parts) {
    await copyIfThere(join(part.folder, 'agent.md'), join(draft, 'agent.md'))
    await copyIfThere(join(part.folder, 'trials'), join(draft, 'trials'))
  }
  await writeSealed(draft, 'run.json', `${JSON.stringify(merged.run, null, 2)}\n`)
  await writeSealed(draft, 'trials.jsonl', merged.trials.map((trial) => `${JSON.stringify(trial)}\n`).join(''))
  // Under its own name it is there whole, or not at all.
  await rename(draft, folder)
  await syncFolder(out)
  const summary = await summariseRun(folder, merged.run, merged.trials, io)
  await storeReport(folder, summary)
  io.err.write(`${plural(parts.length, 'part')} merged into ${relative(io.root, folder)}.\n`)
  io.out.write(render(summary, options.json ? 'json' : 'terminal', !options.json && wantsColour(io)))
  return 0
}

async function openPart(name: string, out: string, io: Pick<TerminalIo, 'root'>): Promise<OpenPart | string> {
  // Shards of one run share its id: a path says which is meant.
  const path = resolve(io.root, name)
  const found = (await exists(join(path, 'run.json'))) ? { kind: 'found' as const, folder: path } : await findRun(out, name)
  if (found.kind === 'unknown') {
    return found.message
  }
  const read = await openRun(found.folder)
  const shown = relative(io.root, found.folder)
  return read.kind === 'bad'
    ? read.problems.map((problem) => `${shown}/${problem}`).join('\n')
    : { folder: found.folder, name: shown, run: read.run, trials: read.trials }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (await exists(from)) {
    await cp(from, to, { recursive: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
