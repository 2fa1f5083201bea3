import { describe, expect, it } from 'vitest'
import { mutantsOf, newLines } from '../../src/mutation/mutants.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'

const syntax = await loadSyntax()

function mutants(path: string, text: string, isChanged: (line: number) => boolean = () => true) {
  const tree = syntax.parse(path, text)
  if (tree === null || tree.broken) {
    throw new Error('the sample does not parse')
  }
  return mutantsOf(path, tree, isChanged)
}

const python = `@audited
def pay(order, *, actor):
    if not order.open and order.total >= 10:
        raise Conflict("paid")
    with transaction.atomic():
        order.paid = True
        left = 2
        notify(order, actor=actor)
    return [one for one in order if one in left]
`

const typescript = `export async function pay(order: Order): Promise<Array<Line>> {
  if (!order.open && order.total >= 10) {
    throw new Conflict('paid')
  }
  await queue.add('paid', { id: order.id, retries: 3 })
  return order.lines
}
`

describe('mutantsOf', () => {
  it('plants one fault of each kind in Python', () => {
    expect(mutants('a.py', python).map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "a.py:1 decorator @audited → nothing",
        "a.py:3 condition not order.open and order.total >= 10 → False",
        "a.py:3 operator and → or",
        "a.py:3 negation not order.open → order.open",
        "a.py:3 operator >= → >",
        "a.py:3 constant 10 → 11",
        "a.py:5 block with transaction.atomic() → if True",
        "a.py:6 statement order.paid = True → pass",
        "a.py:6 constant True → False",
        "a.py:7 constant 2 → 3",
        "a.py:8 statement notify(order, actor=actor) → pass",
        "a.py:8 argument , actor=actor → nothing",
        "a.py:9 operator in → not in",
      ]
    `)
  })

  it('plants one fault of each kind in TypeScript', () => {
    expect(mutants('a.ts', typescript).map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "a.ts:2 condition (!order.open && order.total >= 10) → (false)",
        "a.ts:2 operator && → ||",
        "a.ts:2 negation !order.open → order.open",
        "a.ts:2 operator >= → >",
        "a.ts:2 constant 10 → 11",
        "a.ts:5 statement await queue.add('paid', { id: order.id, retries: 3 }) → ;",
        "a.ts:5 argument id: order.id, → nothing",
        "a.ts:5 argument , retries: 3 → nothing",
        "a.ts:5 constant 3 → 4",
      ]
    `)
  })

  it('leaves code that parses, and no two mutants alike', () => {
    for (const [path, text] of [
      ['a.py', python],
      ['a.ts', typescript],
    ] as const) {
      const all = mutants(path, text)
      expect(all.filter((one) => syntax.parse(path, one.text)?.broken !== false).map(({ name }) => name)).toEqual([])
      expect(new Set(all.map((one) => one.text)).size).toBe(all.length)
      expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
      expect(all.map((one) => one.text)).not.toContain(text)
    }
  })

  it('touches only the lines that were changed', () => {
    const all = mutants('a.py', python, (line) => line === 7)
    expect(all.map(({ name }) => name)).toEqual(['a.py:7 constant 2 → 3'])
    expect(all[0]?.text).toBe(python.replace('left = 2', 'left = 3'))
  })
})

describe('newLines', () => {
  it.each([
    ['an added line', 'a\nb\n', 'a\nx\nb\n', [2]],
    ['a changed line', 'a\nb\n', 'a\ny\n', [2]],
    ['a line that moved', 'a\nb\n', 'b\na\n', []],
    ['a second copy of a line', 'a\n', 'a\na\n', [2]],
    ['a copy of a line that stands further down', 'a\nb\nc\n', 'c\na\nb\nc\n', [1]],
    ['a line that is gone', 'a\nb\nc\n', 'a\nc\n', []],
    ['nothing where nothing changed', 'a\nb\n', 'a\nb\n', []],
    ['a new file', '', 'a\nb', [1, 2]],
  ])('finds %s', (_name, before, after, lines) => {
    const isNew = newLines(before, after)
    expect([1, 2, 3, 4].filter(isNew)).toEqual(lines)
  })
})
