import { basename, join, resolve } from 'node:path'
import { differencesFrom } from '../comparison/admit.ts'
import type { Baseline } from '../comparison/baseline.ts'
import { endGate } from '../comparison/ending.ts'
import { decideGate, type GateFacts } from '../comparison/gate.ts'
import { factsOfComparison, factsOfRecords } from '../comparison/gate-facts.ts'
import { gateSections } from '../report/gate-sections.ts'
import { readBaseline } from '../results/baseline-file.ts'
import { readComparisonRecord } from '../results/comparison-folder.ts'
import { findComparison, findRun } from '../results/find-runs.ts'
import { type BaselineOptions, baselinePath } from './baseline.ts'
import { runAgainstBaseline } from './run-against-baseline.ts'
import { compareLoaded, type Formats, renderSections } from './show-comparison.ts'
import { type LoadedArm, loadArm, loadFolder } from './stored-arms.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface GateOptions extends BaselineOptions, Formats {
  /** Recorded counts stand for the baseline's revision, instead of running it again. */
  readonly storedBaseline: boolean
  /** Recorded runs that a task needs before it counts. */
  readonly minRuns: number
  /** Share that the mean may drop by. */
  readonly tolerance: number
  /** Whether "inconclusive" is exit code 3. */
  readonly strict: boolean
  readonly budgetUsd: number | null
  readonly concurrency: number | null
  readonly trials: number | null
}

/** Facts for the gate, or the exit code of what kept them away, which has been told. */
type GatheredFacts = { readonly kind: 'facts'; readonly facts: GateFacts } | { readonly kind: 'ended'; readonly code: ExitCode }

/** Holds a run against the baseline. */
export async function gate(name: string, options: GateOptions, io: TerminalIo): Promise<ExitCode> {
  const path = baselinePath(options, io)
  const read = await readBaseline(path)
  if (read.kind === 'absent') {
    return refuse(io, `There is no baseline yet (${path}). Admit a run: npm run assay -- baseline RUN`)
  }
  if (read.kind === 'bad') {
    return refuse(io, read.problems.join('\n'))
  }
  const gathered = await gather(name, read.value, options, io)
  if (gathered.kind === 'ended') {
    return gathered.code
  }
  const report = decideGate(gathered.facts)
  const ending = endGate(report, options)
  io.out.write(renderSections('Assay: gate', gateSections(report, ending), { ending, report }, options, io))
  return ending.code
}

async function gather(name: string, baseline: Baseline, options: GateOptions, io: TerminalIo): Promise<GatheredFacts> {
  const together = await interleavedArms(name, options, io)
  if (together !== null && !options.storedBaseline) {
    const { a, b } = together
    const isBaseline = a.arm.run.variant.agent.promptDigest === baseline.variant.agent.promptDigest
    if (isBaseline && differencesFrom(baseline, a.arm.run).length === 0) {
      return await factsOfPair(a, b, baseline, options, io)
    }
  }
  const loading = together === null ? await loadArm(name, options.out, io) : ({ kind: 'loaded', loaded: together.b } as const)
  if (loading.kind === 'bad') {
    return { kind: 'ended', code: refuse(io, loading.message) }
  }
  const { arm } = loading.loaded
  if (arm.run.plan.shard !== null) {
    const { i, n } = arm.run.plan.shard
    return { kind: 'ended', code: refuse(io, `Run ${arm.run.run} is shard ${i} of ${n}: merge all of them first.`) }
  }
  const differing = differencesFrom(baseline, arm.run)
  if (differing.length > 0) {
    const advice = 'The baseline says nothing about such a run. Admit one that is like it: npm run assay -- baseline RUN'
    return { kind: 'ended', code: refuse(io, `${differing.map((one) => `${one}.`).join('\n')}\n${advice}`) }
  }
  if (options.storedBaseline) {
    return { kind: 'facts', facts: factsOfRecords(baseline, arm, options) }
  }
  const ran = await runAgainstBaseline(loading.loaded, baseline, options, io)
  return ran.kind === 'ended' ? ran : await factsOfPair(ran.a, ran.b, baseline, options, io)
}

async function factsOfPair(a: LoadedArm, b: LoadedArm, baseline: Baseline, options: GateOptions, io: TerminalIo): Promise<GatheredFacts> {
  const compared = await compareLoaded(a, b, 'interleaved', io)
  return compared.kind === 'refused'
    ? { kind: 'ended', code: refuse(io, compared.sentences.join('\n')) }
    : { kind: 'facts', facts: factsOfComparison(baseline, compared.comparison, b.arm, options) }
}

/** The two arms of the finished comparison that a person names, or of which they name the second; null where it is none. */
async function interleavedArms(
  name: string,
  options: { readonly out: string },
  io: TerminalIo,
): Promise<{ readonly a: LoadedArm; readonly b: LoadedArm } | null> {
  const out = resolve(io.root, options.out)
  const folder = await findComparison(out, name)
  const record = folder === null ? null : await readComparisonRecord(folder)
  if (folder === null || record?.kind !== 'read' || record.value.result === null) {
    return null
  }
  const { a, b } = record.value.runs
  const named = await findRun(out, name)
  const isComparison = name === 'last' || resolve(name) === folder || basename(folder).startsWith(name.toUpperCase())
  if (!isComparison && named.kind === 'found' && basename(named.folder) === a) {
    return null
  }
  const arms = await Promise.all([a, b].map((run) => loadFolder(join(folder, run), io)))
  const [before, after] = arms.flatMap((arm) => (arm.kind === 'loaded' ? [arm.loaded] : []))
  return before === undefined || after === undefined ? null : { a: before, b: after }
}
