/**
 * What one path of a tree is. `digest` is the sha256 (hex) of the content: of the bytes for a file, of the target text for a symlink.
 * `unstable` is a file that kept changing while it was read; `special` is a socket, a fifo or a device that an agent made.
 */
export type Entry =
  | { readonly type: 'file'; readonly digest: string; readonly size: number; readonly executable: boolean }
  | { readonly type: 'symlink'; readonly digest: string; readonly target: string }
  | { readonly type: 'unstable' }
  | { readonly type: 'special' }

/** One path (relative to the root of the repository, `/` between parts) that differs from the base. A rename is a deletion and an addition. */
export type Change =
  | { readonly path: string; readonly kind: 'added'; readonly now: Entry }
  | { readonly path: string; readonly kind: 'modified'; readonly base: Entry; readonly now: Entry }
  | { readonly path: string; readonly kind: 'deleted'; readonly base: Entry }

/**
 * A tree as it differed from the base when a model request arrived (or at start, or at end).
 * `tree` is the sha256 over the sorted changes: equal trees have equal digests. `at` is milliseconds since the trial began.
 */
export interface Snapshot {
  readonly seq: number
  readonly at: number
  readonly tree: string
  readonly changes: readonly Change[]
}
