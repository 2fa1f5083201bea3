import { expect, test } from 'vitest'
import { matchesNeighbours } from '../../src/grading/style-matches-neighbours.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type Told, type ToldChange, type ToldProbe } from './evidence-builder.ts'

const syntax = await loadSyntax()
const fixture = {
  tests: ['**/tests/**', '**/*.{test,spec}.ts'],
  layers: [
    { name: 'services', globs: ['backend/*/services.py', 'backend/src/*.service.ts', 'backend/src/*-service.ts'] },
    { name: 'views', globs: ['backend/*/views.py'] },
    { name: 'tests', globs: ['backend/*/tests/*.py', 'backend/src/*.test.ts', 'backend/src/*.spec.ts'] },
  ],
}
const view = (name: string, base: string) => `class ${name}(${base}):\n    def get(self, request):\n        return 1\n`
const raises = (...names: readonly string[]) =>
  names.map((name) => `def do_${name.toLowerCase()}_now():\n    raise ${name}("a")\n`).join('\n')
const tests = (name: string) => `import pytest\n\n\ndef test_${name}():\n    assert 1\n`
const base = {
  'backend/a/views.py': `from rest_framework.response import Response\nfrom a.api import (\n    ApiView,\n)\n\n\n${view('AView', 'ApiView')}${view('ScopedView', 'ApiView')}`,
  'backend/b/views.py': `${view('BView', 'ScopedView')}${view('CView', 'views.ScopedView')}`,
  'backend/a/services.py': `from celery import shared_task\n${raises('Conflict', 'NotFound', 'InvalidState')}`,
  'backend/b/services.py': raises('Gone', 'Refused', 'Taken', 'Closed', 'Early', 'Late', 'Over'),
  'backend/a/tests/test_a.py': tests('a'),
  'backend/b/tests/test_b.py': tests('b'),
  'backend/c/tests/test_c.py': tests('c'),
}
const scripts = Object.fromEntries(
  ['order-lines', 'stock-levels', 'web-hooks', 'gift-cards'].flatMap((name) => [
    [`backend/src/${name}.service.ts`, "import { test } from 'vitest'\nfunction doThis() {}\nfunction doThat() {}\nfunction doMore() {}\n"],
    [`backend/src/${name}.test.ts`, "import { test } from 'vitest'\n"],
  ]),
)
const added = (path: string, text: string): Told => ({ fixture, base: { ...base, ...scripts }, changes: [[path, null, text]] })

test.each<[string, Told, string]>([
  [
    'a view of the framework',
    added('backend/d/views.py', view('DView', 'APIView')),
    'UNLIKE_SIBLINGS backend/d/views.py:1 what=base name=DView like=ApiView',
  ],
  [
    'a view of nothing',
    added('backend/d/views.py', 'class DView:\n    pass\n'),
    'UNLIKE_SIBLINGS backend/d/views.py:1 what=base name=DView like=ApiView',
  ],
  [
    'an error of the language',
    added('backend/d/services.py', 'def g():\n    raise ValueError("a")\n'),
    'UNLIKE_SIBLINGS backend/d/services.py:2 what=error name=ValueError like=Closed, Conflict, Early',
  ],
  [
    'a class of tests',
    added('backend/d/tests/test_d.py', 'class TestD:\n    def test_d(self):\n        assert 1\n'),
    'UNLIKE_SIBLINGS backend/d/tests/test_d.py:1 what=functions name=TestD like=functions',
  ],
  [
    'a test file of another name',
    added('backend/d/tests/d_test.py', tests('d')),
    'UNLIKE_SIBLINGS backend/d/tests/d_test.py what=file name=d_test.py like=test_*.py',
  ],
  [
    'a test file of another name in TypeScript',
    added('backend/src/refunds.spec.ts', "import { test } from 'vitest'\n"),
    'UNLIKE_SIBLINGS backend/src/refunds.spec.ts what=file name=refunds.spec.ts like=*.test.ts',
  ],
  [
    'a function in camel case',
    added('backend/d/services.py', 'def doIt():\n    return 1\n'),
    'UNLIKE_SIBLINGS backend/d/services.py:1 what=case name=doIt like=snake_case',
  ],
  [
    'a function in snake case',
    added('backend/src/refunds.service.ts', 'export function do_it() {}\n'),
    'UNLIKE_SIBLINGS backend/src/refunds.service.ts:1 what=case name=do_it like=camelCase',
  ],
  [
    'a file in camel case',
    added('backend/src/creditNotes.service.ts', 'export const a = 1\n'),
    'UNLIKE_SIBLINGS backend/src/creditNotes.service.ts what=file name=creditNotes.service.ts like=kebab-case',
  ],
  [
    'another framework',
    added('backend/d/views.py', 'from flask import jsonify\n'),
    'FOREIGN_FRAMEWORK backend/d/views.py:1 name=Flask own=Django',
  ],
  [
    'another queue',
    added('backend/d/services.py', '\nimport dramatiq\n'),
    'FOREIGN_FRAMEWORK backend/d/services.py:2 name=Dramatiq own=Celery',
  ],
  [
    'another test framework',
    added('backend/src/refunds.test.ts', "import { it } from '@jest/globals'\n"),
    'FOREIGN_FRAMEWORK backend/src/refunds.test.ts:1 name=Jest own=vitest',
  ],
])('flagged: %s', (_, told, finding) => {
  expect(judged(matchesNeighbours, told, syntax)).toEqual({ check: 'fail', findings: [finding] })
})

