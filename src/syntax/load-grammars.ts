import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Language as Grammar, Parser, type TreeCursor } from 'web-tree-sitter'
import { type Language, languageOf, type Syntax, type SyntaxNode, type SyntaxTree } from './syntax.ts'
import { vueScript } from './vue-script.ts'

/** Characters of the largest file that is parsed. */
const LARGEST = 1_000_000
/** Levels of the deepest tree: graders descend by recursion. */
const DEEPEST = 1_000

const require = createRequire(import.meta.url)
const languages: readonly Language[] = ['python', 'typescript', 'tsx', 'javascript', 'go', 'bash']

let loading: Promise<Syntax> | null = null

/** The grammars, loaded once a process (about 60 ms); rejects where the installed packages are damaged. */
export function loadSyntax(): Promise<Syntax> {
  loading ??= load()
  return loading
}

async function load(): Promise<Syntax> {
  await Parser.init()
  const folder = join(dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm')
  // A grammar that was loaded after trees had been made crashed some versions of the engine: all of them come first.
  const parsers = new Map<Language, Parser>()
  for (const language of languages) {
    const parser = new Parser()
    parser.setLanguage(await Grammar.load(join(folder, `tree-sitter-${language}.wasm`)))
    parsers.set(language, parser)
  }
  return {
    parse: (path, text) => {
      const written = languageOf(path)
      if (written === null) {
        return null
      }
      const script = written === 'vue' ? vueScript(text) : { language: written, text }
      const parser = parsers.get(script.language)
      return parser === undefined ? null : read(parser, script.language, script.text)
    },
  }
}

function read(parser: Parser, language: Language, text: string): SyntaxTree {
  const nothing: SyntaxNode = { type: 'ERROR', named: true, field: null, start: 0, end: text.length, line: 1, children: [] }
  const tree = text.length > LARGEST ? null : parser.parse(text)
  if (tree === null) {
    parser.reset()
    return { language, text, root: nothing, broken: true }
  }
  const cursor = tree.walk()
  try {
    const state = { line: 1, at: 0, tooDeep: false }
    const root = nodeAt(cursor, text, state, 0)
    return { language, text, root, broken: tree.rootNode.hasError || state.tooDeep }
  } finally {
    cursor.delete()
    tree.delete()
  }
}

/** Nodes come in the order of their beginnings, so lines are counted on the way. */
function nodeAt(cursor: TreeCursor, text: string, state: { line: number; at: number; tooDeep: boolean }, depth: number): SyntaxNode {
  const start = cursor.startIndex
  for (; state.at < start; state.at += 1) {
    state.line += text.charCodeAt(state.at) === 10 ? 1 : 0
  }
  const { nodeType: type, nodeIsNamed: named, currentFieldName: field, endIndex: end } = cursor
  const { line } = state
  const children: SyntaxNode[] = []
  if (depth >= DEEPEST) {
    state.tooDeep = true
  } else if (cursor.gotoFirstChild()) {
    do {
      children.push(nodeAt(cursor, text, state, depth + 1))
    } while (cursor.gotoNextSibling())
    cursor.gotoParent()
  }
  return { type, named, field, start, end, line, children }
}
