import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { treeDigest } from '../../src/evidence/tree-digest.ts'
import { applyPatchToTree } from '../../src/workspace/apply-patch.ts'
import { git } from '../../src/workspace/git.ts'
import { changesAsPatch } from '../../src/workspace/patch.ts'
import { act, openSmall, prepareSmall, type Small, type SmallFile } from './small-fixture.ts'

const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('')
const files: Record<string, SmallFile> = {
  '.gitignore': '.venv/\n',
  'README.md': lines,
  'run.sh': { script: '#!/bin/sh\n' },
  link: { target: 'README.md' },
  'latin.txt': Buffer.from('Gr\xfc\xdfe\n'.repeat(4), 'latin1'),
  'crlf.txt': 'one\r\ntwo\r\n',
  'bare.txt': 'no newline',
  'image.png': Buffer.from([0, 1, 2, 3, 0, 255, 254, 10]),
  'pkg/a.py': 'a\n',
  'pkg/b.py': 'b\n',
}

const cases = [
  { name: 'nothing', script: 'true' },
  { name: 'edits at both ends', script: 'sed -i "1s/.*/first/; 40s/.*/last/" README.md' },
  { name: 'a new file, an empty one, one without a newline', script: 'mkdir -p new/deep; echo 1 > new/deep/a; : > empty; printf x > bare' },
  { name: 'a newline added and one taken', script: 'printf "no newline\\n" > bare.txt; printf a > pkg/a.py' },
  { name: 'deletions', script: 'rm README.md pkg/a.py pkg/b.py image.png' },
  { name: 'a rename', script: 'mv README.md NEWS.md' },
  { name: 'modes alone', script: 'chmod -x run.sh; chmod +x README.md' },
  { name: 'a mode with an edit', script: 'chmod +x README.md; echo more >> README.md' },
  { name: 'symlinks', script: 'ln -s pkg new-link; ln -sfn run.sh link' },
  { name: 'a file made a symlink and the other way round', script: 'rm README.md link; ln -s run.sh README.md; echo text > link' },
  { name: 'a file made a folder', script: 'rm README.md; mkdir README.md; echo 1 > README.md/a' },
  { name: 'a folder made a file', script: 'rm -r pkg; echo 1 > pkg' },
  { name: 'a folder made a symlink', script: 'rm -r pkg; ln -s .venv pkg' },
  { name: 'bytes', script: 'printf "\\000\\001new" > image.png; printf "\\000" > nul' },
  { name: 'text that is no UTF-8', script: 'printf "\\374ber\\n" >> latin.txt; printf "\\377\\n" > other.txt' },
  { name: 'text that becomes UTF-8', script: 'echo plain > latin.txt' },
  { name: 'line ends', script: 'printf "three\\r\\n" >> crlf.txt; printf "a\\r\\nb\\n" > mixed.txt' },
  {
    name: "line ends under attributes of the agent's",
    script:
      'echo "* text=auto eol=lf" > .gitattributes; printf "three\\r\\n" >> crlf.txt; echo "*.md -diff" >> .gitattributes; echo x >> README.md',
  },
  {
    name: 'strange names',
    script: 'touch -- "$(printf "a\\nb")" "$(printf "c\\377")" "é ü" "-rf" "quo\\"te"; mkdir " b"; echo 1 > " b/ b"; echo 1 > "tab	"',
  },
  { name: 'an ignored folder', script: 'echo 2 > .venv/lib.py; echo 3 > .venv/new.pth' },
  { name: 'a byte order mark and trailing spaces', script: 'printf "\\357\\273\\277a  \\n  \\n" > bom.txt' },
]

async function content(path: string): Promise<Uint8Array | null> {
  return readFile(join(small.prepared.root, path)).catch(() => null)
}

let small: Small
const after: (() => Promise<void>)[] = []
beforeAll(async () => {
  small = await prepareSmall(files, 'none', { commands: ['mkdir .venv; echo 1 > .venv/lib.py'] }, (undo) => after.push(undo))
})
afterAll(() => Promise.all(after.map((undo) => undo())))

