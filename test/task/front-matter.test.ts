import { expect, it } from 'vitest'
import { readFrontMatter } from '../../src/task/front-matter.ts'
import { printProblems } from '../../src/task/problem.ts'

function dataOf(text: string): unknown {
  const reading = readFrontMatter(text, 'page.md')
  return reading.kind === 'read' ? reading.data : printProblems(reading.problems)
}

function problemsOf(text: string): string {
  const reading = readFrontMatter(text, 'page.md')
  return reading.kind === 'bad' ? printProblems(reading.problems) : 'read without problems'
}

it.each([
  ['a number with leading zeros is decimal', 'a: 010', { a: 10 }],
  ['a date is text', 'a: 2026-01-31', { a: '2026-01-31' }],
  ['yes and on are text', 'a: yes\nb: on', { a: 'yes', b: 'on' }],
  ['a merge key is a key', 'a: &x {c: 1}\nb: {<<: *x}', { a: { c: 1 }, b: { '<<': { c: 1 } } }],
  ['a number as a key is text', '1: a', { 1: 'a' }],
  ['a block text keeps its last line break', 'a: |\n  one\n  two', { a: 'one\ntwo\n' }],
])('reads YAML of the core schema: %s', (_name, yaml, data) => {
  expect(dataOf(`---\n${yaml}\n---\nbody`)).toEqual(data)
})

it.each([
  ['LF', '---\na: x\n---\n\nBody\n', '\nBody\n'],
  ['CRLF', '---\r\na: x\r\n---\r\n\r\nBody\r\n', '\r\nBody\r\n'],
  ['byte order mark', '\uFEFF---\na: x\n---\nBody', 'Body'],
  ['nothing below', '---\na: x\n---', ''],
  ['a rule further down', '---\na: x\n---\nBody\n\n---\n\nmore', 'Body\n\n---\n\nmore'],
  ['named yaml', '---yaml\na: x\n---\nBody', 'Body'],
])('splits body from data: %s', (_name, text, body) => {
  const reading = readFrontMatter(text, 'page.md')
  expect(reading).toMatchObject({ kind: 'read', data: { a: 'x' }, body })
})

it('reads front matter without keys as no data', () => {
  expect([dataOf('---\n---\nbody'), dataOf('---\n# a comment\n---\nbody')]).toEqual([{}, {}])
})

it.each([
  ['empty file', '', 'page.md:1: has no front matter: the first line must be `---`\n'],
  ['no front matter', '# Title\n', 'page.md:1: has no front matter: the first line must be `---`\n'],
  ['not closed', '---\na: 1\n', 'page.md:1: front matter is not closed: a line `---` must follow it\n'],
  ['closed by too many dashes', '---\na: 1\n----\n', 'page.md:3: the line that closes the front matter must be `---` alone\n'],
  ['a list', '---\n- a\n---\n', 'page.md:2: front matter: expected keys with values (`key: value`)\n'],
  ['duplicate key', '---\na: 1\nb: 2\na: 3\n---\n', 'page.md:4: duplicate key `a`\n'],
  ['unknown tag', '---\na: !!js/function x\n---\n', 'page.md:2: is not YAML: Unresolved tag: tag:yaml.org,2002:js/function\n'],
  ['a list as a key', '---\n? [a]\n: b\n---\n', 'page.md:2: is not YAML: With stringKeys, all keys must be strings\n'],
  ['a tab', '---\na:\n\tb: 1\n---\n', 'page.md:3: is not YAML: Tabs are not allowed as indentation\n'],
])('tells what is wrong: %s', (_name, text, problems) => {
  expect(problemsOf(text)).toBe(problems)
})

it.each([
  ['in one line', '---\nname: a\ndescription: Use this: now\n---\n', 3],
  [
    'in a text of several lines',
    '---\nname: a\ndescription: Use it. Examples:\n<example>\nContext: none\nuser: "x"\n</example>\nmodel: x\n---\n',
    3,
  ],
  ['in text of several lines without a colon in the first', '---\ndescription: Use it\n  for this: and that\nmodel: x\n---\n', 2],
])('asks to quote a description with a bare colon, once: %s', (_name, text, line) => {
  expect(problemsOf(text)).toBe(`page.md:${line}: quote the description: a value without quotes cannot hold a colon followed by a space\n`)
})

it.each(['js', 'javascript', 'json', 'coffee', 'toml'])('neither reads nor executes %s front matter', (language) => {
  const witness = globalThis as { executed?: boolean }
  expect(problemsOf(`---${language}\n(globalThis.executed = true, {})\n---\n`)).toBe(
    `page.md:1: front matter is YAML here: \`---${language}\` is neither read nor executed\n`,
  )
  expect(witness.executed).toBeUndefined()
})

it('gives the same answer to the same broken text twice, and no shared data', () => {
  const broken = '---\na: [\n---\n'
  expect(problemsOf(broken)).toBe(problemsOf(broken))
  expect(problemsOf(broken)).not.toBe('read without problems')
  expect(dataOf('---\na: 1\n---\n')).not.toBe(dataOf('---\na: 1\n---\n'))
})

it('refuses aliases that grow without bound', () => {
  const layers = [
    'a: &a [x, x, x, x, x, x, x, x]',
    'b: &b [*a, *a, *a, *a, *a, *a]',
    'c: &c [*b, *b, *b, *b, *b, *b]',
    'd: [*c, *c, *c, *c]',
  ]
  expect(problemsOf(`---\n${layers.join('\n')}\n---\n`)).toContain('Excessive alias count')
})

it('knows where each part was written', () => {
  const reading = readFrontMatter('---\na: 1\nb:\n  - x\n  - c: 2\n---\n', 'page.md')
  const at = reading.kind === 'read' ? reading.at : () => null
  expect([at(['a']), at(['b', 0]), at(['b', 1, 'c']), at(['b', 'absent']), at(['absent'])]).toEqual([
    { line: 2, column: 1 },
    { line: 4, column: 5 },
    { line: 5, column: 5 },
    { line: 3, column: 1 },
    { line: 1, column: 1 },
  ])
})
