import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'

const functionTypes: ReadonlySet<string> = new Set([
  'function_definition',
  'lambda',
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'arrow_function',
  'method_definition',
  'method_declaration',
  'func_literal',
])

const classTypes: ReadonlySet<string> = new Set(['class_definition', 'class_declaration', 'abstract_class_declaration', 'class'])

/** Named nodes only: the keyword `class` and the keyword `lambda` are nodes of those types too. */
export function isFunction(node: SyntaxNode): boolean {
  return node.named && functionTypes.has(node.type)
}

export function isClass(node: SyntaxNode): boolean {
  return node.named && classTypes.has(node.type)
}

/** Visits every node with the qualified name of what is around it: `Class.method`, and empty at the top. `parents` begins at the root. */
export function visitScopes(tree: SyntaxTree, visit: (node: SyntaxNode, scope: string, parents: readonly SyntaxNode[]) => void): void {
  const parents: SyntaxNode[] = []
  const enter = (node: SyntaxNode, scope: string): void => {
    visit(node, scope, parents)
    const name = isFunction(node) || isClass(node) ? nameOf(tree, node, parents) : null
    const inner = name === null ? scope : joined(scope, name)
    parents.push(node)
    for (const child of node.children) {
      enter(child, inner)
    }
    parents.pop()
  }
  enter(tree.root, '')
}

export function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`
}

/** What a function or class is called: by itself, or by what it is assigned to or handed over to. */
export function nameOf(tree: SyntaxTree, node: SyntaxNode, parents: readonly SyntaxNode[]): string {
  const own = childOf(node, 'name')
  if (own !== null) {
    const receiver = childOf(node, 'receiver')
    const type = receiver === null ? undefined : /([\p{L}\p{N}_]+)(?:\[[^\]]*\])?\s*\)$/u.exec(textOf(tree, receiver))?.[1]
    return type === undefined ? textOf(tree, own) : `${type}.${textOf(tree, own)}`
  }
  const [holder, call] = [parents.at(-1), parents.at(-2)]
  const target = ['name', 'key', 'property', 'left'].flatMap((field) => (holder === undefined ? [] : (childOf(holder, field) ?? [])))[0]
  if (target !== undefined) {
    return textOf(tree, target)
  }
  const callee = call === undefined || holder?.field !== 'arguments' ? null : childOf(call, 'function')
  if (callee === null || holder === undefined) {
    return '<anonymous>'
  }
  const first = holder.children.find((child) => child.named)
  return `${textOf(tree, callee)}(${first?.type === 'string' ? textOf(tree, first) : ''})`.slice(0, 80)
}
