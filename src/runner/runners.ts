import { builtinRunner } from './builtin.ts'
import { commandRunner } from './command.ts'
import { nopRunner } from './nop.ts'
import type { Runner } from './runner.ts'

/** What the user said about the runner. */
export interface RunnerOptions {
  /** True where the reference upstream plays the model's part. */
  readonly scripted: boolean
  /** `--command` and `--mount`; only the runner `command` takes them. */
  readonly command: string | null
  readonly mounts: readonly string[]
}

export type RunnerChoice = { readonly kind: 'runner'; readonly runner: Runner } | { readonly kind: 'refused'; readonly message: string }

/** The one list of runners, by the name that `--runner` takes. */
export const runners = {
  builtin: async ({ scripted }) => ({ kind: 'runner', runner: builtinRunner({ scripted }) }),
  command: async ({ command, mounts }) =>
    command === null
      ? { kind: 'refused', message: "--runner command needs --command 'CMD': the program that is the agent." }
      : await commandRunner({ command, mounts }),
  nop: async () => ({ kind: 'runner', runner: nopRunner() }),
} satisfies Record<string, (options: RunnerOptions) => Promise<RunnerChoice>>
