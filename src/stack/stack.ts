import type { SuiteCase } from '../evidence/suite.ts'
import type { Syntax } from '../syntax/syntax.ts'

/** What to run: the documented test command of the fixture with these additions. */
interface SuiteRequest {
  /** Test files or ids, relative to the repository's root; empty for the whole suite. */
  readonly select: readonly string[]
  /** Where inside the sandbox the report must be written. */
  readonly reportPath: string
  /** Run exactly `select`, in that order (a shuffled repeat). */
  readonly ordered: boolean
}

/** Two tests that the harness adds to every run: what they must be reported as is known, so a report that says otherwise was forged. */
export interface Canaries {
  readonly path: string
  readonly content: string
  /** What to add to a selection so that both are in it. */
  readonly select: readonly string[]
  /** The id that must be reported `failed`, and the one that must be reported `error` (at teardown). */
  readonly mustFail: string
  readonly mustError: string
}

/** A test file of ours with one more test at its end, that must be reported `failed` as `id`. */
export interface Guard {
  readonly content: string
  readonly id: string
}

/** How one kind of fixture runs its tests, and how the report is read. All functions are pure. */
export interface Stack {
  readonly name: string
  /** `command` is the fixture's documented test command; the result runs in the workspace's root. */
  suiteCommand(
    command: string,
    request: SuiteRequest,
  ): { readonly argv: readonly [string, ...string[]]; readonly env: Readonly<Record<string, string>> }
  /** `nonce` is random lower-case letters; `folder` is where tests lie. */
  canaries(nonce: string, folder: string): Canaries
  /**
   * For a runner that runs each file apart: what an application does to assertions shows only in files that import it, so each of our own test
   * files gets a test that must fail. Null where the canaries see all that tests see.
   */
  readonly guard: ((path: string, source: string, name: string) => Guard) | null
  /** Throws nothing: a report that cannot be read is `unreadable`, with the reason. `canaries` are those of the run. */
  readReport(report: string, canaries: Pick<Canaries, 'mustFail' | 'mustError'>): ReportReading
  /** What an exit code of the runner means. `broken`: usage or internal error of the test runner, nothing collected. */
  exitMeans(exitCode: number): 'green' | 'red' | 'none-collected' | 'broken'
  /** The argument that selects exactly the test `id`, given the test files it may lie in; null where it cannot be selected alone. */
  argumentFor(id: string, files: readonly string[]): string | null
  /**
   * The tests that the text of the test file `path` holds, in order; for comparing two versions of it. Null where the text cannot be read:
   * it needs a grammar that was not loaded (`syntax` null), or does not follow it.
   */
  readTests(path: string, source: string, syntax: Syntax | null): TestFile | null
  /** Paths that a run of the suite leaves behind: not the agent's work, never carried into a clean room. */
  readonly litter: readonly string[]
  /** Folders of installed dependencies, always the pristine ones in a clean room. */
  readonly dependencies: readonly string[]
  /** Is this path a test or test infrastructure (test tree, conftest, runner configuration)? In clean room A ours replaces it. */
  readonly testGlobs: readonly string[]
  /** Which of them hold tests of their own, and may be named to the test command. */
  readonly testFiles: readonly string[]
  /** Files that the test runner or the interpreter loads by itself, wherever they lie: absent from clean room A when they are new. */
  readonly autoloaded: readonly string[]
  /** `protected` entries every fixture of this stack has, as `path` or `path#key`. */
  readonly protected: readonly string[]
}

/** One version of a test file, as far as its text can tell. */
export interface TestFile {
  readonly tests: readonly SourceTest[]
  /** Skip and expected-failure markers that stand outside every test (on a class, on the module), with their lines. */
  readonly skips: readonly SourceSkip[]
}

export interface SourceTest {
  /** Classes or groups it stands in and its own name, joined by `::`. */
  readonly name: string
  readonly line: number
  readonly assertions: number
  readonly skips: readonly SourceSkip[]
  /** Its lines without blanks, comments and empty lines. */
  readonly lines: readonly string[]
}

export interface SourceSkip {
  readonly line: number
  readonly text: string
}

export type ReportReading =
  | { readonly kind: 'read'; readonly cases: readonly SuiteCase[] }
  | { readonly kind: 'unreadable'; readonly reason: string }
