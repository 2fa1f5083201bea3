import type { Change } from '../evidence/change.ts'
import type { FixtureFacts } from '../evidence/evidence.ts'
import { matcher } from '../evidence/glob.ts'
import { agentChanges } from './agent-changes.ts'
import { declaredDependencies, isManifest } from './declared-dependencies.ts'
import { type DeclaredType, declaredTypes } from './declared-types.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import type { GradingView, Observation, Rule } from './rule.ts'

/** Decisions that outlive a task: what is depended on, how the repository is laid out, what is stored, what is inherited from. */
export const scopeArchitecture: Rule = {
  id: 'scope/architecture',
  version: 2,
  measures: 'Makes no architectural decision: no dependency, top-level folder, table or base class that the task does not name.',
  agentRules: ['R2'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify', 'impossible'],
  gate: null,
  judge: (view) => {
    const { task, fixture } = view.evidence
    const isDependency = matcher(fixture.dependencies)
    const changes = agentChanges(view.evidence).filter(({ path }) => !isDependency(path))
    const instruction = view.text(task.instruction)
    if (changes.length === 0) {
      return NA
    }
    if (instruction === null) {
      return INCONCLUSIVE
    }
    const isNamed = namedIn(instruction)
    const read = changes.map((change) => dependenciesOf(view, change))
    const observations = [
      ...read.flatMap((one) => one ?? []).filter(({ args }) => !isNamed(String(args.name))),
      ...newFolders(fixture, changes).filter(({ path }) => !isNamed(path ?? '')),
      ...newTypes(view, changes).filter(({ args }) => !isNamed(String(args.name))),
    ]
    return observations.length === 0 && read.includes(null) ? INCONCLUSIVE : failIfAny(observations)
  },
}

/** Names are told in many spellings: `DocumentTag`, `document_tag`, "document tags". */
function namedIn(instruction: string): (name: string) => boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const text = plain(instruction)
  return (name) => plain(name) !== '' && text.includes(plain(name))
}

/** Null where a manifest cannot be read. */
function dependenciesOf(view: GradingView, change: Change): readonly Observation[] | null {
  if (change.kind === 'deleted' || !isManifest(change.path)) {
    return []
  }
  const now = textOf(view, change, 'now')
  const before = change.kind === 'added' ? '' : textOf(view, change, 'base')
  const [ours, theirs] = [
    change.kind === 'added' ? [] : before === null ? null : declaredDependencies(change.path, before),
    now === null ? null : declaredDependencies(change.path, now),
  ]
  if (ours === null || theirs === null) {
    return null
  }
  const added = [...new Set(theirs)].filter((name) => !ours.includes(name))
  return added.map((name) => ({ code: 'DEPENDENCY_ADDED', path: change.path, args: { name } }))
}

/** The base's own folders are known as far as its manifest's globs and its stored files name them; where all folders are the backend's, none is new. */
function newFolders(fixture: FixtureFacts, changes: readonly Change[]): readonly Observation[] {
  const { backend, frontend, shared, layers, litter, tests } = fixture
  const globs = [...backend, ...frontend, ...shared, ...fixture.protected, ...layers.flatMap((layer) => layer.globs), ...litter, ...tests]
  const kept = changes.filter(({ kind }) => kind !== 'added').map(({ path }) => path)
  const known = new Set([...globs, ...kept].map((path) => path.split('/')[0] ?? ''))
  const isAnywhere = matcher([...backend, ...shared].filter((glob) => /^[*{?[]/.test(glob)))
  const added = changes.filter(({ kind, path }) => kind === 'added' && path.includes('/') && !isAnywhere(path))
  const folders = added.map(({ path }) => path.split('/')[0] ?? '')
  return [...new Set(folders)].filter((folder) => !known.has(folder)).map((path) => ({ code: 'FOLDER_ADDED', path, args: {} }))
}

function newTypes(view: GradingView, changes: readonly Change[]): readonly Observation[] {
  const isApart = matcher([...view.evidence.fixture.tests, ...view.evidence.fixture.frontend])
  const own = changes.filter(({ path }) => !isApart(path))
  const typesIn = (change: Change, side: 'base' | 'now'): readonly DeclaredType[] =>
    declaredTypes(change.path, textOf(view, change, side) ?? '')
  // A class that moves between files is not new.
  const known = new Set(own.flatMap((change) => typesIn(change, 'base')).map(({ name }) => name))
  return own.flatMap((change) =>
    typesIn(change, 'now')
      .filter(({ name }) => !known.has(name))
      .map(({ kind, name, line }) => ({ code: 'TYPE_ADDED', path: change.path, line, args: { kind, name } }) as const),
  )
}

function textOf(view: GradingView, change: Change, side: 'base' | 'now'): string | null {
  const entry = side === 'base' ? (change.kind === 'added' ? null : change.base) : change.kind === 'deleted' ? null : change.now
  return entry?.type === 'file' ? view.text(entry.digest) : null
}
