import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { dir } from 'tmp-promise'
import type { Entry } from '../../src/evidence/change.ts'
import { sha256 } from '../../src/evidence/digest.ts'
import type { Rung } from '../../src/sandbox/sandbox.ts'
import { openBlobStore } from '../../src/workspace/blob-store.ts'
import { openWorkspace } from '../../src/workspace/open-workspace.ts'
import { removeFolder } from '../../src/workspace/remove-folder.ts'
import type { BlobStore, Workspace } from '../../src/workspace/workspace.ts'

export type TestWorkspace = Workspace & { readonly blobs: BlobStore }

/** A workspace over a folder of small files, made for one test. */
export async function openTestWorkspace(rung: Rung, files: Readonly<Record<string, string>> = {}): Promise<TestWorkspace> {
  const { path: folder } = await dir({ unsafeCleanup: true, prefix: 'assay-test-' })
  const root = join(folder, 'root')
  await mkdir(root)
  const base = new Map<string, Entry>()
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
    base.set(path, { type: 'file', digest: sha256(content), size: Buffer.byteLength(content), executable: false })
  }
  return openOver(rung, folder, root, base)
}

/** A workspace over `root`; `folder` is removed with it. */
export async function openOver(rung: Rung, folder: string, root: string, base: ReadonlyMap<string, Entry>): Promise<TestWorkspace> {
  const blobs = openBlobStore(join(folder, 'blobs'))
  const fixture = {
    name: 'test',
    folder,
    repo: root,
    stack: 'pytest',
    prepare: { commands: [], lock: [], toolchains: [] },
    commands: { test: 'true' },
    scope: { backend: [], frontend: [], shared: [] },
    protected: [],
    layers: [],
    helpers: [],
    differences: [],
    probes: {},
    testFolder: 'tests',
    digest: '0'.repeat(64),
  }
  const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' }
  const opened = await openWorkspace({ fixture, digest: fixture.digest, root, base, toolchains: [], env }, { rung, scratch: folder, blobs })
  if (opened.kind === 'failed') {
    throw new Error(`${opened.call}: ${opened.reason}`)
  }
  return {
    ...opened.workspace,
    blobs,
    [Symbol.asyncDispose]: async () => {
      await opened.workspace[Symbol.asyncDispose]()
      await removeFolder(folder)
    },
  }
}
