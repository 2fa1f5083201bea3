import { expect, test } from 'vitest'
import { vitest } from '../../src/stack/vitest.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'

const syntax = await loadSyntax()
const read = (source: string, path = 'test/a.test.ts') => vitest.readTests(path, source, syntax)
const names = (source: string) => read(source)?.tests.map(({ name }) => name)

test('a file as people write it', () => {
  expect(
    read(`import { afterEach, describe, expect, it } from 'vitest'
import { total } from '../src/shop.ts'

// it('is commented out', () => {})
const text = "it('is in a string', () => {})" + \`it('is in a template', () => {})\` + /it\\('in a regex'/.source

describe('total', () => {
  afterEach(() => reset())

  it('adds', async () => {
    // a comment
    const sum = total([1, 2])

    expect(sum).toBe(3) /* another */
    await expect(later()).resolves.toEqual({ a: 1 })
  })

  describe.skip('rounding', () => {
    it.each([
      [1, 2],
    ])('%i becomes %i', (from, to) => {
      expect(round(from)).toBe(to)
    })
  })
})

it.todo('is written later')
`),
  ).toMatchInlineSnapshot(`
    {
      "skips": [
        {
          "line": 18,
          "text": "describe.skip('rounding', () => {",
        },
      ],
      "tests": [
        {
          "assertions": 2,
          "line": 10,
          "lines": [
            "adds",
            "async()=>{",
            "constsum=total([1,2])",
            "expect(sum).toBe(3)",
            "awaitexpect(later()).resolves.toEqual({a:1})",
            "}",
          ],
          "name": "total::adds",
          "skips": [],
        },
        {
          "assertions": 1,
          "line": 19,
          "lines": [
            "%i becomes %i",
            "(from,to)=>{",
            "expect(round(from)).toBe(to)",
            "}",
          ],
          "name": "total::rounding::%i becomes %i",
          "skips": [],
        },
        {
          "assertions": 0,
          "line": 27,
          "lines": [
            "is written later",
          ],
          "name": "is written later",
          "skips": [
            {
              "line": 27,
              "text": "it.todo('is written later')",
            },
          ],
        },
      ],
    }
  `)
})

test.each<[string, string, readonly string[]]>([
  [
    'both names of both',
    `test('a', f); it('b', f); describe('c', () => test('d', f)); suite('e', () => it('f', f))`,
    ['a', 'b', 'c::d', 'e::f'],
  ],
  ['modifiers in any order', `test.concurrent.skip('a', f); describe.sequential.only('b', () => it.fails('c', f))`, ['a', 'b::c']],
  ['tables', `test.each([1])('a %i', f); test.for(rows)('b', f); it.each\`x\n\${1}\`('c $x', f)`, ['a %i', 'b', 'c $x']],
  ['conditions', `test.skipIf(ci)('a', f); describe.runIf(linux).each([1])('b', () => { it('c', f) })`, ['a', 'b::c']],
  ['options before or behind the body', `test('a', { timeout: 5 }, f); test('b', f, 500)`, ['a', 'b']],
  ['titles that are no plain strings', `test(\`a \${x}\`, f); describe(Shop, () => test("b" + c, f))`, [`a \${x}`, 'Shop::"b" + c']],
  [
    'in loops and functions',
    `for (const x of xs) { test('a', f) }\nfunction shared() { describe('b', () => { test('c', f) }) }`,
    ['a', 'b::c'],
  ],
  [
    'other names',
    `import { test as given, it } from 'vitest'\nconst api = it.extend({ server })\ngiven('a', f); api('b', f); api.skip('c', f)`,
    ['a', 'b', 'c'],
  ],
  ['hooks and makers are no tests', `test.beforeEach(f); test.extend({ a: 1 }); test.each([1]); it.scoped({ a: 1 })`, []],
  ['groups of an extended test', `test.describe('a', () => { test('b', f) })`, ['a::b']],
  ['methods of other things', `/x/.test('a'); pattern.test('b'); this.it('c', f); app.test('d', f)`, []],
  [
    'types, JSX-like casts, decorators and generics',
    `@entity() class A<T> { x = <string>y }\ntest('a', async () => { const b = f<T>(c) satisfies D; using e = g() })`,
    ['a'],
  ],
  ['nothing', '', []],
])('%s', (_, source, found) => {
  expect(names(source)).toEqual(found)
})

