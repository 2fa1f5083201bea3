import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readJunit } from '../../src/evidence/junit.ts'
import type { SuiteCase } from '../../src/evidence/suite.ts'

const sample = (name: string): string => readFileSync(new URL(`../samples/junit/${name}.xml`, import.meta.url), 'utf8')

function cases(xml: string): readonly SuiteCase[] {
  const reading = readJunit(xml)
  if (reading.kind === 'unreadable') {
    throw new Error(reading.reason)
  }
  return reading.cases
}

const told = (xml: string): string =>
  cases(xml)
    .map(({ id, status, seconds }) => `${status.padEnd(8)}${seconds.toFixed(3)}  ${id}`)
    .join('\n')

describe('a report of pytest', () => {
  test('one case a test, with its worst status and its id whole', () => {
    expect(told(sample('traps'))).toMatchInlineSnapshot(`
      "error   0.000  tests.test_broken
      passed  0.010  tests.test_traps::test_pass
      error   0.025  tests.test_traps::test_call_and_teardown
      xfailed 0.000  tests.test_traps::test_xfail
      passed  0.000  tests.test_traps::test_xpass
      failed  0.000  tests.test_traps::test_xpass_strict
      passed  0.000  tests.test_traps::test_param[\\xf1::x[1]]
      passed  0.000  tests.test_traps::test_param[a b/c]
      passed  0.000  tests.test_traps::test_param[\\x1b]
      passed  0.000  tests.test_traps::test_param[<&">]
      skipped 0.000  tests.test_traps::test_skip
      failed  0.000  tests.test_traps.TestOuter.TestInner::test_message"
    `)
  })

  test('a module that cannot be collected is all that its report has', () => {
    expect(told(sample('collection-error'))).toMatchInlineSnapshot(`"error   0.000  tests.test_broken"`)
  })

  test('messages are attribute and text, entities resolved, cut to 2,000 characters', () => {
    const [, , teardown] = cases(sample('traps'))
    expect(teardown?.message).toBe('failed on teardown with "RuntimeError: teardown"\nE       RuntimeError: teardown')
    expect(cases(sample('traps')).at(-1)?.message).toContain("'é<&'\n  - é<&\n  + #x1B")
    const long = `<testsuite><testcase name="a"><failure message="m">${'x'.repeat(5000)}</failure></testcase></testsuite>`
    expect(cases(long)[0]?.message).toHaveLength(2000)
  })
})

test('nested suites, several roots, CDATA that looks like a report', () => {
  expect(told(sample('nested'))).toMatchInlineSnapshot(`
    "passed  1.500  one::a
    failed  0.000  one::b
    skipped 0.000  c
    passed  0.000  two::a"
  `)
})

describe('names', () => {
  test.each([
    ['blanks at the ends', 'test_x[ a ]'],
    ['names of JavaScript', '__proto__'],
    ['entities once, not twice', 'test_x[&amp;lt;]', 'test_x[&lt;]'],
    ['numbers', 'test_x[&#233;&#x1F600;]', 'test_x[é😀]'],
    ['numbers that are no character', 'test_x[&#x110000;&#0;]'],
    ['entities that nobody declared', 'test_x[&bomb;]'],
  ])('%s', (_, written, read = written) => {
    expect(cases(`<testsuite><testcase classname="c" name="${written}"/></testsuite>`).map(({ id }) => id)).toEqual([`c::${read}`])
  })

  test('control characters that XML forbids are spelled out', () => {
    expect(cases('<testsuite><testcase classname="c" name="a\u001b\u0000b"/></testsuite>')[0]?.id).toBe('c::a#x1B#x00b')
  })

  test('the worst status wins, whichever comes first', () => {
    const inner = { passed: '', failed: '<failure/>', error: '<error/>', skipped: '<skipped/>', xfailed: '<skipped type="pytest.xfail"/>' }
    const pair = (one: keyof typeof inner, other: keyof typeof inner) =>
      cases(`<testsuite>${[one, other].map((status) => `<testcase name="a">${inner[status]}</testcase>`).join('')}</testsuite>`).map(
        ({ status }) => status,
      )
    const order = ['error', 'failed', 'skipped', 'xfailed', 'passed'] as const
    for (const [rank, worse] of order.entries()) {
      for (const better of order.slice(rank)) {
        expect([pair(worse, better), pair(better, worse)]).toEqual([[worse], [worse]])
      }
    }
  })
})

describe('not a report', () => {
  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><testsuites><testcase name="&b;"/></testsuites>'
  test.each([
    ['empty', ''],
    ['text', 'no report'],
    ['another document', '<html><body/></html>'],
    ['cut off in a tag', sample('traps').slice(0, 700)],
    [
      'cut off behind a case',
      sample('traps').slice(0, sample('traps').indexOf('<testcase classname="tests.test_traps" name="test_xfail"')),
    ],
    ['an entity bomb', bomb],
    ['an outside entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuites>&a;</testsuites>'],
    ['suites nested a thousand deep', `${'<testsuite>'.repeat(1000)}${'</testsuite>'.repeat(1000)}`],
    ['names that could reach a prototype', '<testsuites><__proto__><testcase name="a"/></__proto__></testsuites>'],
  ])('%s', (_, xml) => {
    expect(readJunit(xml)).toMatchObject({ kind: 'unreadable', reason: expect.stringMatching(/\w{5}/) })
  })

  test('no suite at all is read, and holds nothing', () => {
    expect([cases('<testsuites/>'), cases('<testsuites></testsuites>')]).toEqual([[], []])
  })
})
