import { expect, test } from 'vitest'
import { braces } from '../../src/grading/style-braces.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()
const script = (before: string | null, after: string | null): readonly ToldChange[] => [['backend/a.ts', before, after]]

test.each<[string, readonly ToldChange[], readonly string[]]>([
  ['if', script(null, 'if (a) return\n'), ['1 keyword=if text=if (a) return']],
  ['else', script(null, 'if (a) {\n} else x()\n'), ['2 keyword=else text=else x()']],
  ['both', script(null, 'if (a) b(); else c()\n'), ['1 keyword=else text=else c()', '1 keyword=if text=if (a) b();']],
  ['for', script(null, 'for (;;) f();'), ['1 keyword=for text=for (;;) f();']],
  ['for of', script(null, 'for (const a of b) f(a)'), ['1 keyword=for text=for (const a of b) f(a)']],
  ['while without a body', script(null, 'while (x);'), ['1 keyword=while text=while (x);']],
  ['do', script(null, 'do c(); while (d)'), ['1 keyword=do text=do c(); while (d)']],
  ['a second one like the first', script('if (a) b()\n', 'if (a) b()\nif (a) b()\n'), ['2 keyword=if text=if (a) b()']],
  ['behind a suppression', script('a()', '/* eslint-disable */\nif (a) b()\n'), ['2 keyword=if text=if (a) b()']],
])('flagged: %s', (_, changes, findings) => {
  const told = judged(braces, { changes }, syntax)
  expect(told).toEqual({ check: 'fail', findings: findings.map((finding) => `BRACES_MISSING backend/a.ts:${finding}`) })
})

test.each<[string, readonly ToldChange[]]>([
  ['blocks', script(null, 'if (a) { b() } else { c() }\nfor (;;) {}\nwhile (a) {}\ndo {} while (a)')],
  ['a comment before the block', script(null, 'if (a) /* c */ { b() } else /* d */ { c() }')],
  ['else if', script(null, 'if (a) { b() } else if (c) { d() } else { e() }')],
  [
    'a label, a switch, arrows and ternaries',
    script(null, 'x: for (;;) { switch (a) { case 1: b(); break; default: c() } }\nconst f = (x) => x ? 1 : 2'),
  ],
  ['the base has it', script('if (a) b()\n', 'if (a) b()\nc()\n')],
  ['it moved', script('function f() { if (a) b() }\n', 'c()\nfunction g() {\n  if (a)  b()\n}\n')],
  [
    'it was edited where it stood',
    script('if (amount > limit) throw new TooMuch(amount)', 'if (amount >= limit) throw new TooMuch(amount)'),
  ],
])('not flagged: %s', (_, changes) => {
  expect(judged(braces, { changes }, syntax)).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, readonly ToldChange[], string]>([
  ['Python', [['backend/a.py', null, 'if a: b()\n']], 'na'],
  ['Go', [['backend/a.go', null, 'package a\n']], 'na'],
  ['nothing', [], 'na'],
  ['not parsed', script(null, 'if (a {'), 'inconclusive'],
])('nothing to judge: %s', (_, changes, check) => {
  expect(judged(braces, { changes }, syntax)).toEqual({ check, findings: [] })
})
