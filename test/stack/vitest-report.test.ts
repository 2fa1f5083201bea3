import { describe, expect, test } from 'vitest'
import { readVitestReport } from '../../src/stack/vitest-report.ts'

const CANARIES = { mustFail: 'test/canary.test.ts::c', mustError: 'test/canary.test.ts' }

type Result = readonly [title: string, status: string, groups?: readonly string[], messages?: readonly string[]]
const file = (name: string, status: string, message: string, results: readonly Result[]) => ({
  name: `/workspace/${name}`,
  status,
  message,
  assertionResults: results.map(([title, result, ancestorTitles = [], failureMessages = []]) => ({
    ancestorTitles,
    fullName: [...ancestorTitles, title].join(' '),
    title,
    status: result,
    duration: 1500,
    failureMessages,
    meta: {},
  })),
})
const canary = file('test/canary.test.ts', 'failed', 'c', [['c', 'failed', [], ['AssertionError: c']]])
const read = (...files: readonly unknown[]) => {
  const reading = readVitestReport(JSON.stringify({ success: false, testResults: files }), CANARIES)
  return reading.kind === 'read' ? reading.cases.map(({ id, status }) => `${status} ${id}`) : reading.reason
}

describe('a report that is read', () => {
  test('names tests by file, groups and title', () => {
    expect(
      read(
        file('test/a.test.ts', 'failed', '', [
          ['top', 'passed'],
          ['adds', 'failed', ['total', 'of two'], ['AssertionError: 1 is not 2']],
          ['later', 'todo'],
          ['never', 'skipped'],
          ['old', 'disabled'],
        ]),
        canary,
      ),
    ).toMatchInlineSnapshot(`
      [
        "passed test/a.test.ts::top",
        "failed test/a.test.ts::total > of two > adds",
        "skipped test/a.test.ts::later",
        "skipped test/a.test.ts::never",
        "skipped test/a.test.ts::old",
        "failed test/canary.test.ts::c",
        "error test/canary.test.ts",
      ]
    `)
  })

  test('keeps the seconds and the beginning of the messages', () => {
    const long = 'x'.repeat(5000)
    const reading = readVitestReport(
      JSON.stringify({ testResults: [file('test/a.test.ts', 'failed', '', [['a', 'failed', [], [long]]]), canary] }),
      CANARIES,
    )
    expect(reading.kind === 'read' && reading.cases[0]).toEqual({
      id: 'test/a.test.ts::a',
      status: 'failed',
      seconds: 1.5,
      message: long.slice(0, 2000),
    })
  })

  test.each<[string, readonly unknown[], readonly string[]]>([
    [
      'equal names in one file get numbers, and no number takes another test’s name',
      [
        file('a.test.ts', 'failed', '', [
          ['x', 'passed'],
          ['x', 'failed'],
          ['x #2', 'passed'],
          ['g > x', 'passed'],
          ['x', 'passed', ['g']],
        ]),
      ],
      [
        'passed a.test.ts::x',
        'failed a.test.ts::x #2',
        'passed a.test.ts::x #2 #2',
        'passed a.test.ts::g > x',
        'passed a.test.ts::g > x #2',
      ],
    ],
    [
      'equal names in two files are two tests',
      [file('a.test.ts', 'passed', '', [['x', 'passed']]), file('b.test.ts', 'passed', '', [['x', 'passed']])],
      ['passed a.test.ts::x', 'passed b.test.ts::x'],
    ],
    ['a file that cannot be loaded is an error of its own', [file('a.test.ts', 'failed', 'Cannot find module', [])], ['error a.test.ts']],
    [
      'a hook of the file that throws leaves no passed test in it',
      [
        file('a.test.ts', 'failed', 'afterAll', [
          ['x', 'passed'],
          ['y', 'failed'],
          ['z', 'skipped'],
        ]),
      ],
      ['error a.test.ts::x', 'failed a.test.ts::y', 'skipped a.test.ts::z', 'error a.test.ts'],
    ],
    [
      'so does a hook of a group, which is told by the file’s status alone',
      [file('a.test.ts', 'failed', '', [['x', 'passed', ['g']]])],
      ['error a.test.ts::g > x', 'error a.test.ts'],
    ],
    [
      'a test that never ended is no passed test',
      [
        file('a.test.ts', 'failed', '', [
          ['x', 'pending'],
          ['y', 'what is new in vitest 9'],
        ]),
      ],
      ['error a.test.ts::x', 'error a.test.ts::y'],
    ],
    [
      'a test that passed when it was tried again',
      [file('a.test.ts', 'passed', '', [['x', 'passed', [], ['first']]])],
      ['passed a.test.ts::x'],
    ],
    ['no tests', [], []],
  ])('%s', (_, files, cases) => {
    expect(read(...files, canary)).toEqual([...cases, 'error test/canary.test.ts'].toSpliced(-1, 0, 'failed test/canary.test.ts::c'))
  })

  test('where the canaries are missing, files keep the names that they have', () => {
    expect(read(file('test/a.test.ts', 'passed', '', [['x', 'passed']]))).toEqual(['passed /workspace/test/a.test.ts::x'])
  })
})

test.each([
  ['nothing', '', 'it is not JSON: Unexpected end of JSON input'],
  ['the beginning of a report', JSON.stringify({ testResults: [canary] }).slice(0, -20), 'it is not JSON: '],
  ['another report', '{"tests": []}', '✖ Invalid input: expected array, received undefined\n  → at testResults'],
  ['XML', '<testsuites/>', 'it is not JSON: '],
  ['a list', '[]', '✖ Invalid input: expected object'],
  ['a test without a name', JSON.stringify({ testResults: [{ ...canary, assertionResults: [{ status: 'passed' }] }] }), '✖ Invalid input'],
])('unreadable: %s', (_, text, reason) => {
  expect(readVitestReport(text, CANARIES)).toEqual({ kind: 'unreadable', reason: expect.stringContaining(reason) })
})
