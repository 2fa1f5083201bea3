import { chmod, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { dir } from 'tmp-promise'
import { expect, test } from 'vitest'
import { referenceScript } from '../../src/gateway/reference-script.ts'
import { referenceUpstream } from '../../src/gateway/reference-upstream.ts'
import { builtinRunner } from '../../src/runner/builtin.ts'
import type { Rung } from '../../src/sandbox/sandbox.ts'
import { applyPatchToTree } from '../../src/workspace/apply-patch.ts'
import { play } from '../runner/play.ts'
import { openOver } from '../runner/test-workspace.ts'
import { byPath, changesBetween, entriesOf } from './tree-entries.ts'

const LONG = Array.from({ length: 400 }, (_, line) => `line ${line} = ${line * 7}`).join('\n')
const BINARY = Buffer.from(Array.from({ length: 4000 }, (_, n) => (n * 31) % 256))

/** Every file of the base, and what the solution does to it. */
const base: Readonly<Record<string, string | Buffer>> = {
  'CLAUDE.md': '# Notes\nRun: true\n',
  'app/models/user.py': 'class User:\n    name = 1\n\n    def full(self):\n        return self.name\n',
  'app/models/team.py': 'class Team:\n    pass\n',
  'app/services/users.py': `import x\n\n${LONG}\n`,
  'app/services/repeats.py': `${'same\n'.repeat(20)}${'other\n'.repeat(20)}`,
  'app/services/moved.py': `${LONG}\nmoved\n`,
  'app/services/edited-and-moved.py': `${LONG}\nrenamed\n`,
  'app/gone/only.py': 'gone\n',
  'app/becomes-file/inner.txt': 'inner\n',
  'app/becomes-folder': 'a file\n',
  'app/becomes-link': 'text\n',
  'app/run.sh': '#!/bin/sh\necho run\n',
  'app/plain.sh': '#!/bin/sh\necho plain\n',
  'text/crlf.txt': 'one\r\ntwo\r\nthree\r\n',
  'text/no-end.txt': 'first\nlast without end',
  'text/gets-end.txt': 'first\nlast without end',
  'text/übersicht ’quoted’ $x.txt': 'häßlich\n日本語\n',
  'text/trailing.txt': 'spaces   \n\ttabs\t\n',
  'text/big.txt': `${LONG}\n`.repeat(60),
  'text/dollar.txt': 'a\nb\nc\nd\n',
  'text/latin.txt': Buffer.from([0x67, 0x72, 0xfc, 0xdf, 0x65, 0x0a]),
  'data/image.bin': BINARY,
  'data/moved.bin': BINARY.subarray(0, 1000),
  'empty.txt': '',
}

type Step = (root: string) => Promise<unknown>
const put =
  (path: string, content: string | Buffer): Step =>
  async (root) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
const replaced = (path: string, from: string, to: string): Step =>
  put(
    path,
    String(base[path]).replace(from, () => to),
  )

const solutions: Readonly<Record<string, readonly Step[]>> = {
  'new files': [put('app/models/new.py', 'class New:\n    pass\n'), put('deep/er/é/x.txt', 'x'), put('made/empty.txt', '')],
  'one block in each file': [
    replaced('app/models/user.py', 'name = 1', 'name = 2\n    age = 3'),
    replaced('app/services/users.py', 'line 200 = 1400', "line 200 = '$& $1'"),
    replaced('app/services/users.py', 'import x\n', 'import x\nimport y\n'),
    put('app/services/repeats.py', `${'same\n'.repeat(21)}${'other\n'.repeat(20)}`),
    put('text/dollar.txt', "a\nb\nc\nd\n$`$'$$\n"),
  ],
  'far apart changes': [put('app/services/users.py', `import y\n\n${LONG}\nlast\n`)],
  'deletion, the last file of a folder too': [
    (root) => rm(join(root, 'app/gone'), { recursive: true }),
    (root) => rm(join(root, 'text/crlf.txt')),
  ],
  'renames, with and without a change': [
    (root) => rename(join(root, 'app/services/moved.py'), join(root, 'app/models/moved.py')),
    (root) => rename(join(root, 'data/moved.bin'), join(root, 'data/here.bin')),
    (root) => rm(join(root, 'app/services/edited-and-moved.py')),
    put('app/models/renamed.py', `${LONG}\nrenamed and edited\n`),
  ],
  modes: [
    (root) => chmod(join(root, 'app/plain.sh'), 0o755),
    (root) => chmod(join(root, 'app/run.sh'), 0o644),
    put('bin/new', '#!/bin/sh\n'),
    (root) => chmod(join(root, 'bin/new'), 0o755),
  ],
  'a file becomes a folder, a folder a file, a file a link': [
    (root) => rm(join(root, 'app/becomes-folder')),
    put('app/becomes-folder/inner.txt', 'inner 2\n'),
    (root) => rm(join(root, 'app/becomes-file'), { recursive: true }),
    put('app/becomes-file', 'now a file\n'),
    (root) => rm(join(root, 'app/becomes-link')),
    (root) => symlink('../CLAUDE.md', join(root, 'app/becomes-link')),
    (root) => symlink('no where', join(root, 'new-link')),
  ],
  'line ends, spaces and scripts': [
    replaced('text/crlf.txt', 'two\r\n', 'zwei\r\nzwo\r\n'),
    replaced('text/no-end.txt', 'last', 'very last'),
    put('text/gets-end.txt', 'first\nlast with end\n'),
    replaced('text/übersicht ’quoted’ $x.txt', '日本語', '日本語 ✓'),
    replaced('text/trailing.txt', 'spaces   ', 'spaces     '),
    put('text/it\'s "new" `x` $(y).txt', "it's\n"),
    put('-dash.sh', '#!/bin/sh\n'),
    (root) => chmod(join(root, '-dash.sh'), 0o755),
    put('text/bom.txt', '\ufeffbom\n'),
    put('empty.txt', 'no longer\n'),
    put('text/dollar.txt', ''),
  ],
  'big and binary': [
    replaced('text/big.txt', 'line 399 = 2793', 'line 399 = changed'),
    put('text/bigger.txt', 'é'.repeat(400_000)),
    put('data/image.bin', Buffer.from(BINARY).fill(0, 100, 200)),
    put('data/new.bin', BINARY.subarray(7)),
    put('text/latin.txt', Buffer.from([0x67, 0x72, 0xfc, 0xdf, 0x65, 0x72, 0x0a])),
  ],
}

const layers = [
  { name: 'models', globs: ['app/models/**'] },
  { name: 'services', globs: ['app/services/**'] },
]

/** These touch the same files as others. */
const ALONE = ['one block in each file', 'far apart changes', 'deletion, the last file of a folder too']

test.each(ALONE)('the reference leaves the tree of git apply: %s', async (name) => {
  await leavesTheSameTree(solutions[name] ?? [], 'overlay+bwrap')
})

test.each<Rung>(['overlay+bwrap', 'copy+bwrap', 'none'])(
  'the reference leaves the tree of git apply: all others at once on rung %s',
  async (rung) => {
    const steps = Object.entries(solutions).flatMap(([name, its]) => (ALONE.includes(name) ? [] : its))
    await leavesTheSameTree(steps, rung)
  },
)

async function leavesTheSameTree(steps: readonly Step[], rung: Rung): Promise<void> {
  const { path: folder } = await dir({ unsafeCleanup: true, prefix: 'assay-test-' })
  const [root, wanted] = [join(folder, 'root'), join(folder, 'wanted')]
  await mkdir(root)
  await Promise.all(Object.entries(base).map(([path, content]) => put(path, content)(root)))
  await chmod(join(root, 'app/run.sh'), 0o755)
  const before = await entriesOf(root)

  const patch = await patchOf(root, join(folder, 'solved'), steps)
  await cp(root, wanted, { recursive: true, verbatimSymlinks: true })
  await execa('git', ['apply', '--whitespace=nowarn', '-'], { cwd: wanted, input: patch, env: { GIT_CEILING_DIRECTORIES: folder } })

  const applied = await applyPatchToTree(root, patch)
  if (applied.kind === 'rejected') {
    throw new Error(applied.message)
  }
  const contents = await Promise.all(
    [...applied.files.keys()]
      .filter((path) => before.get(path)?.type === 'file')
      .map(async (path) => [path, await readFile(join(root, path))] as const),
  )
  const script = referenceScript({
    kind: 'feature',
    ask: null,
    decline: null,
    layers,
    testCommand: 'true',
    change: { files: applied.files, base: before, before: new Map(contents) },
  })

  await using workspace = await openOver(rung, folder, root, before)
  const { output, events } = await play({ runner: builtinRunner({ scripted: true }), workspace, upstream: referenceUpstream(script) })
  expect(events.filter((event) => event.kind === 'tool-result' && event.isError)).toEqual([])
  expect(output.stop).toEqual({ kind: 'finished' })
  expect(byPath(await workspace.changes())).toEqual(byPath(changesBetween(before, await entriesOf(wanted))))
}

async function patchOf(root: string, solved: string, steps: readonly Step[]): Promise<string> {
  const git = (...args: string[]) => execa('git', args, { cwd: solved, stripFinalNewline: false, env: { GIT_CONFIG_GLOBAL: '/dev/null' } })
  await cp(root, solved, { recursive: true, verbatimSymlinks: true })
  await git('init', '--quiet')
  // A patch is text: what is no UTF-8 can only come in git's binary format.
  await writeFile(join(solved, '.git/info/attributes'), 'text/latin.txt -diff\n')
  await git('add', '--all', '--force')
  await git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '-m', 'base')
  for (const step of steps) {
    await step(solved)
  }
  await git('add', '--all', '--force')
  return (await git('diff', '--cached', '--binary', '--find-renames', 'HEAD')).stdout
}
