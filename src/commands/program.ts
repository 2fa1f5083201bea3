import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { isValid } from 'ulid'
import type { Severity } from '../evidence/evidence.ts'
import { type Prices, parsePrice } from '../gateway/prices.ts'
import { check } from './check.ts'
import { doctor } from './doctor.ts'
import { grade } from './grade.ts'
import { assayVersion } from './host-facts.ts'
import { list } from './list.ts'
import { report } from './report.ts'
import { resume } from './resume.ts'
import { listRules } from './rules.ts'
import { run } from './run.ts'
import { schemas } from './schemas.ts'
import { show } from './show.ts'
import type { ExitCode, TerminalIo } from './terminal-io.ts'

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
    .action(async (globs: string[], options) => end(await check(globs, options, io)))
  program
    .command('report <run>')
    .description('print the report of a stored run')
    .addOption(out)
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .addOption(json)
    .action(async (name: string, options) => end(await report(name, options, io)))
  program
    .command('show <run> <task> [k]')
    .description('one trial: verdict, findings, suites, timeline, where the evidence lies')
    .addOption(out)
    .action(async (name: string, task: string, k: string | undefined, options) => end(await show(name, task, k ?? null, options, io)))
  program
    .command('list')
    .description('tasks, fixtures and runs')
    .addOption(out)
    .addOption(json)
    .action(async (options) => end(await list(options, io)))
  program
    .command('rules')
    .description('the rulebook: what each rule measures, and what it decides')
    .option('--markdown', 'as GitHub-flavoured Markdown', false)
    .addOption(json)
    .action((options) => end(listRules(options, io)))
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

interface SharedOptions {
  readonly out: Option
  readonly json: Option
  readonly minPassRate: Option
  readonly budget: Option
}

function addRun(program: Command, shared: SharedOptions, io: TerminalIo, end: (code: ExitCode) => void): void {
  program
    .command('run [tasks...]')
    .description('let an agent work on tasks, and judge what it did')
    .option('--agent <file>', 'the agent definition, or git:REV:PATH', 'agents/backend-coder.md')
    .addOption(new Option('--runner <name>', 'what runs the agent: builtin, command or nop').default(null, 'builtin'))
    .addOption(
      new Option('--upstream <name>', 'who plays the model: api, reference or replay:RUN').default(
        null,
        'api where there is a key, else reference',
      ),
    )
    .addOption(new Option('--model <id>', 'overrides the model of the agent').default(null, 'as the agent says'))
    .addOption(new Option('--command <cmd>', 'the program that is the agent (--runner command)').default(null, 'none'))
    .option(
      '--mount <dir>',
      'shown read-only at /mnt/NAME (--runner command); repeatable',
      (dir: string, all: string[]) => [...all, dir],
      [],
    )
    .option('--price <model=in,out>', 'USD for a million tokens of a model that is not listed; repeatable', priceOf, {})
    .option('--rule <id=severity>', 'fail, warn or off for a rule, above agent and task; repeatable', severityOf, {})
    .addOption(new Option('--trials <k>', 'trials a task').argParser(count).default(null, '3 where the model is live, else 1'))
    .addOption(new Option('--concurrency <n>', 'trials at a time').argParser(count).default(null, '2'))
    .addOption(shared.budget)
    .addOption(
      new Option('--sandbox <rung>', 'a rung of the capability ladder')
        .choices(['overlay+bwrap', 'copy+bwrap', 'none'])
        .default(null, 'the strongest that works'),
    )
    .addOption(new Option('--suite <name>', 'only the tasks of a suite').default(null, 'all'))
    .addOption(new Option('--shard <i/n>', 'only the i-th of n parts').argParser(shardOf).default(null, 'the whole run'))
    .addOption(new Option('--run-id <ulid>', 'the id of the run: shards of one run share it').argParser(ulidOf).default(null, 'a new one'))
    .addOption(new Option('--seed <text>', 'draws orders and readings').default(null, 'assay'))
    .option('--strict', 'replay: differing tool results are an error', false)
    .option('--dry-run', 'print the trials and stop', false)
    .addOption(shared.out)
    .addOption(shared.json)
    .addOption(shared.minPassRate)
    .action(async (globs: string[], { mount, price, rule, ...options }) =>
      end(await run(globs, { ...options, mounts: mount, prices: price, rules: rule }, io)),
    )
}

function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError('Expected a whole number from 1.')
  }
  return number
}

function positive(text: string): number {
  const number = Number(text)
  if (!Number.isFinite(number) || number <= 0) {
    throw new InvalidArgumentError('Expected a number above 0.')
  }
  return number
}

function share(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new InvalidArgumentError('Expected a share from 0 to 1, such as 0.8.')
  }
  return number
}

function priceOf(text: string, all: Prices): Prices {
  const parsed = parsePrice(text)
  if ('error' in parsed) {
    throw new InvalidArgumentError(parsed.error)
  }
  return { ...all, [parsed.model]: parsed.price }
}

function severityOf(text: string, all: Readonly<Record<string, Severity>>): Readonly<Record<string, Severity>> {
  const [, rule, severity] = /^([^=]+)=(fail|warn|off)$/.exec(text) ?? []
  if (rule === undefined || severity === undefined) {
    throw new InvalidArgumentError('Expected RULE=SEVERITY with fail, warn or off, such as style/no-comments=off.')
  }
  return { ...all, [rule]: severity as Severity }
}

function ulidOf(text: string): string {
  if (!isValid(text)) {
    throw new InvalidArgumentError('Expected a ULID, such as 01ARZ3NDEKTSV4RRFFQ69G5FAV.')
  }
  return text.toUpperCase()
}

function shardOf(text: string): { readonly i: number; readonly n: number } {
  const [, i = 0, n = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (i < 1 || i > n) {
    throw new InvalidArgumentError('Expected I/N, such as 1/3.')
  }
  return { i, n }
}
