import { type Command, InvalidArgumentError, Option } from 'commander'
import { baseline } from './baseline.ts'
import { compare } from './compare.ts'
import { gate } from './gate.ts'
import { merge } from './merge.ts'
import { count } from './option-values.ts'
import type { ExitCode, TerminalIo } from './terminal-io.ts'
import { addVariantOptions, type SharedOptions } from './variant-options.ts'

/** A drop of the mean that lets a gate pass, in points, unless the user says otherwise. */
const TOLERANCE = 10

/** Recorded runs that a task needs before a gate counts it. */
const MIN_RUNS = 3

/** The commands that hold runs against each other. */
export function addComparisonCommands(program: Command, shared: SharedOptions, io: TerminalIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('compare <names...>')
    .description('hold two runs against each other, or run two revisions now')
    .option('--agents', 'the first two names are agent files: run both now, interleaved', false)
    .option('--revisions', 'the first two names are git revisions: run the agent of both now, interleaved', false)
    .option('--agent <file>', 'the agent in each revision', 'agents/backend-coder.md')
    .option('--plan', 'print trials, cost and the smallest effects that can be found, and stop', false)
    .option('--sequential', 'stop as soon as it is decided, or cannot be any more', false)
    .option('--gate', 'exit 1 where it got worse on this suite, 3 where that cannot be told', false)
    .addOption(tolerance())
  addVariantOptions(command, shared)
  command
    .addOption(shared.out)
    .addOption(shared.json)
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .action(async (names: string[], { mount, price, rule, ...options }) =>
      end(await compare(names, { ...options, mounts: mount, prices: price, rules: rule }, io)),
    )
  addGateCommands(program, shared, io, end)
  program
    .command('merge <runs...>')
    .description('join the shards of one run')
    .addOption(shared.out)
    .addOption(shared.json)
    .action(async (names: string[], options) => end(await merge(names, options, io)))
}

function addGateCommands(program: Command, shared: SharedOptions, io: TerminalIo, end: (code: ExitCode) => void): void {
  const file = new Option('--baseline <file>', 'the baseline').default(null, 'baseline.json among the runs')
  program
    .command('gate <run>')
    .description('hold a run against the baseline, whose revision is run again beside it')
    .option('--stored-baseline', 'hold it against recorded counts instead; drift since then is in the difference', false)
    .addOption(new Option('--min-runs <n>', 'recorded runs that a task needs before it counts').argParser(count).default(MIN_RUNS))
    .addOption(tolerance())
    .option('--strict', 'exit 3 where nothing can be told', false)
    .addOption(file)
    .addOption(new Option('--trials <k>', 'trials a task').argParser(count).default(null, 'as the run'))
    .addOption(new Option('--concurrency <n>', 'trials at a time').argParser(count).default(null, 'as the run'))
    .addOption(shared.budget)
    .addOption(shared.out)
    .addOption(shared.json)
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .action(async (name: string, options) => end(await gate(name, options, io)))
  program
    .command('baseline <runs...>')
    .description('admit runs to the baseline')
    .addOption(file)
    .addOption(shared.out)
    .action(async (names: string[], options) => end(await baseline(names, options, io)))
}

function tolerance(): Option {
  return new Option('--tolerance <points>', 'a gate passes where a greater drop of the mean is ruled out')
    .argParser(points)
    .default(TOLERANCE / 100, String(TOLERANCE))
}

function points(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 100)) {
    throw new InvalidArgumentError('Expected points from 0 to 100, such as 10.')
  }
  return number / 100
}
