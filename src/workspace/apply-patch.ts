import { copyFile, lstat, mkdir, readFile, readlink, realpath, symlink } from 'node:fs/promises'
import { dir } from 'tmp-promise'
import { git } from './git.ts'
import { pathBytes, pathText } from './path-text.ts'
import { isExecutable } from './read-entry.ts'
import { removeFolder } from './remove-folder.ts'
import type { InstalledFile } from './workspace.ts'

/** What a patch leaves of each file that it touches (null: deleted), or why git refuses it. */
export type PatchResult =
  | { readonly kind: 'applied'; readonly files: ReadonlyMap<string, InstalledFile | null> }
  | { readonly kind: 'rejected'; readonly message: string }

/**
 * Applies a patch (`git diff` format, paths below `a/` and `b/`) to a tree without touching it: in a scratch copy of only the files that the
 * patch names. All or nothing; an empty patch touches nothing.
 */
export async function applyPatchToTree(root: string, patch: string): Promise<PatchResult> {
  if (patch.trim() === '') {
    return { kind: 'applied', files: new Map() }
  }
  const scratch = await dir({ prefix: 'assay-apply-', unsafeCleanup: true })
  try {
    return await applyIn(await realpath(scratch.path), root, Buffer.from(patch))
  } finally {
    await removeFolder(scratch.path)
  }
}

async function applyIn(folder: string, root: string, patch: Buffer): Promise<PatchResult> {
  const apply = (...args: string[]) => git({ cwd: folder, args: ['apply', '--whitespace=nowarn', ...args, '-'], input: patch })
  // `--numstat` names a renamed file only by its new name, so the reverse is asked as well.
  const named = [await apply('--numstat', '-z'), await apply('--numstat', '-z', '--reverse')]
  const failed = named.find(({ ok }) => !ok)
  if (failed) {
    return { kind: 'rejected', message: failed.stderr.trim() }
  }
  const paths = new Set(named.flatMap(({ stdout }) => touchedPaths(stdout)))
  const refused = [...paths].find((path) => path.split('/').some((part) => part === '..' || part === '' || part === '.git'))
  if (refused !== undefined) {
    return { kind: 'rejected', message: `error: invalid path '${refused}'` }
  }
  for (const path of paths) {
    await copyEntry(below(root, path), below(folder, path))
  }
  const applied = await apply()
  if (!applied.ok) {
    return { kind: 'rejected', message: applied.stderr.trim() }
  }
  const files = new Map<string, InstalledFile | null>()
  for (const path of [...paths].sort()) {
    files.set(path, await readInstalled(below(folder, path)))
  }
  return { kind: 'applied', files }
}

function below(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), pathBytes(path)])
}

/** `added TAB deleted TAB path NUL`, with `-` for both counts of a binary file. */
function touchedPaths(numstat: Buffer): string[] {
  const records = numstat.toString('latin1').split('\0').slice(0, -1)
  return records.map((record) => pathText(Buffer.from(record.replace(/^[\d-]+\t[\d-]+\t/, ''), 'latin1')))
}

async function copyEntry(from: Buffer, to: Buffer): Promise<void> {
  const stat = await lstat(from).catch(() => null)
  if (!stat || stat.isDirectory()) {
    return
  }
  await mkdir(to.subarray(0, to.lastIndexOf('/')), { recursive: true })
  if (stat.isSymbolicLink()) {
    await symlink(await readlink(from, { encoding: 'buffer' }), to)
  } else {
    await copyFile(from, to)
  }
}

async function readInstalled(path: Buffer): Promise<InstalledFile | null> {
  const stat = await lstat(path).catch(() => null)
  if (!stat || stat.isDirectory()) {
    return null
  }
  if (stat.isSymbolicLink()) {
    return { target: pathText(await readlink(path, { encoding: 'buffer' })) }
  }
  return { content: await readFile(path), executable: isExecutable(stat) }
}
