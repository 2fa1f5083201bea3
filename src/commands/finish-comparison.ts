import { executeComparison } from './execute-comparison.ts'
import { type Formats, showComparison } from './show-comparison.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** Runs what is left of a comparison and prints its answer; the exit code of what stopped it goes before that of the answer. */
export async function finishComparison(
  folder: string,
  options: Formats & { readonly out: string; readonly budgetUsd: number | null; readonly gate: boolean; readonly tolerance: number },
  io: TerminalIo,
): Promise<ExitCode> {
  const end = await executeComparison(folder, options, io)
  if (end.kind === 'bad') {
    return refuse(io, end.message)
  }
  const { exit, record } = end
  const interrupted = exit.code === 130 || exit.code === 143
  const code = record.result === null || interrupted ? exit.code : showComparison(record.result, options.gate ? options : null, options, io)
  if (exit.sentence !== null) {
    io.err.write(`\n${exit.sentence}\n`)
  }
  return exit.code === 0 ? code : exit.code
}
