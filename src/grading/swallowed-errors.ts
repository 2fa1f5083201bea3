import { childOf, descendants, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import type { Item } from './added-items.ts'
import { callsIn } from './source-calls.ts'
import { visitScopes } from './source-scopes.ts'

const BROAD = /^(?:Exception|BaseException|builtins\.Exception)(?:\s+as\s+\w+)?$/

/** Whether a source raises or catches anything. */
export function handlesErrors(tree: SyntaxTree): boolean {
  return descendants(tree.root).some(
    ({ type, named }) => named && ['raise_statement', 'throw_statement', 'except_clause', 'catch_clause'].includes(type),
  )
}

/**
 * Handlers after which nobody hears of an error: a broad `except` or a `catch` that does nothing, or only prints; and those that show a client the text of
 * whatever was raised. A narrow `except` may be empty.
 */
export function swallowedIn(path: string, tree: SyntaxTree): readonly Item[] {
  const found: Item[] = []
  const add = (node: SyntaxNode, scope: string): void => {
    found.push({ path, line: node.line, scope, text: textOf(tree, node).replaceAll(/\s+/g, ' ').slice(0, 120) })
  }
  visitScopes(tree, (node, scope) => {
    if (
      node.named &&
      ((node.type === 'except_clause' && isBroadAndSilent(tree, node)) ||
        (node.type === 'catch_clause' && isSilent(tree, childOf(node, 'body'))))
    ) {
      add(node, scope)
    }
  })
  for (const call of callsIn(tree)) {
    const [first] = call.given
    if (call.name === 'suppress' && first !== undefined && BROAD.test(textOf(tree, first))) {
      add(call.node, call.scope)
    }
  }
  return found
}

function isBroadAndSilent(tree: SyntaxTree, node: SyntaxNode): boolean {
  const block = node.children.find(({ type }) => type === 'block') ?? null
  const what = node.children
    .filter(({ named, type }) => named && type !== 'block' && type !== 'comment')
    .map((child) => textOf(tree, child))
  const isBroad = what.length === 0 || what.some((text) => BROAD.test(text) || /\(.*\b(?:Base)?Exception\b.*\)/s.test(text))
  return isBroad && (isSilent(tree, block) || tellsClient(tree, node, block))
}

function isSilent(tree: SyntaxTree, block: SyntaxNode | null): boolean {
  const statements = block === null ? [] : block.children.filter(({ named, type }) => named && type !== 'comment')
  return block !== null && statements.every((statement) => isNothing(textOf(tree, statement)))
}

function isNothing(statement: string): boolean {
  return /^(?:pass|continue|\.\.\.|return(?:\s+(?:None|null|undefined|False|false|\[\]|\{\}))?;?|print\([^)]*\)|console\.\w+\([^)]*\);?)$/.test(
    statement.trim(),
  )
}

/** `return Response({"error": str(error)})`: what was raised is not written for clients. */
function tellsClient(tree: SyntaxTree, node: SyntaxNode, block: SyntaxNode | null): boolean {
  const name = /\bas\s+(\w+)\s*:/.exec(textOf(tree, node))?.[1]
  const returned = block?.children.filter(({ type }) => type === 'return_statement').map((one) => textOf(tree, one)) ?? []
  return (
    name !== undefined &&
    returned.some(
      (text) => /\b(?:Json|JSON|Http)?Response\(/.test(text) && new RegExp(`\\b(?:str|repr)\\(${name}\\)|\\{${name}\\}`).test(text),
    )
  )
}
