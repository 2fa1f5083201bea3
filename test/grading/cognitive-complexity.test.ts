import { expect, test } from 'vitest'
import { functionsOf } from '../../src/grading/changed-functions.ts'
import { cognitiveComplexity, worstComplexity } from '../../src/grading/cognitive-complexity.ts'
import { lowComplexity } from '../../src/grading/style-cognitive-complexity.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()

function complexities(path: string, text: string, measure = cognitiveComplexity): readonly number[] {
  const tree = syntax.parse(path, text)
  expect(tree?.broken).toBe(false)
  return tree === null ? [] : functionsOf(path, tree).map((one) => measure(tree, one.node))
}

// The numbers are those of the white paper, for functions of the same structure.
test.each<[string, string, string, number]>([
  [
    'primes, with a labelled continue',
    'a.ts',
    `function primesUpTo(end: number): number {
       let sum = 0
       each: for (let i = 2; i <= end; ++i) {
         for (let j = 2; j < i; ++j) { if (i % j === 0) { continue each } }
         sum += i
       }
       return sum
     }`,
    7,
  ],
  [
    'primes, in Go',
    'a.go',
    `package a
func primesUpTo(end int) int {
	sum := 0
each:
	for i := 2; i <= end; i++ {
		for j := 2; j < i; j++ {
			if i%j == 0 {
				continue each
			}
		}
		sum += i
	}
	return sum
}`,
    7,
  ],
  ['a switch', 'a.ts', `function word(n) { switch (n) { case 1: return 'one'; case 2: return 'two'; default: return 'many' } }`, 1],
  [
    'a switch, in Go',
    'a.go',
    'package a\nfunc word(n int) string {\n\tswitch n {\n\tcase 1:\n\t\treturn "one"\n\tdefault:\n\t\treturn "many"\n\t}\n}',
    1,
  ],
  [
    'a match',
    'a.py',
    'def word(n):\n    match n:\n        case 1:\n            return "one"\n        case _:\n            return "many"\n',
    1,
  ],
  ['runs of operators', 'a.ts', 'function f() { if (a && b && c || d || e && f) { g() } }', 4],
  ['runs of operators, in Python', 'a.py', 'def f():\n    if a and b and c or d or e and f:\n        g()\n', 4],
  ['a negated group', 'a.ts', 'function f() { if (a && !(b && c)) { g() } }', 3],
  ['a negated group, in Python', 'a.py', 'def f():\n    if a and not (b and c):\n        g()\n', 3],
  ['a negated group, in Go', 'a.go', 'package a\nfunc f() {\n\tif a && !(b && c) {\n\t\tg()\n\t}\n}', 3],
  ['try', 'a.ts', 'function f() { try { if (a) { for (;;) { while (b) { } } } } catch (e) { if (c) { } } }', 9],
  [
    'try, in Python',
    'a.py',
    'def f():\n    try:\n        if a:\n            for x in y:\n                while b:\n                    pass\n    except E:\n        if c:\n            pass\n',
    9,
  ],
  ['a function inside', 'a.ts', 'function f() { const r = () => { if (a) { } } }', 2],
  ['a function inside, in Go', 'a.go', 'package a\nfunc f() {\n\tr := func() {\n\t\tif a {\n\t\t}\n\t}\n\tr()\n}', 2],
  [
    'a search with nested conditions',
    'a.py',
    `def find(self, kind):
    if kind.is_unknown():
        return UNKNOWN
    seen = False
    for symbol in kind.lookup(self.name):
        if symbol.is_method() and not symbol.is_static():
            if self.can_replace(symbol):
                fits = self.compare(symbol)
                if fits is None:
                    if not seen:
                        seen = True
                elif fits:
                    return symbol
    if seen:
        return UNKNOWN
    return None
`,
    19,
  ],
  [
    'a loop of attempts',
    'a.ts',
    `function append(entry, transaction) {
       while (true) {
         try {
           if (first !== null) {
             if (first.version > entry.version) { throw new Rollback() }
             if (transaction.active) {
               for (let e = first; e !== null; e = e.previous) {
                 const depends = dependency(e.version)
                 if (depends === TIMED_OUT) { throw new Retry(e.version) }
                 if (depends !== 0 && depends !== ABORTED) { throw new Rollback() }
               }
             }
           }
           first = entry
           break
         } catch (retry) {
           try {
             const depends = dependency(retry.version)
             if (depends !== 0 && depends !== ABORTED) { throw new Rollback() }
           } catch (interrupted) { throw new Persisted(interrupted) }
         }
       }
     }`,
    33,
  ],
  [
    'a loop of attempts with two handlers',
    'a.py',
    `def append(entry, transaction):
    while True:
        try:
            with lock:
                if first is not None:
                    if first.version > entry.version:
                        raise Rollback
                    if transaction.active:
                        for e in first.chain():
                            depends = dependency(e.version)
                            if depends == TIMED_OUT:
                                raise Retry(e.version)
                            if depends != 0 and depends != ABORTED:
                                raise Rollback
                first = entry
                break
        except Retry as retry:
            try:
                depends = dependency(retry.version)
                if depends != 0 and depends != ABORTED:
                    raise Rollback
            except Interrupted as interrupted:
                raise Persisted(interrupted)
        except Interrupted as interrupted:
            raise Persisted(interrupted)
`,
    35,
  ],
  [
    'a translation of patterns',
    'a.ts',
    `function pattern(text: string): string {
       let out = '^'
       let i = text.startsWith('/') || text.startsWith('~') ? 1 : 0
       while (i < text.length) {
         const c = text[i]
         if (special.includes(c)) { out += '\\\\' + c }
         else if (c === '*') {
           if (i + 1 < text.length && text[i + 1] === '*') {
             if (i + 2 < text.length && isSlash(text[i + 2])) { i += 2 } else { i += 1 }
           } else { out += '[^/]*' }
         } else if (c === '?') { out += '[^/]' }
         else if (isSlash(c)) { out += '/' }
         else { out += c }
         i++
       }
       return out
     }`,
    20,
  ],
  [
    'callbacks in callbacks',
    'a.js',
    `const model = { save: function (options, callback) {
       if (typeof options === 'function') { callback = options; options = {} }
       options || (options = {})
       this.check(this.data(), function (error) {
         if (error) { callback && callback(error); return }
         send(isNew() ? 'create' : 'update', options, function (error, response) {
           if (error) { report(error) }
           else {
             if (!saved) { saved = true }
             if (response) { store(response) }
             fire()
           }
           callback && callback()
         })
       })
     } }`,
    20,
  ],
  ['what costs nothing', 'a.ts', 'function f(a) { const b = a?.c ?? d; for (const x of b) { break } return b }', 1],
  ['recursion', 'a.py', 'def f(n):\n    return f(n - 1) + f(n - 2)\n', 1],
  ['recursion of a method', 'a.ts', 'class A { f(n) { return this.f(n - 1) } }', 1],
  ['a method that calls a function of its name', 'a.py', 'class A:\n    def load(self):\n        return load(self.x)\n', 0],
  ['recursion of a method, in Go', 'a.go', 'package a\nfunc (t *Tree) Walk() {\n\tt.Walk()\n}', 1],
  ['a ladder', 'a.go', 'package a\nfunc f(a int) {\n\tif a == 1 {\n\t} else if a == 2 {\n\t} else {\n\t\tif b {\n\t\t}\n\t}\n}', 5],
  [
    'else of a loop, but not of a try',
    'a.py',
    'def f():\n    for a in b:\n        pass\n    else:\n        pass\n    try:\n        pass\n    except E:\n        pass\n    else:\n        pass\n',
    3,
  ],
])('%s (%s)', (_, path, text, complexity) => {
  expect(complexities(path, text)).toEqual([complexity])
})

