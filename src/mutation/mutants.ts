import { descendants, type SyntaxTree } from '../syntax/syntax.ts'
import { type Edit, operators } from './operators.ts'

/** One small fault planted in one file. */
export interface Mutant {
  /** `PATH:LINE OPERATOR before → after`, on one line: unique within a task, and the same as long as the file is. */
  readonly name: string
  readonly path: string
  /** Counts from 1. */
  readonly line: number
  /** The whole file with the fault in it. */
  readonly text: string
}

/** What a name shows of the code that was there, at most. */
const SHOWN = 60

/**
 * Every fault that the operators can plant on the lines that `isChanged` names, in the order of the text. Mutation testing as in R. DeMillo, R. Lipton and
 * F. Sayward, "Hints on test data selection", Computer 11 (1978): a suite that no small fault turns red says little about the code.
 */
export function mutantsOf(path: string, tree: SyntaxTree, isChanged: (line: number) => boolean): readonly Mutant[] {
  const names = new Map<string, number>()
  return descendants(tree.root)
    .filter((node) => isChanged(node.line))
    .flatMap((node) => operators.flatMap(({ name, edit }) => edit(tree, node).map((one) => ({ operator: name, node, edit: one }))))
    .map(({ operator, node, edit }) => {
      const shown = `${path}:${node.line} ${operator} ${short(tree.text.slice(edit.start, edit.end))} → ${short(edit.text)}`
      const count = (names.get(shown) ?? 0) + 1
      names.set(shown, count)
      return { name: count === 1 ? shown : `${shown} #${count}`, path, line: node.line, text: applied(tree, edit) }
    })
}

function applied(tree: SyntaxTree, { start, end, text }: Edit): string {
  return tree.text.slice(0, start) + text + tree.text.slice(end)
}

function short(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim()
  return line === '' ? 'nothing' : line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line
}

/** The lines of `after` that `before` does not have, by their text and count: where a solution's own code stands. Lines count from 1. */
export function newLines(before: string, after: string): (line: number) => boolean {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const shorter = Math.min(old.length, now.length)
  // Beginning and end that both have are old, or the last of two equal calls is taken for the new one and the fault lands in code that nobody wrote.
  const head = old.findIndex((line, at) => at >= shorter || line !== now[at])
  const start = head === -1 ? shorter : head
  let tail = 0
  while (tail < shorter - start && old.at(-1 - tail) === now.at(-1 - tail)) {
    tail += 1
  }
  const left = new Map<string, number>()
  for (const line of old.slice(start, old.length - tail)) {
    left.set(line, (left.get(line) ?? 0) + 1)
  }
  const fresh = new Set<number>()
  for (const [at, line] of now.slice(start, now.length - tail).entries()) {
    const count = left.get(line) ?? 0
    if (count > 0) {
      left.set(line, count - 1)
    } else {
      fresh.add(start + at + 1)
    }
  }
  return (line) => fresh.has(line)
}
