import { expect, test } from 'vitest'
import type { Probe } from '../../src/evidence/probe.ts'
import { itemsOf } from '../../src/grading/probe-findings.ts'

const exited = (exitCode: number): Probe['exit'] => ({ ended: 'exited', exitCode })
const paths = ['backend/a.py', 'backend/b.py']

function read(probe: Pick<Probe, 'reads' | 'exit'> & { readonly finds?: string; readonly folder?: string }, output: string, errors = '') {
  const whole: Probe = { name: 'lint', on: 'result', command: 'lint', files: paths, ms: 1, output: 'out', errors: 'err', ...probe }
  return itemsOf(whole, (digest) => (digest === 'out' ? output : errors))?.map(({ path, line, text }) => `${path}:${line} ${text}`) ?? null
}

const gitlab = (path: string, line: number, description: string) => ({
  description,
  check_name: 'E501',
  severity: 'major',
  fingerprint: 'f',
  location: { path, positions: { begin: { line, column: 1 } } },
})

test.each<[string, ReturnType<typeof read>, readonly string[] | null]>([
  [
    'a quality report',
    read({ reads: 'gitlab', exit: exited(1) }, JSON.stringify([gitlab('backend/a.py', 7, 'E501: Line too long (120 > 100)')])),
    ['backend/a.py:7 E501 E501: Line too long (# > #)'],
  ],
  [
    'a quality report with the older place',
    read({ reads: 'gitlab', exit: exited(1) }, '[{"description":"unused","location":{"path":"./backend/b.py","lines":{"begin":3}}}]'),
    ['backend/b.py:3 unused'],
  ],
  [
    'a quality report of a tool that ran in a folder',
    read(
      { reads: 'gitlab', folder: 'backend', exit: exited(1) },
      '[{"description":"unused","location":{"path":"b.py","lines":{"begin":3}}}]',
    ),
    ['backend/b.py:3 unused'],
  ],
  [
    'a place outside the folder that a tool ran in',
    read({ reads: 'gitlab', folder: 'backend', exit: exited(1) }, '[{"description":"unused","location":{"path":"../docs/b.py"}}]'),
    ['docs/b.py:1 unused'],
  ],
  [
    'paths relative to a folder',
    read({ reads: 'paths', folder: 'backend', exit: exited(1) }, './a.py:3 format\nbackend/b.py format'),
    ['backend/a.py:1 format backend/a.py'],
  ],
  ['a clean quality report', read({ reads: 'gitlab', exit: exited(0) }, '[]'), []],
  ['nothing written, and a good end', read({ reads: 'gitlab', exit: exited(0) }, ''), []],
  ['a quality report that is cut off', read({ reads: 'gitlab', exit: exited(1) }, '[{"description":"unused"'), null],
  ['a usage error in its place', read({ reads: 'gitlab', exit: exited(2) }, '', 'error: unexpected argument'), null],
  ['findings that have no place', read({ reads: 'gitlab', exit: exited(1) }, '[{"description":"unused"}]'), null],
  [
    'ESLint, whose warnings are none',
    read(
      { reads: 'eslint', exit: exited(1) },
      JSON.stringify([
        {
          filePath: '/workspace/backend/a.py',
          messages: [
            { ruleId: 'curly', severity: 2, message: "Expected { after 'if'.", line: 4 },
            { ruleId: 'semi', severity: 1, message: 'Extra semicolon.', line: 5 },
            { ruleId: null, severity: 2, message: 'Parsing error' },
          ],
        },
      ]),
    ),
    ["backend/a.py:4 curly Expected { after 'if'.", 'backend/a.py:1 Parsing error'],
  ],
  [
    'paths in a sentence',
    read({ reads: 'paths', exit: exited(1) }, 'Would reformat: backend/b.py\n1 file would be reformatted'),
    ['backend/b.py:1 format backend/b.py'],
  ],
  [
    'paths with places, on the error output',
    read({ reads: 'paths', exit: exited(1) }, '', '  --> ./backend/a.py:129:1\n'),
    ['backend/a.py:1 format backend/a.py'],
  ],
  ['paths of others', read({ reads: 'paths', exit: exited(1) }, 'Would reformat: backend/b.pyi'), null],
  ['paths, and a good end', read({ reads: 'paths', exit: exited(0) }, 'backend/a.py is fine'), []],
  [
    'a known text',
    read({ reads: 'text', finds: 'Migrations for ', exit: exited(1) }, "System check.\nMigrations for 'shop':\n  shop/0002_x.py"),
    [":1 Migrations for 'shop': shop/0002_x.py"],
  ],
  [
    'a traceback in its place',
    read({ reads: 'text', finds: 'Migrations for ', exit: exited(1) }, '', 'Traceback (most recent call last)'),
    null,
  ],
  ['a known text, and a good end', read({ reads: 'text', finds: 'No changes', exit: exited(0) }, 'No changes detected'), []],
  ['a limit', read({ reads: 'paths', exit: { ended: 'limit', reason: 'wallMs' } }, 'backend/a.py'), null],
  ['no start', read({ reads: 'text', finds: 'x', exit: { ended: 'not-started', reason: 'ENOENT' } }, 'x'), null],
])('reads %s', (_, told, expected) => expect(told).toEqual(expected))

test('output that was not kept says nothing', () => {
  const probe: Probe = {
    name: 'lint',
    on: 'result',
    command: 'lint',
    files: paths,
    ms: 1,
    output: 'o',
    errors: 'e',
    reads: 'paths',
    exit: exited(0),
  }
  expect(itemsOf(probe, () => null)).toBeNull()
})
