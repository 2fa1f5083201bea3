import { childOf, descendants, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'

/** Leaves that say nothing about what code does. */
const silent: ReadonlySet<string> = new Set(['comment', 'html_comment', 'string_start', 'string_end', '"', "'", '`', ';', ','])

/** The tokens of a node, without comments, quotes and separators, so that layout and formatters change nothing. */
export function tokensOf(tree: SyntaxTree, node: SyntaxNode): readonly string[] {
  return leavesOf(node).map((leaf) => textOf(tree, leaf))
}

/** As `tokensOf`, with one sign for every variable: what is called, and the names of attributes, stay. A renamed copy has the tokens of its original. */
export function shapeOf(tree: SyntaxTree, node: SyntaxNode): readonly string[] {
  return leavesOf(node).map((leaf) =>
    leaf.type === 'identifier' && !['function', 'attribute'].includes(leaf.field ?? '') ? 'ƒ' : textOf(tree, leaf),
  )
}

function leavesOf(node: SyntaxNode): readonly SyntaxNode[] {
  return descendants(node).filter((one) => one.children.length === 0 && one.end > one.start && !silent.has(one.type))
}

/** Every run of four tokens. */
export function fourGrams(tokens: readonly string[]): ReadonlySet<string> {
  return new Set(tokens.slice(3).map((_, at) => tokens.slice(at, at + 4).join(' ')))
}

/** The share of `part` that is in `whole`, from 0 to 1; 0 where `part` is empty. */
export function containment(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  return part.size === 0 ? 0 : [...part].filter((gram) => whole.has(gram)).length / part.size
}

/** Every name in a node, and for names that the file imports under another one, the original too. */
export function namesIn(tree: SyntaxTree, node: SyntaxNode): ReadonlySet<string> {
  const names = new Set(leavesOf(node).map((leaf) => textOf(tree, leaf)))
  const aliases = descendants(tree.root).filter((one) => one.type === 'aliased_import' || one.type === 'import_specifier')
  for (const one of aliases) {
    const [name, alias] = [childOf(one, 'name'), childOf(one, 'alias')]
    if (name !== null && alias !== null && names.has(textOf(tree, alias))) {
      names.add(textOf(tree, name).split('.').at(-1) ?? '')
    }
  }
  return names
}
