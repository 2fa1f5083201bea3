import { type Command, InvalidArgumentError, Option } from 'commander'
import { compare } from './compare.ts'
import type { ExitCode, TerminalIo } from './terminal-io.ts'
import { addVariantOptions, type SharedOptions } from './variant-options.ts'

/** A drop of the mean that lets a gate pass, in points, unless the user says otherwise. */
const TOLERANCE = 10

/** The commands that hold runs against each other. */
export function addComparisonCommands(program: Command, shared: SharedOptions, io: TerminalIo, end: (code: ExitCode) => void): void {
  const tolerance = () =>
    new Option('--tolerance <points>', 'a gate passes where a greater drop of the mean is ruled out')
      .argParser(points)
      .default(TOLERANCE / 100, String(TOLERANCE))
  const command = program
    .command('compare <names...>')
    .description('hold two runs against each other, or run two revisions now')
    .option('--agents', 'the first two names are agent files: run both now, interleaved', false)
    .option('--revisions', 'the first two names are git revisions: run the agent of both now, interleaved', false)
    .option('--agent <file>', 'the agent in each revision', 'agents/backend-coder.md')
    .option('--plan', 'print trials, cost and the smallest effects that can be found, and stop', false)
    .option('--gate', 'exit 1 where it got worse on this suite, 3 where that cannot be told', false)
    .addOption(tolerance())
  addVariantOptions(command, shared)
  command
    .addOption(shared.out)
    .addOption(shared.json)
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .action(async (names: string[], { mount, price, ...options }) =>
      end(await compare(names, { ...options, mounts: mount, prices: price }, io)),
    )
}

function points(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 100)) {
    throw new InvalidArgumentError('Expected points from 0 to 100, such as 10.')
  }
  return number / 100
}
