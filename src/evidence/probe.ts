import type { SuiteRun } from './suite.ts'

/** Every probe that a rule may ask for. `lint`: the fixture's linter; `format`: its formatter, only looking; `migrations`: whether the migrations fit the models. */
export const probeNames = ['lint', 'format', 'migrations'] as const

export type ProbeName = (typeof probeNames)[number]

/**
 * How the output of a probe is read. `gitlab`: GitLab's code quality report, a JSON list; `eslint`: the JSON of ESLint; `paths`: every given file that the
 * output names is a finding; `text`: a non-zero exit is a finding where the output holds a known text.
 */
export const probeFormats = ['gitlab', 'eslint', 'paths', 'text'] as const

type ProbeFormat = (typeof probeFormats)[number]

/** How a fixture answers a probe. `command` may hold `{files}`: the changed files that `files` matches, quoted. */
export interface ProbeCommand {
  readonly command: string
  /** Where it runs, relative to the root; `{files}` and what its output says of places are relative to it. Absent: the root. */
  readonly folder?: string
  readonly reads: ProbeFormat
  /** With `text`: what the output holds where there is a finding. Any other failure says nothing. */
  readonly finds?: string
  /** The paths that it is about; it runs where one of them was changed. */
  readonly files: readonly string[]
  /** Its configuration, which stays the base's. */
  readonly config: readonly string[]
}

/** One run of a probe in a clean room, facts only: on what the agent left, and where that is not clean, on the base too. */
export interface Probe {
  readonly name: ProbeName
  readonly on: 'result' | 'base'
  readonly command: string
  /** Where it ran, as in `ProbeCommand`. */
  readonly folder?: string
  readonly reads: ProbeFormat
  readonly finds?: string
  /** The changed files that it was about and that were there, sorted. */
  readonly files: readonly string[]
  readonly exit: SuiteRun['exit']
  readonly ms: number
  /** Digests of standard output and of standard error. */
  readonly output: string
  readonly errors: string
}
