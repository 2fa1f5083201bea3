import { expect, test } from 'vitest'
import { earlyReturn } from '../../src/grading/style-early-return.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()
const python = (before: string | null, after: string | null): readonly ToldChange[] => [['backend/a.py', before, after]]
const script = (after: string): readonly ToldChange[] => [['backend/a.ts', null, after]]
const go = (after: string): readonly ToldChange[] => [['backend/a.go', null, `package a\n${after}`]]

const WRAPPED = 'def f(a):\n    x = 1\n    if a:\n        b()\n        c()\n        d()\n'
const DEEP =
  'def f(a):\n    for b in a:\n        if b:\n            while c:\n                try:\n                    d()\n                finally:\n                    e()\n    g()\n'

test.each<[string, readonly ToldChange[], readonly string[]]>([
  [
    'else after return',
    python(null, 'def f(a):\n    if a:\n        return 1\n    else:\n        b()\n    c()\n'),
    ['ELSE_AFTER_EXIT backend/a.py:4 condition=if a'],
  ],
  [
    'else after raise',
    python(null, 'def f(a):\n    if not a:\n        log()\n        raise E\n    else:\n        return 2\n'),
    ['ELSE_AFTER_EXIT backend/a.py:5 condition=if not a'],
  ],
  [
    'else after continue',
    python(null, 'for a in b:\n    if a:\n        continue\n    else:\n        c()\n'),
    ['ELSE_AFTER_EXIT backend/a.py:4 condition=if a'],
  ],
  ['TypeScript', script('function f(a) { if (a) { return 1 } else { return 2 } }'), ['ELSE_AFTER_EXIT backend/a.ts:1 condition=if (a)']],
  [
    'TypeScript without braces',
    script('function f(a) { if (a) return 1; else return 2 }'),
    ['ELSE_AFTER_EXIT backend/a.ts:1 condition=if (a)'],
  ],
  [
    'Go',
    go('func f(a bool) int {\n\tif a {\n\t\treturn 1\n\t} else {\n\t\treturn 2\n\t}\n}\n'),
    ['ELSE_AFTER_EXIT backend/a.go:5 condition=if a'],
  ],
  ['a new function inside an if', python(null, WRAPPED), ['WRAPPED_IN_IF backend/a.py:1 function=f']],
  [
    'a function that is put inside an if',
    python('def f(a):\n    x = 1\n    b()\n    c()\n    d()\n', WRAPPED),
    ['WRAPPED_IN_IF backend/a.py:1 function=f'],
  ],
  ['a method, in TypeScript', script('class A { f(a) { if (a) { b(); c(); d() } } }'), ['WRAPPED_IN_IF backend/a.ts:1 function=A.f']],
  ['a deep function', python(null, DEEP), ['NESTED_TOO_DEEP backend/a.py:1 function=f depth=4 limit=3']],
])('flagged: %s', (_, changes, findings) => {
  expect(judged(earlyReturn, { changes }, syntax)).toEqual({ check: 'fail', findings })
})

test.each<[string, readonly ToldChange[]]>([
  ['early returns', python(null, 'def f(a):\n    if a:\n        return 1\n    b()\n    return 2\n')],
  [
    'a ladder',
    python(null, 'def f(a):\n    if a == 1:\n        return 1\n    elif a == 2:\n        return 2\n    else:\n        return 3\n'),
  ],
  ['a ladder in TypeScript', script('function f(a) { if (a) { return 1 } else if (b) { return 2 } else { return 3 } }')],
  [
    'a ladder in Go',
    go('func f(a int) int {\n\tif a == 1 {\n\t\treturn 1\n\t} else if a == 2 {\n\t\treturn 2\n\t} else {\n\t\treturn 3\n\t}\n}\n'),
  ],
  ['else after what goes on', python(null, 'def f(a):\n    if a:\n        b()\n    else:\n        c()\n    return 1\n')],
  ['a short branch at the end', python(null, 'def f(a):\n    if a:\n        b()\n        c()\n')],
  [
    'a longer function with a branch at its end',
    python(null, 'def f(a):\n    x()\n    y()\n    z()\n    w()\n    v()\n    if a:\n        b()\n        c()\n        d()\n'),
  ],
  ['the base has it', python(WRAPPED, `${WRAPPED}\ndef g():\n    pass\n`)],
  ['the base has it, and the function is changed', python(WRAPPED, WRAPPED.replace('d()', 'e()'))],
  [
    'it only moved',
    [
      ['backend/a.py', `${WRAPPED}x = 1\n`, 'x = 1\n'],
      ['backend/b.py', null, `import a\n${WRAPPED}`],
    ],
  ],
  ['it only has another name', python(DEEP, DEEP.replace('def f', 'def gather'))],
  ['deep as before', python(DEEP, DEEP.replace('g()', 'h()'))],
  [
    'a function inside begins anew',
    python(
      null,
      'def f(a):\n    for b in a:\n        if b:\n            def g():\n                if c:\n                    while d:\n                        e()\n            g()\n',
    ),
  ],
  [
    'else if and with are no levels',
    python(
      null,
      'def f(a):\n    with b:\n        for c in a:\n            if c:\n                d()\n            elif e:\n                for g in h:\n                    i()\n',
    ),
  ],
])('not flagged: %s', (_, changes) => {
  expect(judged(earlyReturn, { changes }, syntax)).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, readonly ToldChange[], string]>([
  ['nothing', [], 'na'],
  ['a test', [['backend/tests/test_a.py', null, WRAPPED]], 'na'],
  ['not parsed', python(null, 'def f(:\n'), 'inconclusive'],
  ['not parsed before', python('def f(:\n', 'x = 1\n'), 'inconclusive'],
])('nothing to judge: %s', (_, changes, check) => {
  expect(judged(earlyReturn, { changes }, syntax)).toEqual({ check, findings: [] })
})
