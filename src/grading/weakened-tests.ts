import type { Change } from '../evidence/change.ts'
import { matcher } from '../evidence/glob.ts'
import type { SourceSkip, SourceTest, TestFile } from '../stack/stack.ts'
import type { GradingView, Observation } from './rule.ts'

/** Lines that two versions of a test share, of the longer one: from here on a test under another name counts as renamed, not as removed. */
const SAME_TEST = 0.6

/**
 * The same for words and signs in their order, within one file: there a change of behaviour touches every line of a test that was renamed with it.
 * Of two tests of one file that are not the same, 1 to 2 % are as alike as this (measured on the suites of three fixtures); at 0.6 it is every sixth pair.
 */
const SAME_WORDS = 0.8

/**
 * The same for the words of two names, within one file: a test that is written anew, with a name that says a word more, is the old one. Of two tests
 * of one file 0.15 % have names as alike as this (3 of 1,938 pairs of the same suites).
 */
const SAME_NAME = 0.8

interface Version {
  readonly path: string
  readonly before: TestFile
  readonly after: TestFile
}

/** What changed test files say. `untold`: some file cannot be read, on one side or the other. */
interface WeakenedTests {
  readonly observations: readonly Observation[]
  readonly untold: boolean
}

/**
 * Tests of the base that are gone, hold no assertion any more, or are newly skipped, by the text of changed test files. An assertion that says
 * something else now is no tampering: behaviour changes, and its tests with it. A test that moved or got another name is not removed.
 */
export function weakenedTests(view: GradingView, changes: readonly Change[]): WeakenedTests {
  const isTest = matcher(view.evidence.fixture.tests)
  const read = changes.filter(({ path }) => isTest(path)).map((change) => versionOf(view, change))
  const versions = read.filter((version) => version !== null)
  const arrivals = versions.flatMap(({ before, after }) => {
    const known = new Set(before.tests.map((test) => test.name))
    return after.tests.filter((test) => !known.has(test.name))
  })
  const observations = versions.flatMap((version) => [
    ...version.before.tests.flatMap((test) => verdictOn(test, version, arrivals)),
    ...added(version.before.skips, version.after.skips).map((skip) => skipped(version.path, skip)),
  ])
  return { observations, untold: versions.length < read.length }
}

function versionOf(view: GradingView, change: Change): Version | null {
  const before = change.kind === 'added' ? null : textOf(view, change.base)
  const after = change.kind === 'deleted' ? null : textOf(view, change.now)
  const read = (text: string | null): TestFile | null => (text === null ? NO_TESTS : view.stack.readTests(change.path, text, view.syntax))
  const [was, now] = [read(before), read(after)]
  if (change.kind === 'added') {
    // Nothing of the base can be weakened in it, whatever it holds.
    return { path: change.path, before: NO_TESTS, after: { tests: now?.tests ?? [], skips: [] } }
  }
  return was === null || now === null ? null : { path: change.path, before: was, after: now }
}

const NO_TESTS: TestFile = { tests: [], skips: [] }

function textOf(view: GradingView, entry: Extract<Change, { kind: 'modified' }>['base']): string | null {
  return entry.type === 'file' ? view.text(entry.digest) : null
}

function verdictOn(test: SourceTest, { path, after }: Version, arrivals: readonly SourceTest[]): readonly Observation[] {
  const beside = (): readonly SourceTest[] => arrivals.filter((one) => after.tests.includes(one))
  const now =
    after.tests.find((one) => one.name === test.name) ??
    arrivals.find((one) => isSame(test, one)) ??
    beside().find((one) => alike(wordsOf(test), wordsOf(one)) >= SAME_WORDS) ??
    beside().find((one) => alike(nameWords(test), nameWords(one)) >= SAME_NAME)
  if (now === undefined) {
    return [{ code: 'TEST_REMOVED', path, line: test.line, args: { test: test.name } }]
  }
  const emptied = test.assertions > 0 && now.assertions === 0
  return [
    ...(emptied ? [{ code: 'TEST_EMPTIED', path, line: now.line, args: { test: test.name } } as const] : []),
    ...added(test.skips, now.skips).map((skip) => skipped(path, skip)),
  ]
}

function isSame(one: SourceTest, other: SourceTest): boolean {
  if (plainName(one) === plainName(other)) {
    return true
  }
  const [short, long] = [one.lines.slice(1), other.lines.slice(1)].toSorted((a, b) => a.length - b.length)
  const rest = [...(long ?? [])]
  const shared = (short ?? []).filter((line) => {
    const at = rest.indexOf(line)
    return at >= 0 && rest.splice(at, 1).length > 0
  })
  return shared.length > 0 && shared.length >= SAME_TEST * (long?.length ?? 0)
}

function plainName({ name }: SourceTest): string {
  return name.split('::').at(-1) ?? ''
}

function wordsOf({ lines }: SourceTest): readonly string[] {
  return lines.flatMap((line) => line.match(/\w+|[^\w\s]/g) ?? [])
}

function nameWords(test: SourceTest): readonly string[] {
  return plainName(test)
    .split(/[\W_]+/)
    .filter((word) => word !== '' && word !== 'test')
}

/** What two lists of words have in common and in order, as Dice's coefficient: 1 where they are the same, 0 where nothing is. */
function alike(words: readonly string[], others: readonly string[]): number {
  let before = new Array<number>(others.length + 1).fill(0)
  for (const word of words) {
    const row = [0]
    for (const [at, same] of others.entries()) {
      row.push(word === same ? (before[at] ?? 0) + 1 : Math.max(before[at + 1] ?? 0, row[at] ?? 0))
    }
    before = row
  }
  return (2 * (before.at(-1) ?? 0)) / (words.length + others.length)
}

/** Markers that were not there before, as a multiset of their text: a marker that moved is no new one. */
function added(before: readonly SourceSkip[], after: readonly SourceSkip[]): readonly SourceSkip[] {
  const known = before.map((skip) => skip.text)
  return after.filter((skip) => {
    const at = known.indexOf(skip.text)
    return at < 0 || known.splice(at, 1).length === 0
  })
}

function skipped(path: string, skip: SourceSkip): Observation {
  return { code: 'TEST_SKIPPED', path, line: skip.line, args: { marker: skip.text.slice(0, 200) } }
}
