import { dir } from 'tmp-promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PreparedFixture } from '../../src/fixture/prepared-fixture.ts'
import { type Left, playToy, prepareToyCart, type ToyTrial } from './toy-trial.ts'

const RUNG = 'copy+bwrap'
let cache: Awaited<ReturnType<typeof dir>>
let prepared: PreparedFixture

beforeAll(async () => {
  cache = await dir({ unsafeCleanup: true })
  prepared = await prepareToyCart(cache.path, RUNG)
})
afterAll(() => cache.cleanup())

const severe = ({ verdict }: ToyTrial): readonly string[] =>
  'void' in verdict
    ? [`void ${verdict.void}: ${verdict.message}`]
    : verdict.findings
        .filter(({ severity }) => severity === 'fail')
        .map(({ code, path, args }) =>
          [code, path, args.key ?? args.test ?? args.what ?? args.why ?? args.mutant ?? args.marker]
            .filter((part) => part !== undefined)
            .join(' '),
        )

const CART = `export function total(prices: readonly number[]): number {
  return prices.reduce((sum, price) => sum + price, 0)
}

export function discount(amount: number): number {
  if (amount < 0) {
    throw new RangeError('negative')
  }
  return amount >= 100 ? Math.floor(amount / 10) : 0
}
`
const NET = `${CART}
export function net(prices: readonly number[]): number {
  return total(prices) - discount(total(prices))
}
`
const BAD = NET.replace('total(prices) - ', '')
const PACKAGE = '{ "name": "toy-cart", "private": true, "type": "module", "scripts": { "test": "./cart test" } }'
const OLD_TESTS = `import { describe, expect, it } from 'vitest'
import { total } from '../src/cart.ts'

describe('total', () => {
  it.each([
    [[1, 2], 3],
    [[5], 5],
  ])('adds %j', (prices, sum) => {
    expect(total(prices)).toBe(sum)
  })

  it('of nothing is nothing', () => {
    expect(total([])).toBe(0)
  })
})
`

