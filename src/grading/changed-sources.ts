import type { Entry } from '../evidence/change.ts'
import { matcher } from '../evidence/glob.ts'
import { languageOf, type Syntax, type SyntaxTree } from '../syntax/syntax.ts'
import { agentChanges } from './agent-changes.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { places } from './place.ts'
import type { GradingView, Judgement, Observation } from './rule.ts'

/** A source file that the agent changed within its scope, on both sides; null where there is none. */
export interface ChangedSource {
  readonly path: string
  readonly isTest: boolean
  readonly before: SyntaxTree | null
  readonly after: SyntaxTree | null
}

type Named = Pick<ChangedSource, 'path' | 'isTest'>

/** `untold`: those of which some side was not kept, and all where no grammars were loaded. */
interface ChangedSources {
  readonly sources: readonly ChangedSource[]
  readonly untold: readonly Named[]
}

const known = new WeakMap<GradingView, ChangedSources>()

/**
 * Judges the changed sources that `concerns` names: `na` where none is left with content, `inconclusive` where nothing was found and something could not be read.
 * Broken trees are shown to `observe` only where `evenBroken` is said.
 */
export function judgeSources(
  view: GradingView,
  concerns: (source: Named) => boolean,
  observe: (sources: readonly ChangedSource[]) => readonly Observation[],
  evenBroken = false,
): Judgement {
  const { sources, untold } = changedSources(view)
  const concerned = sources.filter(concerns)
  const readable = concerned.filter((source) => !isBroken(source))
  const observations = observe(evenBroken ? concerned : readable)
  if (observations.length > 0) {
    return failIfAny(observations)
  }
  if (untold.some(concerns) || readable.length < concerned.length) {
    return INCONCLUSIVE
  }
  return concerned.some(({ after }) => after !== null) ? failIfAny([]) : NA
}

function isBroken({ before, after }: ChangedSource): boolean {
  return before?.broken === true || after?.broken === true
}

function changedSources(view: GradingView): ChangedSources {
  const found = known.get(view) ?? readSources(view)
  known.set(view, found)
  return found
}

function readSources(view: GradingView): ChangedSources {
  const placeOf = places(view.evidence)
  const isTest = matcher(view.evidence.fixture.tests)
  const changes = agentChanges(view.evidence).filter(({ path }) => {
    const language = languageOf(path)
    return language !== null && language !== 'bash' && placeOf(path) === 'inside'
  })
  const sources: ChangedSource[] = []
  const untold: Named[] = []
  for (const change of changes) {
    const { path } = change
    const before = change.kind === 'added' ? null : contentOf(view, change.base)
    const after = change.kind === 'deleted' ? null : contentOf(view, change.now)
    if (before === undefined || after === undefined || view.syntax === null) {
      untold.push({ path, isTest: isTest(path) })
    } else if (before !== after) {
      sources.push({ path, isTest: isTest(path), before: read(view.syntax, path, before), after: read(view.syntax, path, after) })
    }
  }
  return { sources, untold }
}

/** The text of a file; null for what is no file, undefined where it was not kept. */
function contentOf(view: GradingView, entry: Entry): string | null | undefined {
  if (entry.type === 'unstable') {
    return undefined
  }
  return entry.type === 'file' ? (view.text(entry.digest) ?? undefined) : null
}

function read(syntax: Syntax, path: string, text: string | null): SyntaxTree | null {
  return text === null ? null : syntax.parse(path, text)
}
