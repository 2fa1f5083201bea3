import type { Change } from '../evidence/change.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { Command, CommandResult, Process, Rung } from '../sandbox/sandbox.ts'

/**
 * A private view of a prepared fixture. Removes itself: mount, processes, folders.
 * Everything an agent or a suite runs is started through it, so that it runs inside the rung's sandbox.
 */
export interface Workspace extends AsyncDisposable {
  readonly rung: Rung
  readonly fixture: PreparedFixture
  /** Where commands inside see it: `/workspace`, or on rung `none` a folder of the host. */
  readonly root: string
  /** Runs a command to its end, with the output collected (up to the limit). */
  run(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** Starts a command whose streams the caller uses. */
  start(command: Command, signal?: AbortSignal): Process
  /** The paths that differ from the base now, blobs stored in `blobs`. Serialised; never trusts the workspace's own git. */
  changes(): Promise<readonly Change[]>
  /** Writes, replaces (file, symlink) or removes (`null`) paths from our side, parents made, symlinked parents refused. Only while nothing runs inside. */
  install(files: ReadonlyMap<string, InstalledFile | null>): Promise<void>
}

export type InstalledFile = { readonly content: Uint8Array; readonly executable: boolean } | { readonly target: string }

/** Content by sha256; the private object store of one trial, outside every workspace. */
export interface BlobStore {
  put(content: Uint8Array): Promise<string>
  get(digest: string): Promise<Uint8Array | null>
  has(digest: string): boolean
}
