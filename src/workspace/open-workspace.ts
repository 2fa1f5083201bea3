import { dir } from 'tmp-promise'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { Command, Process, Rung } from '../sandbox/sandbox.ts'
import { startCommand } from '../sandbox/start-command.ts'
import { installFiles } from './install-files.ts'
import { type Layer, openLayer } from './layer.ts'
import { removeFolder } from './remove-folder.ts'
import { walkChanges } from './walk-changes.ts'
import type { BlobStore, Workspace } from './workspace.ts'

export interface WorkspaceRequest {
  readonly rung: Rung
  /** A folder of the caller's on the host, on a real file system; the workspace makes a folder of its own in it. */
  readonly scratch: string
  /** Where the content of all changes goes. */
  readonly blobs: BlobStore
}

/** `call` is what failed, as one would type it. */
export type OpenResult =
  | { readonly kind: 'open'; readonly workspace: Workspace }
  | { readonly kind: 'failed'; readonly call: string; readonly reason: string }

/** Opens a private view of a prepared fixture on the given rung. Disposing it ends what still runs in it and removes it. */
export async function openWorkspace(prepared: PreparedFixture, request: WorkspaceRequest): Promise<OpenResult> {
  const { path: folder } = await dir({ tmpdir: request.scratch, prefix: 'workspace-', mode: 0o700, unsafeCleanup: true })
  const opened = await openLayer(prepared, request.rung, folder).catch(async (error: unknown) => {
    await removeFolder(folder)
    throw error
  })
  if (opened.kind === 'failed') {
    await removeFolder(folder)
    return opened
  }
  return { kind: 'open', workspace: workspaceOn(opened.layer, prepared, request, folder) }
}

function workspaceOn(layer: Layer, prepared: PreparedFixture, { rung, blobs }: WorkspaceRequest, folder: string): Workspace {
  const running = new Set<Process>()
  let closed: Promise<void> | null = null
  let last: Promise<unknown> = Promise.resolve()

  const assertOpen = () => {
    if (closed) {
      throw new Error('This workspace has been disposed.')
    }
  }
  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
  const keep = async (digest: string, content: Buffer) => {
    if (!blobs.has(digest)) {
      await blobs.put(content)
    }
  }
  const start = (command: Command, signal?: AbortSignal): Process => {
    assertOpen()
    const env = { ...prepared.env, ...command.env }
    const started = startCommand(layer.view, prepared.toolchains, env, command, signal)
    running.add(started)
    started.result.finally(() => running.delete(started))
    return started
  }
  const close = async () => {
    const ending = [...running]
    for (const process of ending) {
      process.kill()
    }
    await Promise.all(ending.map(({ result }) => result))
    await last
    try {
      await layer.close()
    } finally {
      await removeFolder(folder)
    }
  }
  return {
    rung,
    fixture: prepared,
    root: layer.root,
    start,
    run: async (command, signal) => {
      const started = start(command, signal)
      started.stdin.end()
      return started.result
    },
    changes: async () => {
      assertOpen()
      return queue(() => walkChanges({ ...layer.walk, keep }))
    },
    install: async (files) => {
      assertOpen()
      if (running.size > 0) {
        throw new Error('Files can be installed only while nothing runs in the workspace.')
      }
      await queue(async () => installFiles(layer.tree, files))
    },
    [Symbol.asyncDispose]: () => {
      closed ??= close()
      return closed
    },
  }
}
