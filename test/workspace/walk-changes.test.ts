import { hash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { treeDigest } from '../../src/evidence/tree-digest.ts'
import type { Rung } from '../../src/sandbox/sandbox.ts'
import { act, openSmall, prepareSmall, type Small, shell } from './small-fixture.ts'

const files = {
  'README.md': 'Read me.\n',
  'link.md': { target: 'README.md' },
  'src/app.py': 'app = 1\n',
  'src/models/user.py': 'user = 1\n',
}

describe.each<Rung>(['overlay+bwrap', 'copy+bwrap'])('the walk on %s', (rung) => {
  let small: Small
  const after: (() => Promise<void>)[] = []
  beforeAll(async () => {
    small = await prepareSmall(files, rung, {}, (undo) => after.push(undo))
  })
  afterAll(() => Promise.all(after.map((undo) => undo())))

  it('keeps the content of what changed', async () => {
    await using workspace = await openSmall(small, rung)
    await act(workspace, 'printf "one" > one; rm link.md; ln -s one link.md')
    const [link, one] = await workspace.changes()
    expect(one).toEqual({ path: 'one', kind: 'added', now: { type: 'file', digest: hash('sha256', 'one'), size: 3, executable: false } })
    expect(link).toMatchObject({ path: 'link.md', now: { type: 'symlink', target: 'one', digest: hash('sha256', 'one') } })
    expect(Buffer.from((await small.blobs.get(hash('sha256', 'one'))) ?? []).toString()).toBe('one')
  })

  it('tells equal trees by their digest, however they came about', async () => {
    await using first = await openSmall(small, rung)
    await using second = await openSmall(small, rung)
    await act(first, 'echo 2 > a; echo 3 > src/app.py; rm -r src/models')
    await act(second, 'rm -r src/models; mkdir src/models; sed -i s/app.*/3/ src/app.py; echo 2 > b; mv b a')
    const [one, two] = [await first.changes(), await second.changes()]
    expect(treeDigest(one)).toBe(treeDigest(two))
    await act(second, 'chmod +x a')
    expect(treeDigest(await second.changes())).not.toBe(treeDigest(one))
  })

  it('sees five thousand files in one walk', async () => {
    await using workspace = await openSmall(small, rung)
    await act(
      workspace,
      'mkdir many; cd many; for d in 0 1 2 3 4; do mkdir $d; seq -f "$d/%g" 1000 | while read f; do echo $f > $f; done; done',
    )
    const changes = await workspace.changes()
    expect(changes).toHaveLength(5000)
    expect(new Set(changes.map(({ path }) => path)).size).toBe(5000)
  })

  it('hashes a huge file and keeps no copy of it', async () => {
    await using workspace = await openSmall(small, rung)
    await act(workspace, 'truncate -s 70M huge')
    const [huge] = await workspace.changes()
    const digest = hash('sha256', Buffer.alloc(70 * 1024 * 1024))
    expect(huge).toMatchObject({ path: 'huge', now: { type: 'file', size: 70 * 1024 * 1024, digest } })
    expect(small.blobs.has(digest)).toBe(false)
  })

  it('goes as deep as a path can be named, and further', async () => {
    await using workspace = await openSmall(small, rung)
    await act(
      workspace,
      'n=$(printf %0100d 1); p=$n; i=1; while [ $i -lt 30 ]; do p=$p/$n; i=$((i + 1)); done; mkdir -p a/$p b/$p; echo deep > b/$p/end; mv b/$n a/$p/; mv a/$n .',
    )
    const [end, ...rest] = await workspace.changes()
    expect(rest).toEqual([])
    expect(end?.path).toHaveLength(60 * 101 + 3)
    expect(end).toMatchObject({ kind: 'added', now: { size: 5 } })
  })

  it('reports a tree that is deeper than it can follow', async () => {
    await using workspace = await openSmall(small, rung)
    await act(workspace, 'i=0; while [ $i -lt 450 ]; do mkdir d; cd d; i=$((i + 1)); done; echo deep > end')
    const changes = await workspace.changes()
    expect(changes).toEqual([{ path: Array(401).fill('d').join('/'), kind: 'added', now: { type: 'unstable' } }])
  })

  it('is not led out of the tree, and not held up by what keeps changing', async () => {
    await using workspace = await openSmall(small, rung)
    const stop = new AbortController()
    const writer = workspace.start(
      shell(`while :; do
        echo $((i = \${i:-0} + 1)) >> noise; mkdir -p swap; echo 1 > swap/passwd; rm -rf swap; ln -s /etc swap; rm swap
        mv src/app.py src/gone.py; mv src/gone.py src/app.py
      done`),
      stop.signal,
    )
    const looks = []
    for (let look = 0; look < 30; look += 1) {
      looks.push(await workspace.changes())
    }
    stop.abort()
    expect((await writer.result).ended).toBe('aborted')
    const paths = new Set(looks.flat().map(({ path }) => path))
    expect([...paths].filter((path) => !['noise', 'swap', 'swap/passwd', 'src/app.py', 'src/gone.py'].includes(path))).toEqual([])
    for (const change of looks.flat().filter(({ path }) => path === 'swap/passwd')) {
      expect(change).toMatchObject({ now: { digest: hash('sha256', '1\n') } })
    }
    const settled = await workspace.changes()
    expect(settled.every((change) => change.kind === 'deleted' || change.now.type !== 'unstable')).toBe(true)
  })

  it('answers calls that overlap one after the other', async () => {
    await using workspace = await openSmall(small, rung)
    await act(workspace, 'echo 2 > src/app.py')
    const looks = await Promise.all([workspace.changes(), workspace.changes(), workspace.changes()])
    expect(looks.map(treeDigest)).toEqual(Array(3).fill(treeDigest(looks[0] ?? [])))
  })
})
