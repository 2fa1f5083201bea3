import type { Change, Entry } from '../evidence/change.ts'
import type { FixtureFacts, TaskFacts } from '../evidence/evidence.ts'
import { matcher } from '../evidence/glob.ts'
import { pointsOutside } from '../evidence/outside.ts'
import { type ProtectedEntry, protectedEntries } from '../evidence/protected-table.ts'

/**
 * What becomes of one path of a clean room, laid over the base: the agent's entry, the agent's text with our tables put back (`keys`), or
 * nothing (`gone`). Paths that are not named stay as they are in the base.
 */
export type Carried =
  | { readonly from: 'agent'; readonly now: Entry }
  | { readonly from: 'merge'; readonly base: Entry | null; readonly now: Entry; readonly keys: readonly string[] }
  | { readonly from: 'gone' }

/** What a room is decided on. `base` are the paths of the prepared fixture; `ours` are paths that will be laid on top (hidden tests, canaries). */
export interface RoomFacts {
  readonly fixture: FixtureFacts
  readonly task: Pick<TaskFacts, 'deliverable'>
  readonly base: Iterable<string>
  readonly ours: readonly string[]
}

/**
 * Clean room A: the agent's application files. Tests, test configuration and protected files stay the base's; what a runner would load by
 * itself is absent where it is new; dependencies, litter, nested repositories, links that lead outside and special files are not carried.
 */
export function roomA(changes: readonly Change[], facts: RoomFacts): ReadonlyMap<string, Carried> {
  const entries = protectedEntries(facts.fixture.protected)
  const isTest = matcher(facts.fixture.tests)
  const isAutoloaded = matcher(facts.fixture.autoloaded)
  const isProtected = (path: string): boolean => entries.some((entry) => entry.key === null && entry.matches(path))
  const keepsOurs = (change: Change): boolean => {
    const { path } = change
    return isTest(path) || isProtected(path) || (isAutoloaded(path) && (change.kind === 'added' || keysFor(path, entries).length === 0))
  }
  const carried = portable(changes, facts.fixture)
    .filter((change) => !keepsOurs(change))
    .flatMap((change) => carry(change, keysFor(change.path, entries)))
  return fitting(new Map(carried), facts)
}

/**
 * Clean room B: the agent's test files (within the task's deliverable where it names one), new conftest files included, and never their source;
 * changed files that the fixture protects stay the base's. What lies under them (base, another solution, a mutant) is the caller's.
 */
export function roomB(changes: readonly Change[], facts: RoomFacts): ReadonlyMap<string, Carried> {
  const entries = protectedEntries(facts.fixture.protected)
  const isTest = matcher(facts.fixture.tests)
  const isDeliverable = facts.task.deliverable.length === 0 ? isTest : matcher(facts.task.deliverable)
  const isProtected = (path: string): boolean => entries.some((entry) => entry.key === null && entry.matches(path))
  const carried = portable(changes, facts.fixture)
    .filter(({ path }) => isTest(path) && isDeliverable(path))
    .filter((change) => change.kind === 'added' || !isProtected(change.path))
    .flatMap((change) => carry(change, []))
  return fitting(new Map(carried), facts)
}

/** The room of probes: all that the agent left, tests included, but for protected files and what `config` matches, which stay the base's. */
export function roomOfProbes(changes: readonly Change[], facts: RoomFacts, config: readonly string[]): ReadonlyMap<string, Carried> {
  const entries = protectedEntries(facts.fixture.protected)
  const isConfig = matcher(config)
  const staysOurs = (path: string): boolean => isConfig(path) || entries.some((entry) => entry.key === null && entry.matches(path))
  const carried = portable(changes, facts.fixture)
    .filter(({ path }) => !staysOurs(path))
    .flatMap((change) => carry(change, keysFor(change.path, entries)))
  return fitting(new Map(carried), facts)
}

/** Changes that a clean room may hold at all, whoever's they are. */
function portable(changes: readonly Change[], fixture: FixtureFacts): readonly Change[] {
  const isLitter = matcher(fixture.litter)
  const isDependency = matcher(fixture.dependencies)
  return changes.filter((change) => {
    const foreign = isLitter(change.path) || isDependency(change.path) || change.path.split('/').includes('.git')
    return !foreign && (change.kind === 'deleted' || isPortable(change.path, change.now))
  })
}

function isPortable(path: string, entry: Entry): boolean {
  return entry.type === 'file' || (entry.type === 'symlink' && !pointsOutside(path, entry.target))
}

function carry(change: Change, keys: readonly string[]): readonly (readonly [string, Carried])[] {
  if (change.kind === 'deleted') {
    // A file with a table of ours in it cannot go: its absence would be another configuration.
    return keys.length === 0 ? [[change.path, { from: 'gone' }]] : []
  }
  if (keys.length > 0 && change.now.type !== 'file') {
    return []
  }
  const base = change.kind === 'modified' ? change.base : null
  return [[change.path, keys.length === 0 ? { from: 'agent', now: change.now } : { from: 'merge', base, now: change.now, keys }]]
}

function keysFor(path: string, entries: readonly ProtectedEntry[]): readonly string[] {
  return entries.flatMap((entry) => (entry.key !== null && entry.matches(path) ? [entry.key] : []))
}

function foldersAbove(path: string): readonly string[] {
  const folders: string[] = []
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(path.slice(0, slash))
  }
  return folders
}

/**
 * What can stand beside all that stays. An agent that puts a file where a folder with kept tests was, or a folder where a protected file was,
 * would otherwise make a room that cannot be laid out, and so a trial that counts for nothing.
 */
function fitting(carried: ReadonlyMap<string, Carried>, facts: RoomFacts): ReadonlyMap<string, Carried> {
  const staying = [...facts.base].filter((path) => !carried.has(path)).concat(facts.ours)
  const folders = new Set(staying.flatMap(foldersAbove))
  const files = new Set(staying)
  return new Map(
    [...carried].filter(
      ([path, { from }]) => from === 'gone' || !(folders.has(path) || foldersAbove(path).some((folder) => files.has(folder))),
    ),
  )
}
