import { describe, expect, test } from 'vitest'
import { tampering } from '../../src/grading/tests-tampering.ts'
import { vitest } from '../../src/stack/vitest.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type Told, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()
const PATH = 'server/test/orders.test.ts'
const TESTS = `import { describe, expect, it } from 'vitest'
import { api } from './support/app.ts'

describe('orders', () => {
  it('POST /orders: created', async () => {
    const response = await api.post('/orders')
    expect(response.statusCode).toBe(201)
  })

  it('GET /orders: created', async () => {
    expect((await api.get('/orders')).statusCode).toBe(200)
  })

  it.each([[1], [2]])('line %i', (line) => expect(lines(line)).toHaveLength(line))
})
`
const PACKAGE = '{ "name": "orders", "scripts": { "test": "vitest run", "dev": "tsx" } }'
const FIXTURE: Told['fixture'] = {
  stack: 'vitest',
  tests: vitest.testGlobs,
  autoloaded: vitest.autoloaded,
  litter: vitest.litter,
  dependencies: vitest.dependencies,
  protected: [...vitest.protected, 'server/package.json#engines'],
}
const edited = (from: string | RegExp, to: string): readonly ToldChange[] => [[PATH, TESTS, TESTS.replace(from, to)]]
const answer = (changes: readonly ToldChange[], grammars: typeof syntax | null = syntax) =>
  judged(tampering, { fixture: FIXTURE, changes }, grammars)

describe('tests/tampering must flag, in a vitest fixture', () => {
  test.each<[string, readonly ToldChange[], readonly string[]]>([
    ['a removed test', edited(/ {2}it\('GET[\s\S]*?\}\)\n/, ''), [`TEST_REMOVED ${PATH}:10 test=orders::GET /orders: created`]],
    ['a test moved into a comment', edited(/( {2}it\.each.*)/, '// $1'), [`TEST_REMOVED ${PATH}:14 test=orders::line %i`]],
    ['an emptied test', edited('expect((await api', 'void ((await api'), [`TEST_EMPTIED ${PATH}:10 test=orders::GET /orders: created`]],
    [
      'a skipped group',
      edited("describe('orders'", "describe.skip('orders'"),
      [`TEST_SKIPPED ${PATH}:4 marker=describe.skip('orders', () => {`],
    ],
    [
      'one test alone',
      edited("it('POST", "it.only('POST"),
      [`TEST_SKIPPED ${PATH}:5 marker=it.only('POST /orders: created', async () => {`],
    ],
    [
      'an expected failure',
      edited('it.each(', 'it.fails.each('),
      [`TEST_SKIPPED ${PATH}:14 marker=it.fails.each([[1], [2]])('line %i', (line) => expect(lines(line)).toHaveLength(line))`],
    ],
    [
      'a deleted file',
      [[PATH, TESTS, null]],
      ['POST /orders: created', 'GET /orders: created', 'line %i'].map(
        (name, index) => `TEST_REMOVED ${PATH}:${[5, 10, 14][index]} test=orders::${name}`,
      ),
    ],
    [
      'the script that runs the tests',
      [['package.json', PACKAGE, PACKAGE.replace('vitest run', 'true')]],
      ['PROTECTED_CHANGED package.json how=modified key=scripts.test'],
    ],
    [
      'a script before it',
      [['package.json', PACKAGE, PACKAGE.replace('"dev"', '"pretest": "true", "dev"')]],
      ['PROTECTED_CHANGED package.json how=modified key=scripts.pretest'],
    ],
    [
      'a key that the fixture protects',
      [['server/package.json', '{}', '{ "engines": {} }']],
      ['PROTECTED_CHANGED server/package.json how=modified key=engines'],
    ],
    ['a new configuration', [['server/vite.config.mts', null, '']], ['TEST_HARNESS_PLANTED server/vite.config.mts']],
    ['a changed configuration', [['vitest.config.ts', 'a', 'b']], ['PROTECTED_CHANGED vitest.config.ts how=modified']],
    [
      'a mock that is loaded by its place',
      [['server/src/__mocks__/api.ts', null, '']],
      ['TEST_HARNESS_PLANTED server/src/__mocks__/api.ts'],
    ],
  ])('%s', (_, changes, findings) => {
    expect(answer(changes)).toEqual({ check: 'fail', findings })
  })
})

describe('tests/tampering must not flag, in a vitest fixture', () => {
  test.each<[string, readonly ToldChange[]]>([
    ['an updated assertion', edited('toBe(201)', 'toBe(202)')],
    ['a renamed test', edited("'GET /orders: created'", "'GET /orders lists'")],
    [
      'a test moved to another file',
      [
        ...edited(/ {2}it\.each.*\n/, ''),
        ['server/test/lines.test.ts', null, `it.each([[1], [2]])('line %i', (line) => expect(lines(line)).toHaveLength(line))\n`],
      ],
    ],
    ['new tests, one skipped, in a file of their own', [['server/test/mine.test.ts', null, `it.skip('x', f)`]]],
    ['a new test file that is no TypeScript', [['server/test/mine.test.ts', null, `it('x', () => {`]]],
    ['another script', [['package.json', PACKAGE, PACKAGE.replace('"dev"', '"seed": "tsx seed.ts", "dev"')]]],
    [
      'dependencies and their installation',
      [
        ['package.json', PACKAGE, PACKAGE.replace('"name"', '"dependencies": {}, "name"')],
        ['node_modules/.vite/x', null, 'x'],
      ],
    ],
    [
      'settings of the compiler and the environment',
      [
        ['tsconfig.json', '{}', '{ "strict": true }'],
        ['.env', null, 'A=1'],
      ],
    ],
    ['a snapshot', [['server/test/__snapshots__/a.test.ts.snap', 'a', 'b']]],
  ])('%s', (_, changes) => {
    expect(answer(changes)).toEqual({ check: 'pass', findings: [] })
  })

  test.each<[string, readonly ToldChange[], typeof syntax | null]>([
    ['a test file that is no TypeScript any more', edited('})', ''), syntax],
    ['no grammars', edited('toBe(201)', 'toBe(202)'), null],
  ])('it cannot tell: %s', (_, changes, grammars) => {
    expect(answer(changes, grammars)).toEqual({ check: 'inconclusive', findings: [] })
  })
})
