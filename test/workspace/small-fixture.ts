import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { dir } from 'tmp-promise'
import { onTestFinished } from 'vitest'
import type { Fixture } from '../../src/fixture/fixture.ts'
import { prepareFixture } from '../../src/fixture/prepare-fixture.ts'
import type { PreparedFixture } from '../../src/fixture/prepared-fixture.ts'
import type { Command, Rung } from '../../src/sandbox/sandbox.ts'
import { openBlobStore } from '../../src/workspace/blob-store.ts'
import { openWorkspace } from '../../src/workspace/open-workspace.ts'
import { removeFolder } from '../../src/workspace/remove-folder.ts'
import type { BlobStore, Workspace } from '../../src/workspace/workspace.ts'

/** Text, bytes, an executable script, or a symlink. */
export type SmallFile = string | Uint8Array | { readonly script: string } | { readonly target: string }

export async function writeTree(root: string, files: Readonly<Record<string, SmallFile>>): Promise<void> {
  for (const [path, file] of Object.entries(files)) {
    const to = join(root, path)
    await mkdir(dirname(to), { recursive: true })
    if (typeof file === 'string' || file instanceof Uint8Array) {
      await writeFile(to, file)
    } else if ('script' in file) {
      await writeFile(to, file.script)
      await chmod(to, 0o755)
    } else {
      await symlink(file.target, to)
    }
  }
}

/** A folder that goes when the test ends; in a hook, when `atEnd` calls back. */
export async function scratchFolder(atEnd: (undo: () => Promise<void>) => void = onTestFinished): Promise<string> {
  const { path } = await dir({ prefix: 'assay-test-', unsafeCleanup: true })
  atEnd(() => removeFolder(path))
  return path
}

export function fixtureOf(folder: string, prepare: Partial<Fixture['prepare']> = {}): Fixture {
  return {
    name: 'small',
    folder,
    repo: join(folder, 'repo'),
    stack: 'pytest',
    prepare: { commands: [], lock: [], toolchains: [], ...prepare },
    commands: { test: 'true' },
    scope: { backend: ['**'], frontend: [], shared: [] },
    protected: [],
    layers: [],
    helpers: [],
    differences: [],
    probes: {},
    testFolder: 'tests',
    digest: 'd'.repeat(64),
  }
}

export interface Small {
  readonly folder: string
  readonly prepared: PreparedFixture
  readonly blobs: BlobStore
  readonly scratch: string
}

/** Prepares a fixture with these files; the prepare commands run on the same rung. */
export async function prepareSmall(
  files: Readonly<Record<string, SmallFile>>,
  rung: Rung,
  prepare: Partial<Fixture['prepare']> = {},
  atEnd?: (undo: () => Promise<void>) => void,
): Promise<Small> {
  const folder = await scratchFolder(atEnd)
  await writeTree(join(folder, 'repo'), files)
  const result = await prepareFixture(fixtureOf(folder, prepare), { cacheFolder: join(folder, 'cache'), rung, onProgress: () => {} })
  if (result.kind === 'failed') {
    throw new Error(`${result.phase}: ${result.message}\n${result.output}`)
  }
  const scratch = join(folder, 'scratch')
  await mkdir(scratch)
  return { folder, prepared: result.prepared, blobs: openBlobStore(join(folder, 'blobs')), scratch }
}

export async function openSmall({ prepared, blobs, scratch }: Small, rung: Rung): Promise<Workspace> {
  const opened = await openWorkspace(prepared, { rung, scratch, blobs })
  if (opened.kind === 'failed') {
    throw new Error(`${opened.call}: ${opened.reason}`)
  }
  return opened.workspace
}

const megabyte = 1024 * 1024

export function shell(script: string, more: Partial<Command> = {}): Command {
  const limits = {
    processes: 100,
    memoryBytes: 512 * megabyte,
    fileBytes: 256 * megabyte,
    diskBytes: 512 * megabyte,
    outputBytes: megabyte,
    wallMs: 30_000,
  }
  return { argv: ['sh', '-euc', script], cwd: '.', env: {}, mounts: [], limits, network: false, ...more }
}

/** Runs a script that must end well. */
export async function act(workspace: Workspace, script: string): Promise<string> {
  const result = await workspace.run(shell(script))
  if (result.ended !== 'exited' || result.exitCode !== 0) {
    throw new Error(`${JSON.stringify(result)} in: ${script}`)
  }
  return result.stdout
}
