import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PreparedFixture } from '../src/fixture/prepared-fixture.ts'
import type { Rung } from '../src/sandbox/sandbox.ts'
import { git } from '../src/workspace/git.ts'
import { openWorkspace } from '../src/workspace/open-workspace.ts'
import { removeFolder } from '../src/workspace/remove-folder.ts'
import type { BlobStore, InstalledFile, Workspace } from '../src/workspace/workspace.ts'
import type { Side } from './pairs.ts'

/** A prepared fixture, and a folder on a real file system for all that is made from it. */
export interface Place {
  readonly prepared: PreparedFixture
  readonly rung: Rung
  readonly scratch: string
}

/** Rejects where the workspace cannot be opened. */
export async function openAt({ prepared, rung, scratch }: Place, blobs: BlobStore): Promise<Workspace> {
  const opened = await openWorkspace(prepared, { rung, scratch, blobs })
  if (opened.kind === 'failed') {
    throw new Error(`${opened.call}: ${opened.reason}`)
  }
  return opened.workspace
}

/** Git with settings of its own; rejects where it fails. */
export async function gitAt(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { ok, stdout, stderr } = await git({ cwd, args, env })
  if (!ok) {
    throw new Error(`git ${args.join(' ')}: ${stderr}`)
  }
  return stdout.toString()
}

/** Writing the tracked files anew and removing them: the least that a private copy of a repository costs, without its dependencies. */
export function checkoutSide({ prepared, scratch }: Place): Side {
  const folder = join(scratch, 'checkout')
  return {
    run: async () => {
      await gitAt(prepared.root, ['checkout-index', '-a', `--prefix=${folder}/`])
      await removeFolder(folder)
    },
  }
}

/** Five edits and two new files, as a small change of an agent. */
export async function smallChange({ prepared }: Place): Promise<ReadonlyMap<string, InstalledFile>> {
  const tracked = (await gitAt(prepared.root, ['ls-files', '-z', '*.py'])).split('\0')
  const edited = tracked.filter((path) => path !== '' && !/test|conftest/.test(path)).slice(0, 5)
  const files = new Map<string, InstalledFile>()
  for (const path of edited) {
    const before = await readFile(join(prepared.root, path))
    files.set(path, { content: Buffer.concat([before, Buffer.from('\n# edited\n')]), executable: false })
  }
  for (const name of ['first', 'second']) {
    files.set(`backend/${name}.py`, { content: Buffer.from(`NAME = '${name}'\n`), executable: false })
  }
  return files
}
