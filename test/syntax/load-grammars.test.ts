import { describe, expect, test } from 'vitest'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { descendants, textOf } from '../../src/syntax/syntax.ts'
import { vueScript } from '../../src/syntax/vue-script.ts'

const syntax = await loadSyntax()

describe('parse', () => {
  test.each([
    ['a.py', 'def f(x: int) -> int:\n    return x\n', 'python'],
    ['a.ts', 'export const f = <T>(x: T): T => x', 'typescript'],
    ['a.tsx', 'export const f = () => <b>x</b>', 'tsx'],
    ['a.mjs', 'export const f = async () => { await g() }', 'javascript'],
    ['a.jsx', 'const f = () => <b>x</b>', 'javascript'],
    ['a.go', 'package a\n\nfunc F() {}\n', 'go'],
    ['a.sh', 'cd x && FOO=1 make test | tail -5\n', 'bash'],
    ['a.vue', '<template><p>if (x</p></template>\n<script setup lang="ts">\nconst a: number = 1\n</script>\n', 'typescript'],
    ['b.vue', '<template><p /></template>\n', 'javascript'],
  ])('%s', (path, text, language) => {
    expect(syntax.parse(path, text)).toMatchObject({ language, broken: false })
  })

  test.each(['a.md', 'Makefile', 'a.toml', 'a.constructor', 'a.py/b'])('%s has no grammar', (path) => {
    expect(syntax.parse(path, 'x')).toBeNull()
  })

  test.each([
    ['a.py', 'def f(:\n'],
    ['a.ts', 'if (a {'],
    ['a.go', 'package a\nfunc {'],
    ['a.py', 'x = 1\n'.repeat(200_000)],
    ['a.py', `x = ${'('.repeat(3_000)}1${')'.repeat(3_000)}\n`],
  ])('%s that cannot be read is broken', (path, text) => {
    expect(syntax.parse(path, text)?.broken).toBe(true)
  })

  test('lines and offsets are those of the file, whatever stands before', () => {
    const tree = syntax.parse('a.vue', '<template>é😀</template>\r\n<script>\r\n// here\r\n</script>')
    const comment = tree && descendants(tree.root).find((node) => node.type === 'comment')
    expect(comment && [comment.line, textOf(tree, comment)]).toEqual([3, '// here'])
  })
})

test('both scripts of a Vue file are read, and nothing else', () => {
  const source = '<script>let a</script>\n<style>x</style>\n<script setup lang="ts">let b</script>'
  const { language, text } = vueScript(source)
  expect([language, text.length, text.trim().replaceAll(/\s+/g, ' ')]).toEqual(['typescript', source.length, 'let a let b'])
})
