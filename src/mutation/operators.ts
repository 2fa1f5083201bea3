import { childOf, type Language, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'

/** One replacement in a text: offsets in UTF-16 code units. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** One kind of small fault. `edit` answers with no edit where the node is none of its own. */
interface Operator {
  readonly name: string
  edit(tree: SyntaxTree, node: SyntaxNode): readonly Edit[]
}

const swaps: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '==',
  '===': '!==',
  '!==': '===',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
  and: 'or',
  or: 'and',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
  '*': '+',
  '//': '*',
}

/** The nodes whose operator is a token between operands: a `<` of a type's arguments or an `in` of a loop is none of theirs. */
const operations: ReadonlySet<string> = new Set(['comparison_operator', 'boolean_operator', 'binary_operator', 'binary_expression'])

const constants: Readonly<Record<string, string>> = { True: 'False', False: 'True', true: 'false', false: 'true' }

const isPython = (language: Language): boolean => language === 'python'

const replaced = (node: SyntaxNode, text: string): readonly Edit[] => [{ start: node.start, end: node.end, text }]

/** The operators, in the order in which mutants of one node are named. */
export const operators: readonly Operator[] = [
  {
    name: 'operator',
    edit: (tree, node) =>
      operations.has(node.type)
        ? node.children.flatMap((child) => {
            const swap = child.named ? undefined : swaps[textOf(tree, child).replace(/\s+/g, ' ')]
            return swap === undefined ? [] : replaced(child, swap)
          })
        : [],
  },
  {
    name: 'constant',
    edit: (tree, node) => {
      const text = textOf(tree, node)
      if (['true', 'false'].includes(node.type)) {
        return replaced(node, constants[text] ?? text)
      }
      return ['integer', 'number'].includes(node.type) && /^\d+$/.test(text) ? replaced(node, `${Number(text) + 1}`) : []
    },
  },
  {
    name: 'negation',
    edit: (tree, node) => {
      const argument = childOf(node, 'argument')
      const negates = node.type === 'not_operator' || (node.type === 'unary_expression' && textOf(tree, node).startsWith('!'))
      return negates && argument !== null ? replaced(node, textOf(tree, argument)) : []
    },
  },
  {
    name: 'condition',
    edit: ({ language }, node) => {
      const condition = ['if_statement', 'elif_clause'].includes(node.type) ? childOf(node, 'condition') : null
      return condition === null ? [] : replaced(condition, isPython(language) ? 'False' : '(false)')
    },
  },
  {
    name: 'statement',
    edit: (tree, node) => {
      const only = node.type === 'expression_statement' ? node.children.find(({ named }) => named) : undefined
      const acts =
        only !== undefined &&
        ['call', 'await', 'call_expression', 'await_expression', 'assignment', 'augmented_assignment'].includes(only.type)
      return acts && !namesNew(only) ? replaced(node, isPython(tree.language) ? 'pass' : ';') : []
    },
  },
  {
    name: 'argument',
    edit: (_tree, node) => {
      const kind = node.type === 'argument_list' ? 'keyword_argument' : node.type === 'object' ? 'pair' : null
      return kind === null ? [] : node.children.flatMap((child, at) => (child.type === kind ? [without(node, at)] : []))
    },
  },
  {
    name: 'block',
    edit: (tree, node) => {
      // `with transaction.atomic():` without the transaction; a name that `as` gives is needed below.
      const clause = node.type === 'with_statement' ? node.children.find(({ type }) => type === 'with_clause') : undefined
      return clause !== undefined && !textOf(tree, clause).includes(' as ') && !textOf(tree, node).startsWith('async')
        ? [{ start: node.start, end: clause.end, text: 'if True' }]
        : []
    },
  },
  {
    name: 'decorator',
    edit: (_tree, node) => (node.type === 'decorator' && node.named ? replaced(node, '') : []),
  },
]

/** A statement that first gives a variable its value: without it the rest cannot run, which any test sees. */
function namesNew(node: SyntaxNode): boolean {
  return node.type === 'assignment' && childOf(node, 'left')?.type === 'identifier'
}

/** The list without the item at that place and the comma that belongs to it. */
function without(list: SyntaxNode, at: number): Edit {
  const item = list.children[at] as SyntaxNode
  const [before, after] = [list.children[at - 1], list.children[at + 1]]
  if (after?.type === ',') {
    return { start: item.start, end: after.end, text: '' }
  }
  return { start: before?.type === ',' ? before.start : item.start, end: item.end, text: '' }
}