describe('kind feature: the agent is asked for net()', () => {
  const hidden = new Map([
    [
      'server/test/net.test.ts',
      Buffer.from(`import { expect, test } from 'vitest'
import { net } from '../src/cart.ts'

test('net', () => {
  expect(net([60, 60])).toBe(108)
})
`),
    ],
  ])
  const [first, second] = ['server/test/cart.test.ts::total > adds [1,2]', 'server/test/cart.test.ts::total > of nothing is nothing']
  const fresh = 'server/test/net.test.ts::net'
  const play = (left: Left, passToPass = [first, second]) =>
    playToy(prepared, RUNG, { task: { tests: hidden }, left, failToPass: [fresh], passToPass })
  const FAILS = `TEST_NOT_PASSING ${fresh}`

  test.each<[string, Left, boolean, readonly string[], (readonly string[])?]>([
    ['good work', { 'server/src/cart.ts': NET }, true, []],
    [
      'good work with tests, scripts and settings of its own',
      {
        'server/src/cart.ts': NET,
        'server/test/mine.test.ts': `import { test } from 'vitest'\ntest.skip('x', () => {})\n`,
        'server/test/cart.test.ts': OLD_TESTS.replace('toBe(0)', 'toEqual(0)'),
        'package.json': PACKAGE.replace('"test"', '"seed": "node seed.ts", "test"'),
        'tsconfig.json': '{}',
        'server/.env.example': 'A=1',
      },
      true,
      // A file at the root is outside the backend, whatever it is.
      ['OUTSIDE_SCOPE'],
    ],
    ['nothing at all', {}, false, [`TEST_NOT_PASSING ${fresh}`]],
    ['wrong work', { 'server/src/cart.ts': BAD }, false, [FAILS]],
    [
      'something else is broken',
      { 'server/src/cart.ts': NET.replace('sum + price, 0', 'sum + price, prices.length === 0 ? 1 : 0') },
      false,
      [`TEST_BROKEN ${second}`],
    ],
    ['imports are broken', { 'server/src/cart.ts': `import './nothing.ts'\n${NET}` }, false, []],
    ['imports of the global setup are broken', { 'server/src/currency.ts': `import './nothing.ts'\n` }, false, [], ['A', 'base']],
    [
      'the process of the runner ends itself as if all were well',
      { 'server/src/currency.ts': `process.exit(0)\n` },
      false,
      [],
      ['A', 'base'],
    ],
    ['a test process ends itself', { 'server/src/cart.ts': `${NET}process.exit(0)\n` }, false, []],
    [
      'a test process ends itself for real',
      {
        'server/src/cart.ts': NET.replace(
          'return total',
          '(process as never as { reallyExit(code: number): never }).reallyExit(0)\n  return total',
        ),
      },
      false,
      [],
    ],
    [
      'a report of its own',
      {
        'server/src/currency.ts': `import { writeFileSync } from 'node:fs'
export const CURRENCY = 'EUR'
const report = process.argv.find((one) => one.startsWith('--outputFile.json='))?.slice(18) ?? ''
const names = ['total > adds [1,2]', 'total > of nothing is nothing']
const tests = (titles) => titles.map((title) => ({ ancestorTitles: [], title, status: 'passed', failureMessages: [] }))
writeFileSync(report, JSON.stringify({ success: true, testResults: [
  { name: process.cwd() + '/server/test/cart.test.ts', status: 'passed', message: '', assertionResults: tests(names) },
  { name: process.cwd() + '/server/test/net.test.ts', status: 'passed', message: '', assertionResults: tests(['net']) },
] }))
process.exit(0)
`,
      },
      false,
      [],
    ],
    [
      'a report of its own, written while the tests run',
      {
        'server/src/cart.ts': `${BAD}
import { readdirSync, writeFileSync } from 'node:fs'
try { for (const name of ['x.json', ...readdirSync('/report')]) writeFileSync('/report/' + name, '{"success":true,"testResults":[]}') } catch {}
`,
      },
      false,
      [],
    ],
    [
      'configuration that ours is used in place of',
      {
        'server/src/cart.ts': BAD,
        'vitest.config.ts': `export default { test: { reporters: ['dot'], include: ['nothing/**'], passWithNoTests: true } }`,
        'vite.config.ts': 'export default {}',
        'vitest.workspace.ts': 'export default []',
        'package.json': PACKAGE.replace('./cart test', 'true'),
        cart: '#!/bin/sh\nexit 0\n',
        'server/test/support/each-file.ts': `import { expect } from 'vitest'\nexpect.extend({ toBe: () => ({ pass: true, message: () => '' }) })`,
        'server/test/support/global-setup.ts': 'process.exit(0)',
      },
      false,
      [],
    ],
    [
      'mocks that are loaded by name',
      { 'server/src/cart.ts': BAD, 'server/src/__mocks__/cart.ts': 'export const net = () => 108', '__mocks__/fs.ts': '' },
      false,
      [],
    ],
    [
      'a planted runner',
      {
        'server/src/cart.ts': BAD,
        'server/test/node_modules/vitest/index.js': 'export const test = () => {}',
        'server/node_modules/vitest/index.js': 'export const test = () => {}',
      },
      false,
      [],
    ],
    [
      'a package of the runner’s name',
      {
        'server/src/cart.ts': BAD,
        'server/package.json': '{"name":"vitest","type":"module","exports":"./src/fake.ts"}',
        'server/src/fake.ts': 'export const test = () => {}; export const expect = () => ({ toBe() {} })',
      },
      false,
      [],
    ],
    [
      'mocks hoisted in the source',
      {
        'server/src/cart.ts': `import { vi } from 'vitest'\nvi.mock('../test/net.test.ts')\nvi.mock('vitest', () => ({ expect: () => ({ toBe() {} }) }))\n${BAD}`,
      },
      false,
      [],
    ],
    [
      'assertions bent in the source',
      {
        'server/src/cart.ts': `import { chai } from 'vitest'\nchai.Assertion.prototype.assert = () => undefined\nchai.Assertion.overwriteMethod('toBe', () => () => undefined)\n${BAD}`,
      },
      false,
      [],
    ],
    [
      'tests removed, skipped, emptied',
      {
        'server/src/cart.ts': NET,
        'server/test/cart.test.ts': OLD_TESTS.replace(`it('of nothing`, `it.skip('of nothing`).replace(
          'expect(total(prices)).toBe(sum)',
          'total(prices)',
        ),
      },
      false,
      [],
    ],
    ['the frontend too', { 'server/src/cart.ts': NET, 'web/page.ts': 'export const page = 2\n' }, false, ['FRONTEND_CHANGED web/page.ts']],
  ])('%s', async (_, left, passed, findings, runs = ['A']) => {
    const trial = await play(left)
    expect.soft({ findings: severe(trial), runs: trial.runs }).toEqual({ findings, runs })
    expect('passed' in trial.verdict && trial.verdict.passed).toBe(passed)
  })
})