test.each<[string, string, number]>([
  ['matchers', 'expect(a).toBe(b); expect(a).not.toContain(b); await expect(a()).rejects.toThrow()', 3],
  ['soft and polled', 'expect.soft(a).toBe(b); await expect.poll(() => a).toBe(b)', 2],
  ['of the context', '({ expect }) => 1; ctx.expect(a).toBe(b)', 1],
  ['assert', 'assert(a); assert.equal(a, b)', 2],
  ['helpers', 'expectProblem(response, 422); assertPaid(order); expectTypeOf(a).toEqualTypeOf(b)', 3],
  ['supertest', "await request(app).get('/').expect(200)", 1],
  ['what must not be reached', 'expect.unreachable()', 1],
  ['nothing behind expect', 'expect(a)', 0],
  ['a promise of assertions', 'expect.assertions(1); expect.hasAssertions(); expect.any(String)', 0],
  ['calls of what is tested', 'const expected = total([1]); log(expected); expectedly', 0],
  ['in a comment', '// expect(a).toBe(b)', 0],
])('assertions: %s', (_, body, count) => {
  expect(read(`test('x', async (ctx) => {\n${body}\n})`)?.tests[0]?.assertions).toBe(count)
})

test.each<[string, string, readonly string[], readonly string[]]>([
  ['test.skip', `test.skip('a', f)`, [`test.skip('a', f)`], []],
  ['todo, fails, skipIf and runIf', `test.todo('a')`, [`test.todo('a')`], []],
  ['fails', `test.fails('a', f)`, [`test.fails('a', f)`], []],
  ['a condition', `test.skipIf(true)('a', f)`, [`test.skipIf(true)('a', f)`], []],
  ['options', `test('a', { timeout: 5, skip: true }, f)`, [`test('a', { timeout: 5, skip: true }, f)`], []],
  ['options that say no', `test('a', { skip: false, retry: 2 }, f)`, [], []],
  ['from inside', `test('a', async (context) => {\n  context.skip()\n})`, ['context.skip()'], []],
  ['from inside, on a condition', `test('a', ({ skip }) => { skip(late, 'why') })`, [`skip(late, 'why')`], []],
  ['a method of that name', `test('a', async (context) => { await query.skip(10); rows().skip(5) })`, [], []],
  ['only: all others are skipped', `test('a', f); test.only('b', g)`, [], [`test.only('b', g)`]],
  ['a group', `describe.skip('g', () => { test('a', f) })`, [], [`describe.skip('g', () => { test('a', f) })`]],
  ['a group alone', `describe.only('g', () => {\n  test('a', f)\n})`, [], [`describe.only('g', () => {`]],
])('skips: %s', (_, source, own, outside) => {
  const found = read(source)
  expect([found?.tests.flatMap(({ skips }) => skips.map(({ text }) => text)), found?.skips.map(({ text }) => text)]).toEqual([own, outside])
})

test.each([
  ['a text that is no TypeScript', 'test/a.test.ts', `test('a', () => {`, null],
  ['a snapshot', 'test/__snapshots__/a.test.ts.snap', 'exports[`a 1`] = `{', { tests: [], skips: [] }],
  ['data', 'test/data.json', '[', { tests: [], skips: [] }],
])('%s', (_, path, source, found) => {
  expect(read(source, path)).toEqual(found)
})

test('without grammars nothing can be said of code', () => {
  expect([vitest.readTests('a.test.ts', '', null), vitest.readTests('a.json', '', null)]).toEqual([null, { tests: [], skips: [] }])
})