describe('changesAsPatch', () => {
  it.each(cases)('gives the same tree again: $name', async ({ script }) => {
    await using source = await openSmall(small, 'none')
    await act(source, script)
    const changes = await source.changes()
    const patch = await changesAsPatch(changes, small.blobs, content)
    expect(patch === '').toBe(changes.length === 0)

    await using applied = await openSmall(small, 'none')
    if (patch !== '') {
      await writeFile(join(small.folder, 'changes.patch'), patch)
      const result = await git({ cwd: applied.root, args: ['apply', '--whitespace=nowarn', join(small.folder, 'changes.patch')] })
      expect(result).toMatchObject({ ok: true })
    }
    // On git's side `.gitattributes` of the tree itself would translate line ends; that is not the patch's doing.
    if (!script.includes('.gitattributes')) {
      expect(treeDigest(await applied.changes())).toBe(treeDigest(changes))
    }
    const result = await applyPatchToTree(small.prepared.root, patch)
    if (result.kind === 'rejected') {
      throw new Error(result.message)
    }
    await using installed = await openSmall(small, 'none')
    await installed.install(result.files)
    expect(await installed.changes()).toEqual(changes)
  })

  it('reads like any patch', async () => {
    await using workspace = await openSmall(small, 'none')
    await act(workspace, 'sed -i 2d README.md; chmod +x README.md; ln -s run.sh s; printf x > x; rm pkg/a.py')
    expect(await changesAsPatch(await workspace.changes(), small.blobs, content)).toMatchInlineSnapshot(`
      "diff --git a/README.md b/README.md
      old mode 100644
      new mode 100755
      index 7fc45dadc537fba2a81dd46ede4387f6bc8c56a2..6b7e32f07ba7505f58975d3ff4f44acf5bf35011
      --- a/README.md
      +++ b/README.md
      @@ -1,5 +1,4 @@
       line 0
      -line 1
       line 2
       line 3
       line 4
      diff --git a/pkg/a.py b/pkg/a.py
      deleted file mode 100644
      index 78981922613b2afb6025042ff6bd878ac1994e85..0000000000000000000000000000000000000000
      --- a/pkg/a.py
      +++ /dev/null
      @@ -1 +0,0 @@
      -a
      diff --git a/s b/s
      new file mode 120000
      index 0000000000000000000000000000000000000000..e0e63473c2593040d7d1c67637864821b28cef4b
      --- /dev/null
      +++ b/s
      @@ -0,0 +1 @@
      +run.sh
      \\ No newline at end of file
      diff --git a/x b/x
      new file mode 100644
      index 0000000000000000000000000000000000000000..c1b0730e0133447badcfd47fd144e254807b06e1
      --- /dev/null
      +++ b/x
      @@ -0,0 +1 @@
      +x
      \\ No newline at end of file
      "
    `)
  })

  it('leaves out what a patch cannot say', async () => {
    await using workspace = await openSmall(small, 'none')
    await act(workspace, 'mkfifo pipe; truncate -s 70M huge; mkdir -p sub/.git; echo 1 > sub/.git/HEAD; rm README.md; mkfifo README.md')
    expect(await workspace.changes()).toHaveLength(4)
    expect(await changesAsPatch(await workspace.changes(), small.blobs, content)).toBe('')
  })
})

describe('applyPatchToTree', () => {
  const patch = (path: string) => `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+x\n`
  it.each([
    { name: 'text that is no patch', text: 'hello\n', says: /No valid patches in input/ },
    { name: 'a patch for other content', text: '--- a/pkg/a.py\n+++ b/pkg/a.py\n@@ -1 +1 @@\n-z\n+y\n', says: /patch does not apply/ },
    { name: 'a new file that is there already', text: patch('pkg/a.py'), says: /already exists/ },
    { name: 'a path above the root', text: patch('../out'), says: /invalid path '\.\.\/out'/ },
    { name: 'a path in .git', text: patch('.git/hooks/pre-commit'), says: /invalid path '\.git\/hooks\/pre-commit'/ },
    { name: 'a deletion of what is not there', text: '--- a/none\n+++ /dev/null\n@@ -1 +0,0 @@\n-z\n', says: /No such file/ },
  ])('refuses $name', async ({ text, says }) => {
    expect(await applyPatchToTree(small.prepared.root, text)).toMatchObject({ kind: 'rejected', message: expect.stringMatching(says) })
  })

  it('follows renames with edits, as people write them', async () => {
    const rename =
      'diff --git a/README.md b/docs/NEWS.md\nsimilarity index 90%\nrename from README.md\nrename to docs/NEWS.md\n--- a/README.md\n+++ b/docs/NEWS.md\n@@ -1,2 +1,2 @@\n-line 0\n+line zero\n line 1\n'
    const result = await applyPatchToTree(small.prepared.root, rename)
    expect(
      result.kind === 'applied'
        ? [...result.files].map(([path, file]) => [path, file && 'content' in file && file.content.length])
        : result,
    ).toEqual([
      ['README.md', null],
      ['docs/NEWS.md', lines.length + 3],
    ])
    expect((await content('README.md'))?.length).toBe(lines.length)
  })
})