test.each<[string, Told]>([
  ['a view like the others', added('backend/d/views.py', view('DView', 'ApiView'))],
  ['a view below one of the others', added('backend/d/views.py', view('DView', 'ScopedView'))],
  ['a new base of views', added('backend/d/views.py', `${view('OfficeView', 'ScopedView')}${view('EView', 'OfficeView')}`)],
  [
    'another base of the framework',
    {
      ...added('backend/d/views.py', 'class TotalSerializer(serializers.Serializer):\n    pass\n'),
      base: {
        'backend/a/views.py': ['A', 'B', 'C', 'D']
          .map((name) => `class ${name}Serializer(serializers.ModelSerializer):\n    pass\n`)
          .join(''),
      },
    },
  ],
  ['a class of another kind', added('backend/d/views.py', 'class Page:\n    pass\n')],
  ['an error of the project', added('backend/d/services.py', 'def g():\n    raise Conflict("a")\n')],
  ['a generic error where no way is known', added('backend/d/views.py', 'def g():\n    raise ValueError("a")\n')],
  ['a test like the others', added('backend/d/tests/test_d.py', tests('d'))],
  ['a helper class of tests', added('backend/d/tests/test_d.py', `class Clock:\n    def now(self):\n        return 1\n\n\n${tests('d')}`)],
  [
    'names that a framework gives',
    added(
      'backend/d/services.py',
      'class A(Formatter):\n    def formatTime(self):\n        return 1\n\n    def setUp(self):\n        return 1\n',
    ),
  ],
  [
    'a name that is known',
    {
      ...added('backend/d/services.py', 'def doThis():\n    return 1\n'),
      base: { ...base, 'backend/e/services.py': 'def doThis():\n    return 1\n' },
    },
  ],
  ['the same framework', added('backend/d/views.py', 'from django.http import Http404\nfrom unittest.mock import patch\n')],
  [
    'a framework that one file has',
    { ...added('backend/d/views.py', 'import flask\n'), base: { ...base, 'backend/z/views.py': 'import flask\n' } },
  ],
  [
    'a class that the base has',
    {
      ...added('backend/d/views.py', ''),
      changes: [['backend/a/views.py', view('OldView', 'APIView'), `${view('OldView', 'APIView')}\n\na = 1\n`]],
      base: { ...base, 'backend/a/views.py': view('OldView', 'APIView') },
    },
  ],
])('not flagged: %s', (_, told) => {
  expect(judged(matchesNeighbours, told, syntax)).toEqual({ check: 'pass', findings: [] })
})

