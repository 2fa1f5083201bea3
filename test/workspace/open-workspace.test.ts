import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Rung } from '../../src/sandbox/sandbox.ts'
import { openWorkspace } from '../../src/workspace/open-workspace.ts'
import type { InstalledFile } from '../../src/workspace/workspace.ts'
import { act, openSmall, prepareSmall, type Small, shell } from './small-fixture.ts'

const files = {
  'README.md': 'Read me.\n',
  'src/app.py': 'app = 1\n',
  'src/pkg/a.py': 'a\n',
  'src/pkg/b.py': 'b\n',
  'run.sh': { script: '#!/bin/sh\necho ran\n' },
}
const rungs: readonly Rung[] = ['overlay+bwrap', 'copy+bwrap', 'none']
const text = (content: string, executable = false): InstalledFile => ({ content: Buffer.from(content), executable })

async function mounts(): Promise<readonly string[]> {
  return (await readFile('/proc/self/mounts', 'utf8')).split('\n')
}

describe.each(rungs)('a workspace on %s', (rung) => {
  let small: Small
  const after: (() => Promise<void>)[] = []
  beforeAll(async () => {
    small = await prepareSmall(files, rung, {}, (undo) => after.push(undo))
  })
  afterAll(() => Promise.all(after.map((undo) => undo())))

  it('shows the fixture at its root, and is gone afterwards', async () => {
    const before = await mounts()
    {
      await using workspace = await openSmall(small, rung)
      expect(await act(workspace, 'pwd; cat README.md; ./run.sh')).toBe(`${workspace.root}\nRead me.\nran\n`)
      expect(workspace.root === '/workspace').toBe(rung !== 'none')
      await act(workspace, 'mkdir -p shut/in; echo 1 > shut/in/a; chmod 000 shut/in; chmod 500 shut; chmod 000 src')
      expect(await workspace.run(shell('exit 3'))).toMatchObject({ ended: 'exited', exitCode: 3 })
    }
    expect(await readdir(small.scratch)).toEqual([])
    expect(await mounts()).toEqual(before)
  })

  it('ends what still runs in it when it is disposed', async () => {
    const workspace = await openSmall(small, rung)
    const process = workspace.start(shell('echo begun; sleep 60 & sleep 60'))
    await new Promise((resolve) => process.stdout.once('data', resolve))
    await workspace[Symbol.asyncDispose]()
    await workspace[Symbol.asyncDispose]()
    expect(await process.result).not.toMatchObject({ ended: 'exited' })
    expect(await readdir(small.scratch)).toEqual([])
    await expect(workspace.changes()).rejects.toThrow('has been disposed')
  })

  it('never lets one workspace change another, or the fixture', async () => {
    await using first = await openSmall(small, rung)
    await using second = await openSmall(small, rung)
    await act(first, 'echo 2 >> src/app.py; rm README.md')
    expect(await second.changes()).toEqual([])
    expect(await act(second, 'cat README.md src/app.py')).toBe('Read me.\napp = 1\n')
  })

  it('installs, replaces and removes files, and sees them as changes', async () => {
    await using workspace = await openSmall(small, rung)
    await workspace.install(
      new Map([
        ['src/app.py', text('app = 2\n')],
        ['src/pkg/a.py', null],
        ['src/pkg/b.py', null],
        ['src/pkg', { target: 'other' }],
        ['src/other/new.py', text('new\n')],
        ['bin/tool', text('#!/bin/sh\necho tool\n', true)],
        ['README.md', null],
        ['never/was', null],
      ]),
    )
    expect(await act(workspace, 'cat src/app.py src/pkg/new.py; bin/tool; ls; git status --porcelain -uall')).toMatchInlineSnapshot(`
      "app = 2
      new
      tool
      bin
      run.sh
      src
       D README.md
       M src/app.py
       D src/pkg/a.py
       D src/pkg/b.py
      ?? bin/tool
      ?? src/other/new.py
      ?? src/pkg
      "
    `)
    expect((await workspace.changes()).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'deleted README.md',
      'added bin/tool',
      'modified src/app.py',
      'added src/other/new.py',
      'added src/pkg',
      'deleted src/pkg/a.py',
      'deleted src/pkg/b.py',
    ])
    await workspace.install(
      new Map([
        ['src/pkg', null],
        ['src/pkg/a.py', text('a\n')],
        ['src/pkg/b.py', text('b\n')],
        ['src/other/new.py', null],
      ]),
    )
    await workspace.install(
      new Map([
        ['README.md', text('Read me.\n')],
        ['bin', null],
        ['src/app.py', text('app = 1\n')],
      ]),
    )
    expect(await workspace.changes()).toEqual([])
  })

  it.each([
    { name: 'below a symlink', script: 'rm -r src/pkg; ln -s /tmp src/pkg', path: 'src/pkg/a.py', says: /one of its parents is a symlink/ },
    { name: 'below a file', script: 'true', path: 'README.md/a', says: /one of its parents is a symlink or no folder/ },
    { name: 'out of the tree', script: 'true', path: '../a', says: /not a path below the root/ },
    { name: 'at an absolute path', script: 'true', path: '/etc/a', says: /not a path below the root/ },
    { name: 'over a folder with files', script: 'true', path: 'src', says: /ENOTEMPTY/ },
  ])('refuses to install $name', async ({ script, path, says }) => {
    await using workspace = await openSmall(small, rung)
    await act(workspace, script)
    await expect(workspace.install(new Map([[path, text('x')]]))).rejects.toThrow(says)
  })

  it('refuses to install while something runs', async () => {
    await using workspace = await openSmall(small, rung)
    workspace.start(shell('sleep 60'))
    await expect(workspace.install(new Map([['a', text('x')]]))).rejects.toThrow('only while nothing runs')
  })
})

it('says why an overlay cannot lie on memory', async () => {
  const small = await prepareSmall(files, 'overlay+bwrap')
  expect(await openWorkspace(small.prepared, { rung: 'overlay+bwrap', scratch: '/dev/shm', blobs: small.blobs })).toMatchObject({
    kind: 'failed',
    call: expect.stringMatching(/^statfs \/dev\/shm\//),
    reason: 'The scratch folder lies on tmpfs; the upper layer of an overlay needs a file system on disk.',
  })
  expect((await readdir('/dev/shm')).filter((name) => name.startsWith('workspace-'))).toEqual([])
})

it('says which call failed where nothing can be laid over the fixture', async () => {
  const small = await prepareSmall(files, 'overlay+bwrap')
  const prepared = { ...small.prepared, root: `${small.prepared.root}/absent` }
  for (const rung of rungs) {
    const opened = await openWorkspace(prepared, { rung, scratch: small.scratch, blobs: small.blobs })
    expect(opened).toMatchObject({ kind: 'failed', call: expect.stringMatching(rung === 'overlay+bwrap' ? /mount -t overlay/ : /^cp -a/) })
  }
  expect(await readdir(small.scratch)).toEqual([])
})
