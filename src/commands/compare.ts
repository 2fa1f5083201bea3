import { dirname, resolve } from 'node:path'
import { readComparisonRecord } from '../results/comparison-folder.ts'
import { findComparison } from '../results/find-runs.ts'
import { type CompareNowOptions, compareNow } from './compare-now.ts'
import { compareLoaded, showComparison } from './show-comparison.ts'
import { type LoadedArm, loadArm, loadFolder } from './stored-arms.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** `assay compare`, as the user gave it. */
export interface CompareOptions extends CompareNowOptions {
  /** What the two names are: runs where neither is said. */
  readonly agents: boolean
  readonly revisions: boolean
  /** The agent's file in each revision. */
  readonly agent: string
}

/** Compares two stored runs, shows a stored comparison again, or runs two revisions now. */
export async function compare(names: readonly string[], options: CompareOptions, io: TerminalIo): Promise<ExitCode> {
  const [first, second, ...globs] = names
  if (options.agents && options.revisions) {
    return refuse(io, '--agents takes two files, --revisions two git revisions: say one of them.')
  }
  if (options.agents || options.revisions) {
    if (first === undefined || second === undefined) {
      return refuse(
        io,
        options.agents
          ? 'Expected two agents: --agents A.md B.md [TASK GLOB…]'
          : 'Expected two revisions: --revisions REV1 REV2 [TASK GLOB…]',
      )
    }
    const source = (name: string) => (options.revisions ? `git:${name}:${options.agent}` : name)
    return await compareNow([source(first), source(second)], globs, options, io)
  }
  if (first === undefined || globs.length > 0) {
    return refuse(io, 'Expected two runs: compare A B; or --agents A.md B.md, or --revisions REV1 REV2, to run both now.')
  }
  if (options.plan || options.sequential) {
    return refuse(io, '--plan and --sequential are for --agents or --revisions: stored runs have no plan left.')
  }
  return second === undefined ? await showStored(first, options, io) : await compareStored([first, second], options, io)
}

async function showStored(name: string, options: CompareOptions, io: TerminalIo): Promise<ExitCode> {
  const folder = await findComparison(resolve(io.root, options.out), name)
  const read = folder === null ? null : await readComparisonRecord(folder)
  if (folder === null || read === null || read.kind === 'absent') {
    return refuse(io, `There is no comparison ${name} in ${options.out}; two runs are compared with: compare A B`)
  }
  if (read.kind === 'bad') {
    return refuse(io, read.problems.join('\n'))
  }
  const { runs, result, sequential } = read.value
  if (result === null) {
    io.err.write(`It is not finished. Go on with: npm run assay -- resume ${read.value.comparison}\n`)
  }
  return await compareFolders([resolve(folder, runs.a), resolve(folder, runs.b)], sequential, options, io)
}

async function compareFolders(
  folders: readonly [string, string],
  sequential: boolean,
  options: CompareOptions,
  io: TerminalIo,
): Promise<ExitCode> {
  const loadings = await Promise.all(folders.map((folder) => loadFolder(folder, io)))
  const bad = loadings.flatMap((loading) => (loading.kind === 'bad' ? [loading.message] : []))
  const [a, b] = loadings.flatMap((loading) => (loading.kind === 'loaded' ? [loading.loaded] : []))
  return a === undefined || b === undefined
    ? refuse(io, bad.join('\n'))
    : await show(a, b, { order: 'interleaved', sequential }, options, io)
}

async function compareStored(names: readonly [string, string], options: CompareOptions, io: TerminalIo): Promise<ExitCode> {
  const loadings = await Promise.all(names.map((name) => loadArm(name, options.out, io)))
  const bad = loadings.flatMap((loading) => (loading.kind === 'bad' ? [loading.message] : []))
  const [a, b] = loadings.flatMap((loading) => (loading.kind === 'loaded' ? [loading.loaded] : []))
  if (a === undefined || b === undefined) {
    return refuse(io, bad.join('\n'))
  }
  const around = dirname(resolve(io.root, a.arm.folder))
  const record = around === dirname(resolve(io.root, b.arm.folder)) ? await readComparisonRecord(around) : null
  const together = record?.kind === 'read' ? record.value : null
  const how = { order: together === null ? 'separate' : 'interleaved', sequential: together?.sequential ?? false } as const
  return await show(a, b, how, options, io)
}

interface How {
  readonly order: 'interleaved' | 'separate'
  readonly sequential: boolean
}

async function show(a: LoadedArm, b: LoadedArm, how: How, options: CompareOptions, io: TerminalIo): Promise<ExitCode> {
  const compared = await compareLoaded(a, b, how.order, io, how.sequential)
  return compared.kind === 'refused'
    ? refuse(io, compared.sentences.join('\n'))
    : showComparison(compared.comparison, options.gate ? options : null, options, io)
}
