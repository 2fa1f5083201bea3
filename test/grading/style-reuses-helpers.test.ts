import { describe, expect, test } from 'vitest'
import { reusesHelpers } from '../../src/grading/style-reuses-helpers.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type Told, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()

const TEXT = `import unicodedata


def clean_name(value):
    folded = unicodedata.normalize("NFKC", value)
    printable = "".join(" " if unicodedata.category(char) == "Cc" else char for char in folded)
    return " ".join(printable.split())


def short(value):
    return clean_name(value).casefold()
`
const CLOCK = 'from datetime import datetime, timezone\n\n\ndef now():\n    return datetime.now(timezone.utc)\n'
const helpers = [
  { path: 'backend/text.py', name: 'clean_name' },
  { path: 'backend/text.py', name: 'short' },
  { path: 'backend/clock.py', name: 'now' },
]
const kept = { fixture: { helpers }, base: { 'backend/text.py': TEXT, 'backend/clock.py': CLOCK } }
const telling = (changes: readonly ToldChange[], more: Told = {}): Told => ({ ...kept, ...more, changes })
const python = (before: string | null, after: string | null): readonly ToldChange[] => [['backend/a.py', before, after]]

const COPY = TEXT.slice(0, TEXT.indexOf('\n\ndef short'))
const RENAMED = COPY.replaceAll('clean_name', 'tidy')
  .replaceAll('value', 'text')
  .replaceAll('folded', 'a')
  .replaceAll('printable', 'b')
  .replaceAll('char', 'c')
const INLINED = `import unicodedata

class Service:
    def rename(self, project, actor, name):
        if not actor.may_edit(project):
            raise Forbidden(project)
        wide = unicodedata.normalize('NFKC', name)
        plain = ''.join(' ' if unicodedata.category(c) == 'Cc' else c for c in wide)
        project.name = ' '.join(plain.split())
        project.save(update_fields=['name'])
        return project
`

describe('flagged', () => {
  test.each<[string, readonly ToldChange[], readonly string[]]>([
    ['a copy', python(null, COPY), ['HELPER_COPIED backend/a.py:4 function=clean_name helper=backend/text.py: clean_name percent=100']],
    [
      'a copy with other names',
      python(null, RENAMED),
      ['HELPER_COPIED backend/a.py:4 function=tidy helper=backend/text.py: clean_name percent=100'],
    ],
    [
      'inlined',
      python(null, INLINED),
      ['HELPER_COPIED backend/a.py:4 function=Service.rename helper=backend/text.py: clean_name percent=90'],
    ],
    [
      'the clock, gone around',
      python('x = 1\n', 'from django.utils import timezone\n\ndef f():\n    return timezone.now()\n'),
      ['HELPER_BYPASSED backend/a.py:4 helper=backend/clock.py: now instead=timezone.now'],
    ],
    [
      'the clock, gone around without a call',
      python(null, 'import datetime\n\nclass A:\n    at = field(default=datetime.datetime.now)\n'),
      ['HELPER_BYPASSED backend/a.py:4 helper=backend/clock.py: now instead=datetime.datetime.now'],
    ],
  ])('%s', (_, changes, findings) => {
    expect(judged(reusesHelpers, telling(changes), syntax)).toEqual({ check: 'fail', findings })
  })
})

describe('not flagged', () => {
  test.each<[string, readonly ToldChange[]]>([
    ['a call of the helper', python(null, 'from text import clean_name\n\ndef f(name):\n    return clean_name(name)\n')],
    [
      'a call under another name',
      python(
        null,
        INLINED.replace('import unicodedata', 'from text import clean_name as tidy').replace('return project', 'return tidy(project)'),
      ),
    ],
    ['other work', python(null, 'def f(rows):\n    return {row.id: " ".join(row.words) for row in rows if row.words}\n')],
    ['the helper itself', [['backend/text.py', TEXT, TEXT.replace('"NFKC"', '"NFC"')]]],
    ['a copy that the base has', python(COPY, `${COPY}\nx = 1\n`)],
    ['the clock', python(null, 'from core import clock\n\ndef f():\n    return clock.now()\n')],
    ['the clock, gone around before', python('def f():\n    return datetime.now()\n', 'def f():\n    return datetime.now()\n\nx = 1\n')],
    ['another time', python(null, 'def f(x):\n    return x.astimezone(timezone.utc), datetime.now_or_never()\n')],
  ])('%s', (_, changes) => {
    expect(judged(reusesHelpers, telling(changes), syntax)).toEqual({ check: 'pass', findings: [] })
  })
})

test.each<[string, Told, string]>([
  ['nothing changed', telling([]), 'na'],
  ['no helper is labelled', telling(python(null, COPY), { fixture: { helpers: [] } }), 'na'],
  ['a test may say it again', telling([['backend/tests/test_a.py', null, COPY]]), 'na'],
  ['a migration stands alone', telling([['backend/migrations/0002_a.py', null, COPY]]), 'na'],
  ['evidence that does not name them', { changes: python(null, COPY) }, 'inconclusive'],
  ['helpers that were not kept', telling(python(null, COPY), { base: {} }), 'inconclusive'],
  ['not parsed', telling(python(null, 'def f(:\n')), 'inconclusive'],
])('nothing to judge, or not to be told: %s', (_, told, check) => {
  expect(judged(reusesHelpers, told, syntax)).toEqual({ check, findings: [] })
})
