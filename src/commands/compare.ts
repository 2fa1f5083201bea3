import { compareLoaded, showComparison } from './show-comparison.ts'
import { loadArm } from './stored-arms.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

export interface CompareOptions {
  readonly out: string
  readonly json: boolean
  readonly markdown: boolean
  /** Whether a drop on this suite is exit code 1. */
  readonly gate: boolean
  /** Share that the mean may drop by before a gate minds. */
  readonly tolerance: number
}

/** Compares two stored runs. */
export async function compareStored(names: readonly string[], options: CompareOptions, io: TerminalIo): Promise<ExitCode> {
  const loadings = await Promise.all(names.map((name) => loadArm(name, options.out, io)))
  const bad = loadings.flatMap((loading) => (loading.kind === 'bad' ? [loading.message] : []))
  const [a, b] = loadings.flatMap((loading) => (loading.kind === 'loaded' ? [loading.loaded] : []))
  if (bad.length > 0 || a === undefined || b === undefined) {
    return refuse(io, bad.join('\n'))
  }
  const compared = await compareLoaded(a, b, 'separate', io)
  if (compared.kind === 'refused') {
    return refuse(io, compared.sentences.join('\n'))
  }
  return showComparison(compared.comparison, options.gate ? options : null, options, io)
}
