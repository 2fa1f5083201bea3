/**
 * One reason against the work. `code` is stable and compared across runs; sentences are made from code and arguments in report/sentences.ts.
 * `path` is relative to the repository's root, `line` counts from 1.
 */
export interface Finding {
  readonly code: string
  readonly rule: string
  readonly severity: 'fail' | 'warn'
  readonly path?: string
  readonly line?: number
  readonly args: Readonly<Record<string, string | number>>
}
