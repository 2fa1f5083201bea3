import { type Command, Option } from 'commander'
import { count, priceOf, severityOf } from './option-values.ts'

/** Options that several commands have. */
export interface SharedOptions {
  readonly out: Option
  readonly json: Option
  readonly budget: Option
}

/** What runs the agent, which tasks, how often and where: for every command that runs trials. */
export function addVariantOptions(command: Command, shared: SharedOptions): void {
  command
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
    .addOption(new Option('--seed <text>', 'draws orders and readings').default(null, 'assay'))
}
