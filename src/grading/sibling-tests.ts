import type { ChangedSource } from './changed-sources.ts'
import type { Observation } from './rule.ts'
import { lineAt, type Sibling } from './siblings.ts'

/** Test files from which on they have a way of their own. */
const ENOUGH = 3

const CLASSES = /^class (\w+)[^\n:]*:[^\n]*\n(?:(?!^\S)[\s\S])*?^[ \t]+(?:async )?def test/gm
const FUNCTIONS = /^(?:async )?def (test\w*)\(/gm

/** New test classes where all tests are functions, new functions where all are methods, and new files that are named in another way. */
export function unlikeTests(sources: readonly ChangedSource[], siblings: readonly Sibling[]): readonly Observation[] {
  const tests = siblings.filter(({ isTest, path, text }) => isTest && (naming(path) !== null || /\btest/.test(text)))
  return sources
    .filter(({ isTest, after }) => isTest && after !== null)
    .flatMap(({ path, before, after }) => [
      ...shapes(path, before?.text ?? '', after?.text ?? '', tests),
      ...(before === null ? named(path, tests) : []),
    ])
}

function shapes(path: string, before: string, after: string, tests: readonly Sibling[]): readonly Observation[] {
  if (!path.endsWith('.py')) {
    return []
  }
  const withClasses = tests.filter(({ text }) => text.match(CLASSES) !== null).length
  const withFunctions = tests.filter(({ text }) => text.match(FUNCTIONS) !== null).length
  const what = withFunctions >= ENOUGH && withClasses === 0 ? 'functions' : withClasses >= ENOUGH && withFunctions === 0 ? 'classes' : null
  if (what === null) {
    return []
  }
  const pattern = what === 'functions' ? CLASSES : FUNCTIONS
  const old = new Set([...before.matchAll(pattern)].map(([, name]) => name))
  const found = [...after.matchAll(pattern)].filter(([, name]) => !old.has(name))
  return found.map(({ index, 1: name = '' }) => ({
    code: 'UNLIKE_SIBLINGS',
    path,
    line: lineAt(after, index),
    args: { what, name, like: what },
  }))
}

/** How a test file is told by its name; null where it is not. */
function naming(path: string): string | null {
  const name = path.replace(/^.*\//, '')
  return /^test_.+(?=\.py$)/.test(name)
    ? 'test_*.py'
    : (/_test\.(?:py|go)$|\.(?:test|spec)\.[mc]?[tj]sx?$/.exec(name)?.[0].replace(/^/, '*') ?? null)
}

function named(path: string, tests: readonly Sibling[]): readonly Observation[] {
  const own = naming(path)
  const ways = tests.flatMap((sibling) => (endOf(sibling.path) === endOf(path) ? (naming(sibling.path) ?? []) : []))
  const [like] = ways
  const agreed = like !== undefined && ways.length >= ENOUGH && ways.every((way) => way === like)
  return own !== null && agreed && own !== like
    ? [{ code: 'UNLIKE_SIBLINGS', path, args: { what: 'file', name: path.replace(/^.*\//, ''), like } }]
    : []
}

function endOf(path: string): string {
  return path.replace(/^.*\./, '')
}
