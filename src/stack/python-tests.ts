import { maskPython } from './python-mask.ts'
import type { SourceSkip, TestFile } from './stack.ts'

const SKIP =
  /\b(?:mark\.(?:skip|skipif|xfail)|(?:pytest|unittest)\.(?:skip|skipIf|skipUnless|expectedFailure|importorskip|xfail)|skipTest|expectedFailure)\b/
const ASSERTION = /(?:^|[^.\w])assert\b|\.assert\w*\s*\(|\bassert_\w+\s*\(|\b(?:raises|warns|fail|deprecated_call)\s*\(|\bdjango_assert\w+/
const DEFINITION = /^(\s*)(?:async\s+)?(def|class)\s+([A-Za-z_]\w*)/

interface Line {
  readonly number: number
  readonly indent: number
  /** It goes on inside brackets that an earlier line opened. */
  readonly continues: boolean
  readonly code: string
  readonly text: string
}

interface Scope {
  readonly indent: number
  readonly name: string
  readonly kind: 'class' | 'test' | 'function'
}

interface Draft {
  name: string
  line: number
  assertions: number
  skips: SourceSkip[]
  lines: string[]
}

interface Reader {
  readonly scopes: Scope[]
  readonly tests: Draft[]
  readonly skips: SourceSkip[]
  readonly decorators: Line[]
}

/**
 * The tests of a pytest file by their text: functions `test*` at the top or in classes, with what is decorated on them. Strings and comments
 * are no code, so a test that was commented out or moved into a string is gone. Never throws; a file that is not Python gives what it gives.
 */
export function readPythonTests(source: string): TestFile {
  const reader: Reader = { scopes: [], tests: [], skips: [], decorators: [] }
  for (const line of codeLines(source)) {
    read(line, reader)
  }
  return { tests: reader.tests, skips: reader.skips }
}

function read(line: Line, reader: Reader): void {
  const { scopes, tests, skips, decorators } = reader
  while (!line.continues && (scopes.at(-1)?.indent ?? -1) >= line.indent) {
    scopes.pop()
  }
  if (/^\s*@/.test(line.code) || (line.continues && decorators.length > 0)) {
    decorators.push(line)
    return
  }
  const opened = open(line, scopes)
  if (opened !== null) {
    scopes.push(opened)
  }
  if (opened?.kind === 'test') {
    tests.push({ name: nameOf(scopes), line: line.number, assertions: 0, skips: [], lines: [] })
  }
  const test = scopes.some((scope) => scope.kind === 'test') ? tests.at(-1) : undefined
  for (const one of [...decorators.splice(0), line]) {
    note(one, test, skips)
  }
}

function note(line: Line, test: Draft | undefined, skips: SourceSkip[]): void {
  if (SKIP.test(line.code)) {
    ;(test?.skips ?? skips).push({ line: line.number, text: line.text.trim() })
  }
  if (test !== undefined) {
    test.assertions += ASSERTION.test(line.code) ? 1 : 0
    test.lines.push(line.text.replace(/\s+/g, ''))
  }
}

function open(line: Line, scopes: readonly Scope[]): Scope | null {
  const found = DEFINITION.exec(line.code)
  const [, , keyword, name] = found ?? []
  if (keyword === undefined || name === undefined) {
    return null
  }
  if (keyword === 'class') {
    return { indent: line.indent, name, kind: 'class' }
  }
  const outside = scopes.every((scope) => scope.kind === 'class')
  return { indent: line.indent, name, kind: outside && name.startsWith('test') ? 'test' : 'function' }
}

function nameOf(scopes: readonly Scope[]): string {
  return scopes.map((scope) => scope.name).join('::')
}

/** Lines that hold code. A line that goes on inside brackets or a string keeps the indent of the line that it began on. */
function codeLines(source: string): readonly Line[] {
  const texts = source.split(/\r?\n/)
  const lines: Line[] = []
  let depth = 0
  let indent = 0
  for (const [index, code] of maskPython(source).split(/\r?\n/).entries()) {
    const text = texts[index] ?? ''
    if (code.trim() === '') {
      continue
    }
    const continues = depth > 0
    indent = continues ? indent : widthOf(code)
    depth = Math.max(0, depth + count(code, /[([{]/g) - count(code, /[)\]}]/g))
    lines.push({ number: index + 1, indent, continues, code, text })
  }
  return lines
}

function widthOf(code: string): number {
  return (/^[ \t]*/.exec(code)?.[0] ?? '').replaceAll('\t', '        ').length
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0
}
