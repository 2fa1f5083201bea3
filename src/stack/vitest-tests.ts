import { childOf, descendants, languageOf, type Syntax, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import type { SourceSkip, SourceTest, TestFile } from './stack.ts'
import { assertsSomething, callChain, skipsFromInside, skipsItself } from './vitest-calls.ts'

interface Reader {
  readonly tree: SyntaxTree
  /** Names that stand for `test` and `describe` in this file. */
  readonly names: ReadonlyMap<string, 'test' | 'group'>
  readonly tests: SourceTest[]
  readonly skips: SourceSkip[]
}

/** A call of `test` or `describe`, with whatever modifiers: `test.skip`, `test.each(rows)`, `describe.each`, `it.for`. */
interface Block {
  readonly kind: 'test' | 'group'
  readonly title: string
  readonly modifiers: readonly string[]
  /** The arguments without the title. */
  readonly rest: readonly SyntaxNode[]
}

/**
 * The tests of a vitest file by its syntax tree, however deep they stand in groups, loops and functions. A title that is no plain string is
 * named as it is written (`adds %i`, `${name} is refused`). A test that stands in a comment or a string is no test. Null where no grammar was
 * loaded, or the text does not follow it; a file that is no code (a snapshot, JSON) holds no tests.
 */
export function readVitestTests(path: string, source: string, syntax: Syntax | null): TestFile | null {
  if (languageOf(path) === null) {
    return { tests: [], skips: [] }
  }
  const tree = syntax?.parse(path, source) ?? null
  if (tree === null || tree.broken) {
    return null
  }
  const reader: Reader = { tree, names: namesOf(tree), tests: [], skips: [] }
  read(tree.root, [], reader)
  return { tests: reader.tests, skips: reader.skips }
}

function read(node: SyntaxNode, groups: readonly string[], reader: Reader): void {
  const block = node.type === 'call_expression' ? blockOf(node, reader) : null
  if (block === null) {
    for (const child of node.children) {
      read(child, groups, reader)
    }
    return
  }
  if (block.kind === 'test') {
    reader.tests.push(testOf(node, block, groups, reader))
    return
  }
  if (skipsItself(block, reader.tree) || block.modifiers.includes('only')) {
    reader.skips.push(skipAt(node, reader.tree))
  }
  for (const child of block.rest) {
    read(child, [...groups, block.title], reader)
  }
}

function testOf(node: SyntaxNode, block: Block, groups: readonly string[], { tree, skips }: Reader): SourceTest {
  const inside = block.rest.flatMap((part) => descendants(part))
  const calls = inside.filter(({ type }) => type === 'call_expression')
  if (block.modifiers.includes('only')) {
    // It is not this test that will not run, but all others of the file.
    skips.push(skipAt(node, tree))
  }
  return {
    name: [...groups, block.title].join('::'),
    line: node.line,
    assertions: calls.filter((call) => assertsSomething(call, tree)).length,
    skips: [
      ...(skipsItself(block, tree) ? [skipAt(node, tree)] : []),
      ...calls.filter((call) => skipsFromInside(call, block.rest, tree)).map((call) => skipAt(call, tree)),
    ],
    lines: [block.title, ...linesOf(block.rest, tree)],
  }
}

function blockOf(node: SyntaxNode, { tree, names }: Reader): Block | null {
  const { root, properties } = callChain(node, tree)
  const own = names.get(root)
  const [first, ...later] = properties
  const [kind, modifiers] = own === 'test' && first === 'describe' ? (['group', later] as const) : ([own, properties] as const)
  const given = childOf(node, 'arguments')
  const [title, ...rest] = given?.type === 'arguments' ? given.children.filter(({ named, type }) => named && type !== 'comment') : []
  if (kind === undefined || title === undefined || !modifiers.every((name) => MODIFIERS.has(name)) || isMaker(node, modifiers)) {
    return null
  }
  return { kind, title: titleOf(title, tree), modifiers, rest }
}

const MAKERS: ReadonlySet<string> = new Set(['each', 'for', 'skipIf', 'runIf'])
const MODIFIERS: ReadonlySet<string> = new Set([...MAKERS, 'skip', 'todo', 'fails', 'only', 'concurrent', 'sequential', 'shuffle'])

/** Whether the call only makes what is then called with title and body: the `test.each(rows)` of `test.each(rows)('adds', …)`. */
function isMaker(node: SyntaxNode, modifiers: readonly string[]): boolean {
  return childOf(node, 'function')?.type === 'member_expression' && MAKERS.has(modifiers.at(-1) ?? '')
}

function titleOf(node: SyntaxNode, tree: SyntaxTree): string {
  const text = textOf(tree, node)
  return node.type === 'string' || node.type === 'template_string' ? text.slice(1, -1) : text
}

function skipAt(node: SyntaxNode, tree: SyntaxTree): SourceSkip {
  const [first = ''] = textOf(tree, node).split('\n')
  return { line: node.line, text: first.trim() }
}

/** The text of nodes line by line, without blanks, comments and empty lines. */
function linesOf(nodes: readonly SyntaxNode[], tree: SyntaxTree): readonly string[] {
  return nodes.flatMap((node) => {
    let text = textOf(tree, node)
    for (const comment of descendants(node).filter(({ type }) => type === 'comment')) {
      const [from, to] = [comment.start - node.start, comment.end - node.start]
      text = text.slice(0, from) + text.slice(from, to).replaceAll(/[^\n]/g, ' ') + text.slice(to)
    }
    return text
      .split('\n')
      .map((line) => line.replaceAll(/\s+/g, ''))
      .filter((line) => line !== '')
  })
}

/** `test`, `it`, `describe`, `suite`, what they are imported as, and what `test.extend` makes of them. */
function namesOf(tree: SyntaxTree): ReadonlyMap<string, 'test' | 'group'> {
  const names = new Map<string, 'test' | 'group'>([
    ['test', 'test'],
    ['it', 'test'],
    ['describe', 'group'],
    ['suite', 'group'],
  ])
  const known = (node: SyntaxNode | null): 'test' | 'group' | undefined => names.get(node === null ? '' : textOf(tree, node))
  for (const node of descendants(tree.root)) {
    const alias = node.type === 'import_specifier' ? childOf(node, 'alias') : null
    const imported = known(childOf(node, 'name'))
    if (alias !== null && imported !== undefined) {
      names.set(textOf(tree, alias), imported)
    }
    const value = node.type === 'variable_declarator' ? childOf(node, 'value') : null
    const chain = value?.type === 'call_expression' ? callChain(value, tree) : null
    const made = chain?.properties.includes('extend') === true ? names.get(chain.root) : undefined
    const name = childOf(node, 'name')
    if (made !== undefined && name !== null) {
      names.set(textOf(tree, name), made)
    }
  }
  return names
}
