import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { CaseStatus, SuiteCase } from './suite.ts'

/** A JUnit report, read; or why it cannot be believed to say anything. */
export type JunitReading =
  | { readonly kind: 'read'; readonly cases: readonly SuiteCase[] }
  | { readonly kind: 'unreadable'; readonly reason: string }

const MESSAGE_LIMIT = 2_000
const NESTED_SUITES = 100
const RANK: Readonly<Record<CaseStatus, number>> = { passed: 0, xfailed: 1, skipped: 2, failed: 3, error: 4 }

interface Node {
  readonly [key: string]: unknown
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  // The library's own entity handling expands what a document declares; ours knows the five names of XML and numbers, nothing else.
  processEntities: false,
  maxNestedTags: NESTED_SUITES,
  isArray: (name) => ['testsuite', 'testcase', 'failure', 'error', 'skipped'].includes(name),
})

/**
 * Reads a JUnit XML report (the `xunit1` and `xunit2` families of pytest, nested suites of others).
 *
 * A case's id is `classname::name`, or `name` alone where the class name is empty (pytest names modules that it could not collect so).
 * Ids may hold `::`, `/`, spaces and brackets: compare them whole, never split them. A report that names a test twice (its call fails and its
 * teardown errors) gives one case, with the worst status: error, failed, skipped, xfailed, passed. Seconds are summed.
 * A strict xpass is written as a failure and stays one; a plain xpass is written as a pass.
 */
export function readJunit(xml: string): JunitReading {
  const text = printable(xml)
  if (/<!(DOCTYPE|ENTITY)/i.test(prolog(text))) {
    return { kind: 'unreadable', reason: 'it declares a document type or entities, which reports never need' }
  }
  const valid = XMLValidator.validate(text)
  if (valid !== true) {
    return { kind: 'unreadable', reason: `it is not well-formed XML: line ${valid.err.line}: ${valid.err.msg}` }
  }
  const document = parse(text)
  if (document.kind === 'unreadable') {
    return document
  }
  const root = document.root
  if (root.testsuites === undefined && root.testsuite === undefined) {
    return { kind: 'unreadable', reason: 'it has neither <testsuites> nor <testsuite> at its root' }
  }
  const cases = new Map<string, SuiteCase>()
  collect(root, cases)
  return { kind: 'read', cases: [...cases.values()] }
}

/** All before the first suite; a page that a test printed may hold `<!DOCTYPE html>` further down, in a CDATA section. */
function prolog(text: string): string {
  const first = text.search(/<testsuite/)
  return first === -1 ? text : text.slice(0, first)
}

function parse(text: string): { readonly kind: 'parsed'; readonly root: Node } | { readonly kind: 'unreadable'; readonly reason: string } {
  try {
    return { kind: 'parsed', root: parser.parse(text) as Node }
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) }
  }
}

function collect(node: Node, cases: Map<string, SuiteCase>): void {
  for (const one of nodes(node.testcase)) {
    add(caseOf(one), cases)
  }
  for (const inner of [...nodes(node.testsuites), ...nodes(node.testsuite)]) {
    collect(inner, cases)
  }
}

function add(found: SuiteCase, cases: Map<string, SuiteCase>): void {
  const known = cases.get(found.id)
  if (known === undefined) {
    cases.set(found.id, found)
    return
  }
  const worst = RANK[found.status] > RANK[known.status] ? found : known
  cases.set(found.id, { ...worst, seconds: known.seconds + found.seconds })
}

function caseOf(node: Node): SuiteCase {
  const className = attribute(node, 'classname')
  const name = attribute(node, 'name')
  const told = verdict(node)
  const seconds = Number(attribute(node, 'time'))
  const message = told.reason === null ? '' : messageOf(told.reason)
  return {
    id: className === '' ? name : `${className}::${name}`,
    status: told.status,
    seconds: Number.isFinite(seconds) && seconds > 0 ? seconds : 0,
    ...(message === '' ? {} : { message }),
  }
}

function verdict(node: Node): { readonly status: CaseStatus; readonly reason: Node | null } {
  const error = nodes(node.error)[0]
  if (error !== undefined) {
    return { status: 'error', reason: error }
  }
  const failure = nodes(node.failure)[0]
  if (failure !== undefined) {
    return { status: 'failed', reason: failure }
  }
  const skipped = nodes(node.skipped)[0]
  if (skipped !== undefined) {
    return { status: attribute(skipped, 'type') === 'pytest.xfail' ? 'xfailed' : 'skipped', reason: skipped }
  }
  return { status: 'passed', reason: null }
}

function messageOf(reason: Node): string {
  const short = attribute(reason, 'message')
  const long = typeof reason['#text'] === 'string' ? decoded(reason['#text']) : ''
  return [short, long]
    .filter((part) => part !== '')
    .join('\n')
    .slice(0, MESSAGE_LIMIT)
}

function attribute(node: Node, name: string): string {
  const value = node[`@${name}`]
  return typeof value === 'string' ? decoded(value) : ''
}

/** Children of one name: elements as they are, elements that hold only text as a node with that text. */
function nodes(value: unknown): readonly Node[] {
  if (value === undefined) {
    return []
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map((one) => (typeof one === 'object' && one !== null ? (one as Node) : { '#text': one }))
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.replace(/&(?:(lt|gt|amp|quot|apos)|#x([0-9a-f]{1,6})|#([0-9]{1,7}));/gi, (whole, name, hex, decimal) => {
    if (name !== undefined) {
      return NAMED[String(name).toLowerCase()] ?? whole
    }
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Control characters that XML 1.0 forbids, written as pytest writes them (`#x1B`): a raw one in a message must not cost the whole report. */
function printable(xml: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return xml.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, (character) => {
    return `#x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
}
