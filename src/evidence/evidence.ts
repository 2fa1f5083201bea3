import type { Stop } from '../runner/runner.ts'
import type { OpenQuestion } from '../simulated-user/match-questions.ts'
import type { TermGroups } from '../simulated-user/terms.ts'
import type { TaskKind } from '../task/task.ts'
import type { Change, Snapshot } from './change.ts'
import type { Probe, ProbeName } from './probe.ts'
import type { SuiteRun } from './suite.ts'
import type { Usage } from './transcript.ts'

/** Facts about the task that a grader may know, copied so that judging needs no task folder. */
export interface TaskFacts {
  readonly id: string
  readonly kind: TaskKind
  /** Digest of the instruction's text. */
  readonly instruction: string
  readonly mayChange: readonly string[]
  /** Globs that this task allows or forbids, on top of the fixture's scope. */
  readonly scope: { readonly allow: readonly string[]; readonly forbid: readonly string[] }
  readonly deliverable: readonly string[]
  readonly kill: number
  readonly failToPass: readonly string[]
  readonly passToPass: readonly string[]
  readonly mutants: readonly string[]
  readonly right: readonly string[]
  readonly severities: Readonly<Record<string, Severity>>
  /** For kind `impossible`: the ids of the tests that contradict the instruction. */
  readonly contradicting: readonly string[]
  /** Kind `clarify`: the open questions, and the reading that was drawn for this trial. */
  readonly clarify?: { readonly reading: string; readonly questions: readonly OpenQuestion[] }
  /** The `clarify` task that names this one as its twin; absent where none does. */
  readonly twinOf?: string
  /** Kind `impossible`: what the final message must name, as groups of terms. */
  readonly declines?: TermGroups
  /** Rules to the hidden tests that measure them, as patterns of ids (`matchesTest`); absent where the task names none. */
  readonly measures?: Readonly<Record<string, readonly string[]>>
  /** `asked`: the instruction asks for comments. Absent where it does not. */
  readonly comments?: 'asked'
  /** `needed`: only SQL meets a limit that the instruction states. Absent where the ORM will do. */
  readonly rawSql?: 'needed'
}

export type Severity = 'fail' | 'warn' | 'off'

/** Facts about the fixture: globs and lists of its manifest, with those of its stack already added. */
export interface FixtureFacts {
  readonly name: string
  readonly stack: string
  readonly backend: readonly string[]
  readonly frontend: readonly string[]
  readonly shared: readonly string[]
  readonly protected: readonly string[]
  readonly layers: readonly { readonly name: string; readonly globs: readonly string[] }[]
  readonly tests: readonly string[]
  /** What the test runner or the interpreter loads by itself, wherever it lies. */
  readonly autoloaded: readonly string[]
  readonly litter: readonly string[]
  readonly dependencies: readonly string[]
  readonly commands: Readonly<Record<string, string>>
  /** Helpers that a task may expect to be used again; absent from evidence that was sealed before they were kept. */
  readonly helpers?: readonly { readonly path: string; readonly name: string }[]
  /** The probes that the fixture declares, and the paths that each is about. */
  readonly probes?: Readonly<Partial<Record<ProbeName, { readonly files: readonly string[] }>>>
}

/** The final change of the agent, with what became of `path#key` protected tables: computed during collection, from both blobs. */
export interface Evidence {
  readonly schema: 1
  readonly task: TaskFacts
  readonly fixture: FixtureFacts
  readonly runner: { readonly name: string; readonly trust: 'observed' | 'claimed' }
  readonly stop: Stop
  /** Digest of the final message. */
  readonly finalMessage: string
  readonly usage: Usage
  readonly changes: readonly Change[]
  readonly snapshots: readonly Snapshot[]
  /** Digest of transcript.jsonl. */
  readonly transcript: string
  /** Where commands of the agent saw the workspace; absent from evidence that was sealed before it was kept. */
  readonly root?: string
  readonly suites: readonly SuiteRun[]
  readonly probes: readonly Probe[]
  /** Files of the base that graders may read to compare (siblings, manifests): path to digest. */
  readonly base: Readonly<Record<string, string>>
}

/** What a grader sees: the facts, and the content behind every digest. No I/O happens behind it. */
export interface EvidenceView {
  readonly evidence: Evidence
  /** The content of a digest that the evidence names; null where it was not stored. */
  blob(digest: string): Uint8Array | null
  text(digest: string): string | null
}