test('a decorator is as complex as what it holds', () => {
  const decorator = 'def d(f):\n    def inner(x):\n        if x:\n            g()\n    def other():\n        pass\n    return inner\n'
  expect([complexities('a.py', decorator), complexities('a.py', decorator, worstComplexity)]).toEqual([[2], [1]])
})

const ifs = (count: number, name = 'f') => `def ${name}(a):\n${'    if a:\n        b()\n'.repeat(count)}`
const python = (before: string | null, after: string | null): readonly ToldChange[] => [['backend/a.py', before, after]]

test.each<[string, readonly ToldChange[], string, readonly string[]]>([
  ['a new function within the limit', python(null, ifs(15)), 'pass', []],
  ['a new function beyond it', python(null, ifs(16)), 'fail', ['TOO_COMPLEX backend/a.py:1 function=f complexity=16 limit=15']],
  ['one that grew beyond it', python(ifs(9), ifs(16)), 'fail', ['TOO_COMPLEX backend/a.py:1 function=f complexity=16 limit=15']],
  [
    'one that was beyond it and got worse',
    python(ifs(20), ifs(21)),
    'fail',
    ['TOO_COMPLEX backend/a.py:1 function=f complexity=21 limit=20'],
  ],
  ['one that was beyond it and was changed', python(ifs(20), ifs(20).replace('b()', 'c()')), 'pass', []],
  ['one that was beyond it and is as it was', python(ifs(20), `${ifs(20)}\ndef g():\n    pass\n`), 'pass', []],
  [
    'one that moved',
    [
      ['backend/a.py', ifs(20), 'x = 1\n'],
      ['backend/b.py', null, ifs(20)],
    ],
    'pass',
    [],
  ],
  ['one that has another name now', python(ifs(20), ifs(20, 'gather')), 'pass', []],
  ['a test', [['backend/tests/test_a.py', null, ifs(20)]], 'na', []],
  ['nothing changed', [], 'na', []],
  ['not parsed', python(null, `${ifs(20)}def g(:\n`), 'inconclusive', []],
])('%s', (_, changes, check, findings) => {
  expect(judged(lowComplexity, { changes }, syntax)).toEqual({ check, findings })
})
