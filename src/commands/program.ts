import { Command, CommanderError, Option } from 'commander'
import { check } from './check.ts'
import { addComparisonCommands } from './comparison-program.ts'
import { costs } from './costs.ts'
import { doctor } from './doctor.ts'
import { grade } from './grade.ts'
import { assayVersion } from './host-facts.ts'
import { list } from './list.ts'
import { mutate } from './mutate.ts'
import { count, positive, priceOf, shardOf, share, ulidOf } from './option-values.ts'
import { report } from './report.ts'
import { resume } from './resume.ts'
import { routing } from './routing.ts'
import { listRules } from './rules.ts'
import { run } from './run.ts'
import { schemas } from './schemas.ts'
import { show } from './show.ts'
import type { ExitCode, TerminalIo } from './terminal-io.ts'
import { addVariantOptions, type SharedOptions } from './variant-options.ts'

/** Whether an error is one of usage, which the program has told the user already. */
export function isUsageError(error: unknown): error is CommanderError {
  return error instanceof CommanderError
}

/** The command line: each command hands its exit code to `end`. Commands are imported functions; nothing runs before one is chosen. */
export function buildProgram(io: TerminalIo, end: (code: ExitCode) => void): Command {
  const program = new Command('assay')
    .description('Evaluates coding agents that work on backends, by the test suites of the backends themselves.')
    .version(assayVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: (text) => io.out.write(text), writeErr: (text) => io.err.write(text) })
  const out = new Option('--out <dir>', 'where runs are kept').default('results')
  const json = new Option('--json', 'data instead of text on standard output').default(false)
  const minPassRate = new Option('--min-pass-rate <share>', 'exit 1 below this share of passed trials')
    .argParser(share)
    .default(null, 'none')
  const budget = new Option('--budget-usd <usd>', 'start no trial after this much is spent')
    .argParser(positive)
    .default(null, '5 where the model is live')

  addRun(program, { out, json, minPassRate, budget }, io, end)
  addComparisonCommands(program, { out, json, budget }, io, end)
  program
    .command('resume <run>')
    .description('go on with a run after an interruption')
    .addOption(out)
    .addOption(json)
    .addOption(minPassRate)
    .addOption(budget)
    .action(async (name: string, options) => end(await resume(name, options, io)))
  program
    .command('grade <run>')
    .description('judge the stored evidence of a run again')
    .addOption(out)
    .addOption(json)
    .action(async (name: string, options) => end(await grade(name, options, io)))
  program
    .command('check [tasks...]')
    .description('prove tasks fair and write their receipts')
    .option('--times <n>', 'how often each candidate is judged', count, 5)
    .option('--concurrency <n>', 'candidates at a time', count, 2)
    .option('--verify', 'look whether receipts still fit; prove again what does not and a rotating tenth', false)
    .addOption(
      new Option('--stale', 'only tasks whose receipt does not fit: goes on after an interruption').default(false).conflicts('verify'),
    )
    .addOption(
      new Option('--mutate [most]', 'plant small faults in each solution, and tell which no hidden test sees')
        .argParser(count)
        .preset(30)
        .default(null, 'no'),
    )
    .action(async (globs: string[], { mutate: most, ...options }) =>
      end(await (most === null ? check(globs, options, io) : mutate(globs, { ...options, most }, io))),
    )
  program
    .command('costs <run>')
    .description("write into the tasks' receipts what the reference solutions of a run took, so that a live run can say what it may cost")
    .addOption(out)
    .action(async (name: string, options) => end(await costs(name, options, io)))
  program
    .command('report <run> [after]')
    .description('print or write the report of a stored run; with --html also of two, or of a comparison')
    .addOption(out)
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .addOption(json)
    .option('--html [file]', 'write one HTML file that needs nothing else (report.html in the folder of the run)', false)
    .option('--junit [file]', 'write JUnit XML, one case a task (junit.xml in the folder of the run)', false)
    .option('--ctrf [file]', 'write the Common Test Report Format (ctrf.json in the folder of the run)', false)
    .option('--github', "add to GitHub's job summary, and print annotations", false)
    .action(async (name: string, after: string | undefined, options) => end(await report(name, after ?? null, options, io)))
  program
    .command('show <run> <task> [k]')
    .description('one trial: verdict, findings, suites, timeline, where the evidence lies')
    .addOption(out)
    .action(async (name: string, task: string, k: string | undefined, options) => end(await show(name, task, k ?? null, options, io)))
  program
    .command('list')
    .description('tasks, fixtures and runs')
    .addOption(out)
    .option('--markdown', 'the tasks, as GitHub-flavoured Markdown', false)
    .addOption(json)
    .action(async (options) => end(await list(options, io)))
  program
    .command('rules')
    .description('the rulebook: what each rule measures, and what it decides')
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .addOption(json)
    .action((options) => end(listRules(options, io)))
  program
    .command('routing')
    .description("whether an agent's description makes a delegating model choose it rightly")
    .option('--agent <file>', 'the agent definition, or git:REV:PATH', 'agents/backend-coder.md')
    .addOption(new Option('--model <id>', 'the delegating model').default(null, 'sonnet'))
    .addOption(budget)
    .option('--price <model=in,out>', 'USD for a million tokens of a model that is not listed; repeatable', priceOf, {})
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .addOption(json)
    .action(async ({ price, ...options }) => end(await routing({ ...options, prices: price }, io)))
  program
    .command('doctor')
    .description('try what a run needs, and tell what is missing and how to get it')
    .action(async () => end(await doctor(io)))
  program
    .command('schemas', { hidden: true })
    .description('write the JSON Schemas of all contracts')
    .option('--write', 'write them, instead of telling whether they are up to date', false)
    .action(async (options) => {
      const { exitCode, text } = await schemas(options)
      io.out.write(text)
      end(exitCode)
    })
  for (const command of program.commands) {
    command.exitOverride().showSuggestionAfterError()
  }
  return program
}

function addRun(
  program: Command,
  shared: SharedOptions & { readonly minPassRate: Option },
  io: TerminalIo,
  end: (code: ExitCode) => void,
): void {
  const command = program
    .command('run [tasks...]')
    .description('let an agent work on tasks, and judge what it did')
    .option('--agent <file>', 'the agent definition, or git:REV:PATH', 'agents/backend-coder.md')
  addVariantOptions(command, shared)
  command
    .addOption(new Option('--shard <i/n>', 'only the i-th of n parts').argParser(shardOf).default(null, 'the whole run'))
    .addOption(new Option('--run-id <ulid>', 'the id of the run: shards of one run share it').argParser(ulidOf).default(null, 'a new one'))
    .option('--strict', 'replay: differing tool results are an error', false)
    .option('--dry-run', 'print the trials and stop', false)
    .addOption(shared.out)
    .addOption(shared.json)
    .addOption(shared.minPassRate)
    .action(async (globs: string[], { mount, price, rule, ...options }) =>
      end(await run(globs, { ...options, mounts: mount, prices: price, rules: rule }, io)),
    )
}
