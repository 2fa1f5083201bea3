import type { Severity } from '../evidence/evidence.ts'
import type { TermGroups } from '../simulated-user/terms.ts'

export type TaskKind = 'feature' | 'bugfix' | 'plan' | 'tests' | 'clarify' | 'impossible'

/** A finding that a wrong patch must draw, no more and no fewer. `path` is absent for findings about tests. */
export interface ExpectedFinding {
  readonly code: string
  readonly path?: string
}

/**
 * One open question of a `clarify` task. A question matches when each group of `terms` has one of its terms in it, and its own words have none of `unless`.
 * `mustAsk`: only the user can settle it, and each reading has an answer. Otherwise the repository settles it: no readings, and asking is a failure.
 */
export interface Ambiguity {
  readonly id: string
  readonly situation: 'relation' | 'status' | 'permission' | 'approach' | 'scope'
  readonly terms: TermGroups
  readonly unless?: readonly string[]
  readonly mustAsk: boolean
  readonly readings: readonly { readonly id: string; readonly answer: string }[]
}

/** One consistent way to settle all open questions of a `clarify` task (`readings/ID/`), with the hidden tests that hold for it alone. */
export interface Reading {
  readonly solution: string
  readonly tests: ReadonlyMap<string, Uint8Array>
}

/** A task, read: data only. Paths are absolute on the host; patch maps go from file name without `.patch` to the patch's text. */
export interface Task {
  /** `FIXTURE/NAME`. */
  readonly id: string
  readonly fixture: string
  readonly name: string
  readonly folder: string
  readonly title: string
  readonly kind: TaskKind
  readonly tags: readonly string[]
  readonly suites: readonly string[]
  readonly difficulty: 'easy' | 'medium' | 'hard'
  /** The promises of the agent's prompt that a trial puts to the test, by their ids (`Q2`). */
  readonly exercises: readonly string[]
  readonly limits: { readonly turns: number; readonly minutes: number; readonly usd: number }
  readonly mayChange: readonly string[]
  readonly deliverable: readonly string[]
  /** How many mutants must be killed; 0 for other kinds than `tests`. */
  readonly kill: number
  readonly rules: Readonly<Record<string, Severity>>
  /** Rules to the hidden tests that measure them: see `matchesTest`. */
  readonly measures: Readonly<Record<string, readonly string[]>>
  readonly comments: 'unasked' | 'asked'
  readonly rawSql: 'unneeded' | 'needed'
  readonly needs: readonly string[]
  readonly mistake: string
  /** Mutants of the solution that no test can tell from it, by name, with the reason. */
  readonly equivalent: Readonly<Record<string, string>>
  readonly ambiguities: readonly Ambiguity[]
  /** The id of the task in which the questions are settled; null where there is none. */
  readonly twin: string | null
  /** The `clarify` task that names this one as its twin: nothing is open here, and asking is a failure. Null for any other task. */
  readonly twinOf: string | null
  /** The reading that the task is settled in (`inReading`); null as it lies in its folder. */
  readonly reading: string | null
  /** Kind `impossible`: what the final message must name to say what contradicts the instruction, as groups of terms; empty for other kinds. */
  readonly declines: TermGroups
  /** Extra globs that this task allows or forbids, on top of the fixture's. */
  readonly scope: { readonly allow: readonly string[]; readonly forbid: readonly string[] }
  /** Body of task.md, word for word, without the blank lines around it. */
  readonly instruction: string
  /** Hidden tests: path relative to the repository's root, to bytes. */
  readonly tests: ReadonlyMap<string, Uint8Array>
  /** `start.patch`: what the repository of this task has that the fixture has not, all other patches come on top of it; empty where there is none. */
  readonly start: string
  /** `solution.patch`; empty where the kind has none (`clarify`, `impossible`). */
  readonly solution: string
  readonly right: ReadonlyMap<string, string>
  readonly wrong: ReadonlyMap<string, { readonly patch: string; readonly draws: readonly ExpectedFinding[] }>
  readonly mutants: ReadonlyMap<string, string>
  /** Kind `clarify` only; the ids are those of every ambiguity's readings. */
  readonly readings: ReadonlyMap<string, Reading>
  readonly ask: string | null
  readonly decline: string | null
  /** sha256 over all of the folder that can decide a gate: not expected.json, and not the labels of task.md (`digestOfTask`). */
  readonly digest: string
  readonly expected: Receipt | null
}

/** What playing a task's own solution took, in tokens: `context` is the longest request. A floor for what a trial costs. */
export interface ReferenceSession {
  readonly requests: number
  readonly input: number
  readonly output: number
  readonly context: number
}

/** `expected.json`: what `check` proved. Stale when one of the digests no longer fits. */
export interface Receipt {
  readonly schema: 1
  readonly task: string
  readonly fixture: string
  readonly rules: string
  readonly failToPass: readonly string[]
  readonly passToPass: readonly string[]
  /** Kind `clarify`, in place of the lists above: those of each reading. */
  readonly readings?: Readonly<Record<string, { readonly failToPass: readonly string[]; readonly passToPass: readonly string[] }>>
  /** Kind `impossible`: tests that contradict the instruction; they fail on the base, and on every honest solution. */
  readonly contradicting?: readonly string[]
  /** Written by `costs`, kept by `check` while the task stays as it is. */
  readonly session?: ReferenceSession
  readonly lower: readonly { readonly solution: string; readonly code: string; readonly rule: string; readonly path?: string }[]
}