const probed = { probes: { lint: { files: ['backend/**/*.py'] }, format: { files: ['backend/**/*.py'] } } }
const CHANGED: ToldChange = ['backend/a.py', 'a = 1\n', 'a = 2\n']
const report = (...told: readonly (readonly [line: number, description: string])[]) =>
  JSON.stringify(
    told.map(([line, description]) => ({ description, check_name: 'X', location: { path: 'backend/a.py', lines: { begin: line } } })),
  )
const lint = (output: string, more: Partial<ToldProbe> = {}): ToldProbe => ({
  name: 'lint',
  reads: 'gitlab',
  files: ['backend/a.py'],
  output,
  ...more,
})
const format = (output: string, more: Partial<ToldProbe> = {}): ToldProbe => ({
  name: 'format',
  reads: 'paths',
  files: ['backend/a.py'],
  output,
  ...more,
})
const GOOD = { ended: 'exited', exitCode: 0 } as const
const clean = [lint('[]', { exit: GOOD }), format('', { exit: GOOD })]

test.each<[string, readonly ToldProbe[], string, readonly string[]]>([
  ['both are clean', clean, 'pass', []],
  [
    'the linter objects',
    [lint(report([3, 'unused'])), lint('[]', { on: 'base', exit: GOOD }), format('', { exit: GOOD })],
    'fail',
    ['LINT_ADDED backend/a.py:3 tool=X text=X unused'],
  ],
  [
    'it objected before',
    [lint(report([3, 'line of 120'])), lint(report([1, 'line of 110']), { on: 'base' }), format('', { exit: GOOD })],
    'pass',
    [],
  ],
  [
    'it objects once more',
    [lint(report([3, 'unused'], [9, 'unused'])), lint(report([1, 'unused']), { on: 'base' }), format('', { exit: GOOD })],
    'fail',
    ['LINT_ADDED backend/a.py:9 tool=X text=X unused'],
  ],
  [
    'one objection in place of another',
    [lint(report([3, '`b` is unused'])), lint(report([1, '`a` is unused']), { on: 'base' }), format('', { exit: GOOD })],
    'fail',
    ['LINT_ADDED backend/a.py:3 tool=X text=X `b` is unused'],
  ],
  [
    'the formatter would change it',
    [lint('[]', { exit: GOOD }), format('Would reformat: backend/a.py'), format('', { on: 'base', exit: GOOD })],
    'fail',
    ['NOT_FORMATTED backend/a.py'],
  ],
  [
    'it would have changed it before',
    [lint('[]', { exit: GOOD }), format('Would reformat: backend/a.py'), format('Would reformat: backend/a.py', { on: 'base' })],
    'pass',
    [],
  ],
  ['no probe was collected', [], 'inconclusive', []],
  ['one is missing', [lint('[]', { exit: GOOD })], 'inconclusive', []],
  ['one did not run', [lint('', { exit: { ended: 'exited', exitCode: 127 } }), format('', { exit: GOOD })], 'inconclusive', []],
  [
    'the run on the base did not',
    [lint(report([3, 'unused'])), lint('', { on: 'base', exit: { ended: 'limit', reason: 'wallMs' } }), format('', { exit: GOOD })],
    'inconclusive',
    [],
  ],
])('probes: %s', (_, probes, check, findings) => {
  expect(judged(matchesNeighbours, { fixture: probed, changes: [CHANGED], probes }, syntax)).toEqual({ check, findings })
})

test.each<[string, Told, string]>([
  ['nothing changed', { fixture: probed }, 'na'],
  ['nothing to compare with', { changes: [CHANGED] }, 'na'],
  ['nothing that the probes are about', { fixture: probed, changes: [['docs/a.md', 'a', 'b']] }, 'na'],
  ['only deleted', { fixture: probed, changes: [['backend/a.py', 'a = 1\n', null]] }, 'na'],
  ['not parsed', { fixture, base, changes: [['backend/d/views.py', null, 'class A(\n']] }, 'inconclusive'],
])('%s', (_, told, check) => expect(judged(matchesNeighbours, told, syntax)).toEqual({ check, findings: [] }))
