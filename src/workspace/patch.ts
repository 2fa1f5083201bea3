import { isUtf8 } from 'node:buffer'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import type { Change, Entry } from '../evidence/change.ts'
import { type GitResult, git } from './git.ts'
import { pathBytes } from './path-text.ts'
import { removeFolder } from './remove-folder.ts'
import type { BlobStore } from './workspace.ts'

type Kept = Extract<Entry, { digest: string }>
interface Side {
  readonly path: string
  readonly entry: Kept
  readonly content: Uint8Array
}

/**
 * The changes as text that `git apply` takes on the base and that then gives the same tree. Left out is what no patch can say: special and
 * unstable files, files too large to keep, and paths in a folder named `.git`. `baseContent` gives the base's bytes of a path.
 */
export async function changesAsPatch(
  changes: readonly Change[],
  blobs: BlobStore,
  baseContent: (path: string) => Promise<Uint8Array | null>,
): Promise<string> {
  const sides = { base: [] as Side[], now: [] as Side[] }
  for (const change of changes.filter(({ path }) => !/(^|\/)\.git(\/|$)/i.test(path))) {
    const base = change.kind === 'added' ? null : await sideOf(change.path, change.base, () => baseContent(change.path))
    const now = change.kind === 'deleted' ? null : await sideOf(change.path, change.now, (digest) => blobs.get(digest))
    if (base !== 'unsayable' && now !== 'unsayable') {
      sides.base.push(...(base ? [base] : []))
      sides.now.push(...(now ? [now] : []))
    }
  }
  return sides.base.length + sides.now.length === 0 ? '' : difference(sides.base, sides.now)
}

async function sideOf(path: string, entry: Entry, read: (digest: string) => Promise<Uint8Array | null>): Promise<Side | 'unsayable'> {
  if (!('digest' in entry)) {
    return 'unsayable'
  }
  const content = entry.type === 'symlink' ? pathBytes(entry.target) : await read(entry.digest)
  return content ? { path, entry, content } : 'unsayable'
}

/**
 * Compares two trees that never lie in a working folder: an agent's `.gitattributes` would have a say in one. A file that is no UTF-8 goes
 * into the patch as git's binary format, since its lines could not be told as text.
 */
async function difference(base: readonly Side[], now: readonly Side[]): Promise<string> {
  const raw = new Set([...base, ...now].filter(({ content }) => !isUtf8(content)).map(({ path }) => path))
  const { path: folder } = await dir({ prefix: 'assay-patch-', unsafeCleanup: true })
  try {
    const run = async (args: readonly string[], input?: Uint8Array) =>
      expectOk(await git({ cwd: folder, args, env: { GIT_DIR: folder }, ...(input && { input }) }))
    await run(['init', '--quiet', '--bare', '--template='])
    const commits = [
      commit(
        'base',
        base.filter(({ path }) => !raw.has(path)),
      ),
      commit(
        'now',
        now.filter(({ path }) => !raw.has(path)),
      ),
      commit(
        'base-raw',
        base.filter(({ path }) => raw.has(path)),
      ),
      commit(
        'now-raw',
        now.filter(({ path }) => raw.has(path)),
      ),
    ]
    await run(['fast-import', '--quiet', '--done'], Buffer.concat([...commits, Buffer.from('done\n')]))
    const text = await run(['diff', ...diffFlags, 'base', 'now', '--'])
    await mkdir(join(folder, 'info'), { recursive: true })
    await writeFile(join(folder, 'info', 'attributes'), '* -diff\n')
    const binary = await run(['diff', ...diffFlags, 'base-raw', 'now-raw', '--'])
    return Buffer.concat([text, binary]).toString('utf8')
  } finally {
    await removeFolder(folder)
  }
}

const diffFlags = [
  ...['--binary', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', '--diff-algorithm=myers'],
  ...['--src-prefix=a/', '--dst-prefix=b/'],
]

function expectOk(result: GitResult): Buffer {
  if (!result.ok) {
    throw new Error(`git failed: ${result.stderr}`)
  }
  return result.stdout
}

/** One commit in the format of `git fast-import`. */
function commit(branch: string, sides: readonly Side[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`commit refs/heads/${branch}\ncommitter a <a> 0 +0000\ndata 0\n`)]
  for (const { path, entry, content } of sides) {
    const mode = entry.type === 'symlink' ? '120000' : entry.executable ? '100755' : '100644'
    parts.push(
      Buffer.from(`M ${mode} inline `),
      quotedPath(path),
      Buffer.from(`\ndata ${content.length}\n`),
      Buffer.from(content),
      Buffer.from('\n'),
    )
  }
  return Buffer.concat(parts)
}

function quotedPath(path: string): Buffer {
  const quoted = [...pathBytes(path)].map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c ? octal(byte) : String.fromCharCode(byte),
  )
  return Buffer.from(`"${quoted.join('')}"`, 'latin1')
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`
}
