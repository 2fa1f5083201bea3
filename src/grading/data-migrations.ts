import type { Change } from '../evidence/change.ts'
import { matcher } from '../evidence/glob.ts'
import { addedItems } from './added-items.ts'
import { agentChanges } from './agent-changes.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { measuredOutcome } from './measured-outcome.ts'
import { homeOf, isMigration } from './migration-files.ts'
import { conflictsOf, type MigrationStep, readStep } from './migration-graph.ts'
import { columnsIn, fieldsIn } from './model-fields.ts'
import { howChanged } from './place.ts'
import { readProbe } from './probe-findings.ts'
import type { GradingView, Judgement, Observation, Rule } from './rule.ts'
import { tokensOf } from './source-tokens.ts'

/**
 * By the labelled hidden tests, and by whether models and migrations fit: the fixture's own tool tells where it names one, else the columns that sources
 * declare. Published migrations stay as they are, and a new one follows the last.
 */
export const migrations: Rule = {
  id: 'data/migrations',
  version: 1,
  measures: 'A change of the models has its migration, which follows the last one; published migrations are left alone.',
  agentRules: ['R1', 'W3'],
  rests: ['hidden-tests', 'tree', 'probe:migrations'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => {
    const outcome = agentChanges(view.evidence).length === 0 ? null : measuredOutcome(view, 'data/migrations', 'MIGRATION_FAILS')
    const fit = judgeFit(view)
    const observations = [...(outcome?.observations ?? []), ...fit.observations]
    if (observations.length > 0) {
      return failIfAny(observations)
    }
    // Tests that rows survive do not see a second end of the history, and the history says nothing about rows.
    return outcome?.check === 'inconclusive' || (outcome?.check === 'pass' && fit.check === 'na') ? outcome : fit
  },
}

/** Whether models and migrations fit, whatever the tests say. */
function judgeFit(view: GradingView): Judgement {
  const isBackend = matcher(view.evidence.fixture.backend)
  const changes = agentChanges(view.evidence).filter(({ path }) => isBackend(path))
  const probe = readProbe(
    view,
    'migrations',
    changes.map(({ path }) => path),
  )
  const steps = changes.filter(({ path }) => isMigration(path))
  const columns = changes.filter(({ path }) => !isMigration(path)).map((change) => changedColumns(view, change))
  const hasHistory = steps.length > 0 || Object.keys(view.evidence.base).some(isMigration)
  const touched = (hasHistory || probe.kind !== 'undeclared') && columns.some((one) => one !== null && one.length > 0)
  if (steps.length === 0 && !touched && !columns.includes(null) && probe.kind !== 'unread' && !hasFindings(probe)) {
    return NA
  }
  const edited = steps.map((change) => editedStep(view, change))
  const observations = [
    ...edited.flatMap((one) => one ?? []),
    ...conflicts(view, steps),
    ...(probe.kind === 'read' ? drift(probe) : missing(view, steps, columns)),
  ]
  if (observations.length > 0) {
    return failIfAny(observations)
  }
  return probe.kind === 'unread' || edited.includes(null) || columns.includes(null) ? INCONCLUSIVE : failIfAny([])
}

type Probed = ReturnType<typeof readProbe>

function hasFindings(probe: Probed): boolean {
  return probe.kind === 'read' && drift(probe).length > 0
}

function drift(probe: Extract<Probed, { kind: 'read' }>): readonly Observation[] {
  return addedItems(probe.before, probe.after).map(({ text }) => ({ code: 'MIGRATION_MISSING', args: { what: text.slice(0, 200) } }))
}

/** The text of a side; null for what is no file, undefined where it was not kept. */
function textOf(view: GradingView, change: Change, side: 'base' | 'now'): string | null | undefined {
  const entry = side === 'base' ? (change.kind === 'added' ? null : change.base) : change.kind === 'deleted' ? null : change.now
  return entry?.type === 'file' ? (view.text(entry.digest) ?? undefined) : null
}

/** Null where it cannot be told; layout and comments of a migration may change. */
function editedStep(view: GradingView, change: Change): readonly Observation[] | null {
  if (change.kind === 'added' || matcher(view.evidence.task.mayChange)(change.path)) {
    return []
  }
  const [before, after] = [textOf(view, change, 'base'), textOf(view, change, 'now')]
  if (before === undefined || after === undefined) {
    return null
  }
  const same = before !== null && after !== null && plain(view, change.path, before) === plain(view, change.path, after)
  return same ? [] : [{ code: 'MIGRATION_EDITED', path: change.path, args: { how: howChanged(change) } }]
}

function plain(view: GradingView, path: string, text: string): string {
  const tree = view.syntax?.parse(path, text) ?? null
  return tree === null || tree.broken ? text.replaceAll(/\s+/g, ' ') : tokensOf(tree, tree.root).join(' ')
}

function conflicts(view: GradingView, steps: readonly Change[]): readonly Observation[] {
  const added = steps.filter(({ kind }) => kind === 'added')
  const folders = [...new Set(added.map(({ path }) => homeOf(path).folder))]
  return folders.flatMap((folder) => {
    const isHere = (path: string): boolean => isMigration(path) && homeOf(path).folder === folder
    const base = Object.entries(view.evidence.base).flatMap(([path, digest]) => (isHere(path) ? stepOf(path, view.text(digest)) : []))
    const gone = new Set(steps.filter(({ kind }) => kind === 'deleted').map(({ path }) => path))
    const fresh = added.filter(({ path }) => isHere(path)).flatMap((change) => stepOf(change.path, textOf(view, change, 'now') ?? null))
    const found = conflictsOf(base, [...base.filter(({ path }) => !gone.has(path)), ...fresh])
    return found.map(({ path, what }): Observation => ({ code: 'MIGRATION_CONFLICT', path, args: { what } }))
  })
}

function stepOf(path: string, text: string | null): readonly MigrationStep[] {
  const step = text === null ? null : readStep(path, text)
  return step === null ? [] : [step]
}

/** Columns that were declared anew, otherwise, or no more; null where a side cannot be read. */
function changedColumns(view: GradingView, change: Change): readonly string[] | null {
  const isModel = /\.(?:py|ts|prisma)$/.test(change.path) && !matcher(view.evidence.fixture.tests)(change.path)
  const sides = (['base', 'now'] as const).map((side) => (isModel ? textOf(view, change, side) : null))
  const read = sides.map((text) => (text === undefined ? null : columnsOf(view, change.path, text ?? '')))
  const [before, after] = read
  if (before === null || after === null || before === undefined || after === undefined) {
    return null
  }
  return [...after.filter((one) => !before.includes(one)), ...before.filter((one) => !after.includes(one))]
}

function columnsOf(view: GradingView, path: string, text: string): readonly string[] | null {
  if (!path.endsWith('.py')) {
    return columnsIn(path, text)
  }
  // Most sources declare no column, and need not be read.
  if (!/\b(?:models\.|Column\(|mapped_column\(|Field\()/.test(text)) {
    return []
  }
  const tree = view.syntax?.parse(path, text) ?? null
  return tree === null || tree.broken ? null : fieldsIn(tree)
}

/** By the sources alone, where the fixture has no tool to ask and has migrations at all. */
function missing(view: GradingView, steps: readonly Change[], columns: readonly (readonly string[] | null)[]): readonly Observation[] {
  const declared = view.evidence.fixture.probes?.migrations !== undefined
  const hasHistory = Object.keys(view.evidence.base).some(isMigration)
  const first = columns.find((one) => one !== null && one.length > 0)?.[0]
  const added = steps.some(({ kind }) => kind === 'added')
  return declared || !hasHistory || added || first === undefined ? [] : [{ code: 'MIGRATION_MISSING', args: { what: first.slice(0, 200) } }]
}
