/** Worst status wins where a report names a test twice (a call that fails and a teardown that errors). */
export type CaseStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'xfailed'

/** One test as a report tells it. `id` is the runner's own name for it, whole; `message` is cut to 2,000 characters. */
export interface SuiteCase {
  readonly id: string
  readonly status: CaseStatus
  readonly seconds: number
  readonly message?: string
}

/**
 * One run of a test suite in a clean room: facts only. `name` says which (`A`, `B/base`, `B/right/NAME`, `B/mutants/NAME`, `B/shuffled/N`, `base`).
 * `report` is the digest of the raw report, null where none was written. `exit` is how the command ended.
 */
export interface SuiteRun {
  readonly name: string
  readonly command: string
  readonly exit:
    | { readonly ended: 'exited'; readonly exitCode: number }
    | { readonly ended: 'signalled' | 'limit' | 'aborted' | 'not-started'; readonly reason: string }
  readonly ms: number
  readonly report: string | null
  /** Digest of the command's output, cut to 200 kB, for people. */
  readonly output: string
  /** Ids of the tests that were added to the run; each of `guards` stands at the end of one test file, and must fail where that file runs. */
  readonly canaries: { readonly mustFail: string; readonly mustError: string; readonly guards?: readonly string[] }
}
