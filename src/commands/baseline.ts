import { join, relative, resolve } from 'node:path'
import { admit } from '../comparison/admit.ts'
import { type Baseline, totalOf } from '../comparison/baseline.ts'
import { sha256 } from '../evidence/digest.ts'
import { plural } from '../report/figures.ts'
import { readBaseline, writeBaseline } from '../results/baseline-file.ts'
import { type LoadedArm, loadArm } from './stored-arms.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface BaselineOptions {
  readonly out: string
  /** The file; null for `baseline.json` in `out`. */
  readonly baseline: string | null
}

/** Where the baseline lies. */
export function baselinePath({ out, baseline }: BaselineOptions, io: Pick<TerminalIo, 'root'>): string {
  return resolve(io.root, baseline ?? join(out, 'baseline.json'))
}

/** Admits runs to the baseline, all or none. It moves here and nowhere else. */
export async function baseline(names: readonly string[], options: BaselineOptions, io: TerminalIo): Promise<ExitCode> {
  const path = baselinePath(options, io)
  const shown = relative(io.root, path)
  const read = await readBaseline(path)
  if (read.kind === 'bad') {
    return refuse(io, read.problems.join('\n'))
  }
  const loadings = await Promise.all(names.map((name) => loadArm(name, options.out, io)))
  const bad = loadings.flatMap((loading) => (loading.kind === 'bad' ? [loading.message] : []))
  if (bad.length > 0) {
    return refuse(io, bad.join('\n'))
  }
  const arms = loadings.flatMap((loading) => (loading.kind === 'loaded' ? [loading.loaded] : []))
  const admitted = admitAll(read.kind === 'read' ? read.value : null, arms)
  if (admitted.kind === 'refused') {
    refuse(io, `${admitted.message}\nThe baseline was not changed.`)
    return admitted.code
  }
  await writeBaseline(path, admitted.baseline)
  io.out.write([...admitted.told, ...recordLines(admitted.baseline), `Written to ${shown}: commit it.`].map((line) => `${line}\n`).join(''))
  return 0
}

type AllAdmitted =
  | { readonly kind: 'admitted'; readonly baseline: Baseline; readonly told: readonly string[] }
  | { readonly kind: 'refused'; readonly code: ExitCode; readonly message: string }

function admitAll(before: Baseline | null, arms: readonly LoadedArm[]): AllAdmitted {
  let now = before
  const told: string[] = []
  for (const loaded of arms) {
    const text = agentText(loaded)
    if (text === null) {
      const message = `The agent of run ${loaded.arm.run.run} is not in its folder (agent.md) as it was, or is not UTF-8: a gate could not run it again.`
      return { kind: 'refused', code: 2, message }
    }
    const admission = admit(now, loaded.arm, text)
    switch (admission.kind) {
      case 'refused':
      case 'invalid':
        return { kind: 'refused', code: admission.kind === 'invalid' ? 3 : 2, message: admission.sentences.join('\n') }
      case 'known':
        told.push(admission.sentence)
        break
      case 'admitted':
        now = admission.baseline
        told.push(...admission.changes)
    }
  }
  if (now === null) {
    throw new Error('no run was given')
  }
  return { kind: 'admitted', baseline: now, told }
}

/** The agent's file as text, where it is the one that the run was begun with and survives being text. */
function agentText({ arm, agentFile }: LoadedArm): string | null {
  const text = agentFile?.toString('utf8') ?? null
  const { fileDigest } = arm.run.variant.agent
  return agentFile !== null && text !== null && sha256(agentFile) === fileDigest && sha256(text) === fileDigest ? text : null
}

function recordLines({ tasks, variant }: Baseline): readonly string[] {
  const lines = tasks.map(({ task, records }) => {
    const { passed, graded } = totalOf(records)
    return `${task}: ${plural(records.length, 'recorded run')}, passed ${passed} of ${graded}`
  })
  return [`The baseline is ${variant.agent.name} (${variant.agent.file}, prompt ${variant.agent.promptDigest.slice(0, 12)}).`, ...lines]
}
