/** The grammars that there are. */
export type Language = 'python' | 'typescript' | 'tsx' | 'javascript' | 'go' | 'bash'

/**
 * One node of a syntax tree, as plain data. `type` and `field` are the grammar's own names; anonymous nodes (punctuation, keywords) are not `named`.
 * `start` and `end` are offsets into the tree's text in UTF-16 code units, `line` counts from 1.
 */
export interface SyntaxNode {
  readonly type: string
  readonly named: boolean
  readonly field: string | null
  readonly start: number
  readonly end: number
  readonly line: number
  readonly children: readonly SyntaxNode[]
}

/** `broken`: the text does not follow the grammar, or is too large or too deep to be read. What is found in it may be wrong, and is never all. */
export interface SyntaxTree {
  readonly language: Language
  readonly text: string
  readonly root: SyntaxNode
  readonly broken: boolean
}

/** Grammars, loaded. A grader gets them as an argument. */
export interface Syntax {
  /** The tree of a file; null where its name belongs to no language that there is a grammar for. Throws nothing. */
  parse(path: string, text: string): SyntaxTree | null
}

const extensions: Readonly<Record<string, Language | 'vue'>> = {
  py: 'python',
  pyi: 'python',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  vue: 'vue',
  go: 'go',
  sh: 'bash',
  bash: 'bash',
}

/** What a file is written in, by its name; null where no grammar reads it. A `.vue` file holds TypeScript or JavaScript in its `<script>`. */
export function languageOf(path: string): Language | 'vue' | null {
  const extension = /\.([^./]+)$/.exec(path)?.[1] ?? ''
  return Object.hasOwn(extensions, extension) ? (extensions[extension] ?? null) : null
}

/** The text of a node. */
export function textOf(tree: SyntaxTree, node: SyntaxNode): string {
  return tree.text.slice(node.start, node.end)
}

/** The child in that field of the grammar, or null. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | null {
  return node.children.find((child) => child.field === field) ?? null
}

/** A node and all that is below it, in the order of the text; not below nodes that `stop` names (they themselves are in it). */
export function descendants(node: SyntaxNode, stop: (node: SyntaxNode) => boolean = () => false): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next)
    if (next === node || !stop(next)) {
      open.push(...next.children.toReversed())
    }
  }
  return found
}
