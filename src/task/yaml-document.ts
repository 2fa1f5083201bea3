import type { Document, YAMLError } from 'yaml'
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Problem } from './problem.ts'

/** A place in a file, counted from 1. */
interface Place {
  readonly line: number
  readonly column: number
}

/** Plain data and where each part of it was written. `at` answers with the nearest written ancestor of a path that is absent. */
export interface Positioned {
  readonly data: unknown
  at(path: readonly PropertyKey[]): Place
}

export type DocumentReading = ({ readonly kind: 'read' } & Positioned) | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

/**
 * YAML 1.2, core schema: `010` is 10, dates and `yes` stay strings, `<<` is a key like any other, keys are strings.
 * Duplicate keys and unknown tags are problems; aliases may stand for 100 nodes at most.
 */
export function readYaml(source: string, file: string): DocumentReading {
  const lines = new LineCounter()
  const document = parseDocument(source, {
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  })
  const mistakes = [...document.errors, ...document.warnings]
  if (mistakes.length > 0) {
    return { kind: 'bad', problems: syntaxProblems(mistakes, source, lines, file) }
  }
  try {
    return { kind: 'read', data: document.toJS({ maxAliasCount: 100 }), at: (path) => placeOf(document, path, lines) }
  } catch (error) {
    return {
      kind: 'bad',
      problems: [{ file, line: 1, message: `is not understood: ${error instanceof Error ? error.message : String(error)}` }],
    }
  }
}

function syntaxProblems(mistakes: readonly YAMLError[], source: string, lines: LineCounter, file: string): readonly Problem[] {
  const first = mistakes[0]
  const unquoted = first === undefined ? null : unquotedColon(first, source, lines, file)
  // One bare colon makes the parser stumble over every line that follows: the other mistakes are echoes of it.
  return unquoted === null ? mistakes.map((mistake) => syntaxProblem(mistake, source, lines, file)) : [unquoted]
}

function syntaxProblem(mistake: YAMLError, source: string, lines: LineCounter, file: string): Problem {
  const [start, end] = mistake.pos
  const { line, col } = lines.linePos(start)
  if (mistake.code === 'DUPLICATE_KEY') {
    const key = /^[^:\s]*/.exec(source.slice(start, Math.max(end, start + 80)))?.[0] ?? ''
    return { file, line, column: col, message: `duplicate key \`${key}\`` }
  }
  return { file, line, column: col, message: `is not YAML: ${mistake.message}` }
}

const plainValue = /^(?:\s*-\s+|\s*)([A-Za-z_][\w-]*):\s+[^\s"'|>[{&*!#]/

function unquotedColon(mistake: YAMLError, source: string, lines: LineCounter, file: string): Problem | null {
  if (mistake.code !== 'BLOCK_AS_IMPLICIT_KEY' && mistake.code !== 'MULTILINE_IMPLICIT_KEY') {
    return null
  }
  const written = source.split('\n')
  for (let line = lines.linePos(mistake.pos[0]).line; line >= 1; line -= 1) {
    const key = plainValue.exec(written[line - 1] ?? '')?.[1]
    if (key !== undefined) {
      const column = (written[line - 1] ?? '').indexOf(key) + 1
      return { file, line, column, message: `quote the ${key}: a value without quotes cannot hold a colon followed by a space` }
    }
  }
  return null
}

function placeOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): Place {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    const found = stepInto(node, step, document)
    if (found === null) {
      break
    }
    offset = found.offset
    node = found.node
  }
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function stepInto(parent: unknown, step: PropertyKey, document: Document): { node: unknown; offset: number } | null {
  const node = isNode(parent) && 'source' in parent && !isScalar(parent) ? parent.resolve(document) : parent
  if (isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step))
    return pair === undefined || !isScalar(pair.key) ? null : { node: pair.value, offset: pair.key.range?.[0] ?? 0 }
  }
  if (isSeq(node)) {
    const item = node.items[Number(step)]
    return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : null
  }
  return null
}
