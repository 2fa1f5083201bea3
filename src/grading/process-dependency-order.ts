import type { Change } from '../evidence/change.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { layerOf } from './layers.ts'
import type { Observation, Rule } from './rule.ts'
import { timelineOf } from './timeline.ts'

interface Touch {
  readonly rank: number
  readonly name: string
  readonly path: string
  /** Places in the list of steps. */
  readonly first: number
  readonly last: number
}

/** First content of each layer, by snapshots: they are our own, so nobody's word is needed. What changed between two model requests is of one time. */
export const dependencyOrder: Rule = {
  id: 'process/dependency-order',
  version: 1,
  measures: "Implements in the project's order of dependency: models, services, controllers, tests, or the like.",
  agentRules: ['W3'],
  rests: ['snapshots'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify'],
  gate: null,
  judge: (view) => {
    const timeline = timelineOf(view)
    if (timeline === null) {
      return INCONCLUSIVE
    }
    const layer = layerOf(view.evidence.fixture)
    const touches = new Map<number, Touch>()
    timeline.steps.forEach((step, at) => {
      const withContent = new Set(step.changes.filter(hasContent).map(({ path }) => path))
      for (const path of step.touched.filter((one) => withContent.has(one))) {
        const found = layer(path)
        const known = found === null ? undefined : touches.get(found.rank)
        if (found !== null) {
          touches.set(found.rank, { ...found, path: known?.path ?? path, first: known?.first ?? at, last: at })
        }
      }
    })
    const ordered = [...touches.values()].toSorted((one, other) => one.rank - other.rank)
    return new Set(ordered.map(({ first }) => first)).size < 2 ? NA : failIfAny(early(ordered))
  },
}

/** One finding for each layer that came before one it depends on and was not written again afterwards. Score: the share of pairs in order. */
function early(ordered: readonly Touch[]): readonly Observation[] {
  const pairs = ordered.flatMap((upper, at) => ordered.slice(0, at).map((lower) => ({ lower, upper })))
  const inverted = pairs.filter(({ lower, upper }) => upper.first < lower.first)
  const score = Number((1 - inverted.length / pairs.length).toFixed(2))
  return ordered.flatMap((upper): readonly Observation[] => {
    const before = inverted.filter((pair) => pair.upper === upper && upper.last < pair.lower.first).map(({ lower }) => lower.name)
    return before.length === 0
      ? []
      : [{ code: 'LAYER_TOO_EARLY', path: upper.path, args: { layer: upper.name, before: before.join(', '), score } }]
  })
}

/** An empty file is a place, not a beginning. */
function hasContent(change: Change): boolean {
  return change.kind !== 'added' || change.now.type !== 'file' || change.now.size > 0
}
