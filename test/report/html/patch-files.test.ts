import { expect, it } from 'vitest'
import { patchFiles } from '../../../src/report/html/patch-files.ts'

const shown = (patch: string) =>
  patchFiles(patch).map(({ path, kind, binary, added, deleted, hunks }) => ({
    file: `${path} ${kind}${binary ? ' binary' : ''} +${added} -${deleted}`,
    hunks: hunks.map(({ from, to, within, lines }) => [`${from} ${to} ${within}`.trim(), ...lines]),
  }))

it('reads files that are changed, added, deleted, binary, or only made executable', () => {
  const patch = `diff --git a/backend/models.py b/backend/models.py
index 1..2 100644
--- a/backend/models.py
+++ b/backend/models.py
@@ -3,2 +3,3 @@ class Project:
 name = 1
+stamp = 2
 last = 3
@@ -9 +10 @@
-old
\\ No newline at end of file
+new
diff --git a/new.py b/new.py
new file mode 100644
index 0..1
--- /dev/null
+++ b/new.py
@@ -0,0 +1 @@
+x
diff --git a/gone.py b/gone.py
deleted file mode 100644
index 1..0
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/logo.png b/logo.png
new file mode 100644
index 0..1
GIT binary patch
literal 10
zcmV

literal 0
HcmV

diff --git a/bin/run it b/bin/run it
old mode 100644
new mode 100755
`
  expect(shown(patch)).toMatchInlineSnapshot(`
    [
      {
        "file": "backend/models.py changed +2 -1",
        "hunks": [
          [
            "3 3 class Project:",
            " name = 1",
            "+stamp = 2",
            " last = 3",
          ],
          [
            "9 10",
            "-old",
            "\\ No newline at end of file",
            "+new",
          ],
        ],
      },
      {
        "file": "new.py added +1 -0",
        "hunks": [
          [
            "0 1",
            "+x",
          ],
        ],
      },
      {
        "file": "gone.py deleted +0 -1",
        "hunks": [
          [
            "1 0",
            "-x",
          ],
        ],
      },
      {
        "file": "logo.png added binary +0 -0",
        "hunks": [],
      },
      {
        "file": "bin/run it mode +0 -0",
        "hunks": [],
      },
    ]
  `)
})

it('is not taken in by lines that look like the head of another file', () => {
  const patch = `diff --git a/notes.md b/notes.md
index 1..2 100644
--- a/notes.md
+++ b/notes.md
@@ -1,3 +1,3 @@
 one
--- a/frontend/innocent.vue
-@@ -1 +1 @@
+++ b/frontend/innocent.vue
+diff --git a/x b/x
@@ -9 +9 @@
-a
+b
`
  expect(shown(patch)).toMatchInlineSnapshot(`
    [
      {
        "file": "notes.md changed +3 -3",
        "hunks": [
          [
            "1 1",
            " one",
            "--- a/frontend/innocent.vue",
            "-@@ -1 +1 @@",
            "+++ b/frontend/innocent.vue",
            "+diff --git a/x b/x",
          ],
          [
            "9 9",
            "-a",
            "+b",
          ],
        ],
      },
    ]
  `)
})

it.each([
  ['"b/caf\\303\\251 \\"x\\".py"', 'café "x".py'],
  ['"b/a\\tb\\\\c"', 'a\tb\\c'],
  ['"b/\\033[2J"', '\\u{1b}[2J'],
  ['b/with space\t', 'with space'],
])('reads the name %s', (quoted, path) => {
  const [file] = patchFiles(`diff --git a/x b/x\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ ${quoted}\n@@ -0,0 +1 @@\n+x\n`)
  expect(file?.path).toBe(path)
})

it('cuts a line of a million characters, and survives a patch that ends too soon', () => {
  const [file] = patchFiles(`diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1,5 +1,9 @@\n+${'y'.repeat(1_000_000)}`)
  expect(file?.hunks[0]?.lines.map((line) => line.length)).toEqual([401])
  expect(patchFiles('')).toEqual([])
  expect(patchFiles('nonsense\n@@ -1 +1 @@\n')).toEqual([])
})
