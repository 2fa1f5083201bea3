import { addedItems } from './added-items.ts'
import { agentChanges } from './agent-changes.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import { foreignFrameworks } from './foreign-frameworks.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { layerOf } from './layers.ts'
import { places } from './place.ts'
import { readProbe } from './probe-findings.ts'
import type { GradingView, Observation, Rule } from './rule.ts'
import { unlikeClasses } from './sibling-classes.ts'
import { unlikeErrors } from './sibling-errors.ts'
import { unlikeNames } from './sibling-names.ts'
import { unlikeTests } from './sibling-tests.ts'
import { siblingsIn } from './siblings.ts'

/**
 * The fixture's own linter and formatter, against the base; and what is new against its siblings: the bases of classes, the errors of a layer, the shape and
 * the names of tests, the case of names, frameworks. A way of the siblings is one that hardly any of them leaves. `na` where there is nothing to compare with.
 */
export const matchesNeighbours: Rule = {
  id: 'style/matches-neighbours',
  version: 2,
  measures:
    "Follows the project's conventions as its linter, formatter and neighbouring files show them; brings no pattern of another framework.",
  agentRules: ['F3', 'W2'],
  rests: ['tree', 'probe:lint', 'probe:format'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify'],
  gate: null,
  judge: (view) => {
    const siblings = siblingsIn(view)
    const shape = judgeSources(
      view,
      () => true,
      (sources) => unlikeSiblings(view, sources),
    )
    const probes = [tool(view, 'lint', 'LINT_ADDED'), tool(view, 'format', 'NOT_FORMATTED')]
    const observations = [...shape.observations, ...probes.flatMap((one) => (Array.isArray(one) ? one : []))]
    if (observations.length > 0) {
      return failIfAny(observations)
    }
    if (shape.check === 'inconclusive' || probes.includes('unread')) {
      return INCONCLUSIVE
    }
    const compared = (shape.check === 'pass' && siblings.length > 0) || probes.some((one) => Array.isArray(one))
    return compared ? failIfAny([]) : NA
  },
}

function unlikeSiblings(view: GradingView, sources: readonly ChangedSource[]): readonly Observation[] {
  const siblings = siblingsIn(view)
  const layer = layerOf(view.evidence.fixture)
  return [
    ...unlikeClasses(sources, siblings, layer),
    ...unlikeErrors(sources, siblings, layer),
    ...unlikeTests(sources, siblings),
    ...unlikeNames(sources, siblings, layer),
    ...foreignFrameworks(sources, siblings),
  ]
}

/** What a tool has against the result and not against the base; a word where it was not asked or cannot be understood. */
function tool(
  view: GradingView,
  name: 'lint' | 'format',
  code: 'LINT_ADDED' | 'NOT_FORMATTED',
): readonly Observation[] | 'idle' | 'undeclared' | 'unread' {
  const placeOf = places(view.evidence)
  const there = agentChanges(view.evidence).filter(({ kind, path }) => kind !== 'deleted' && placeOf(path) === 'inside')
  const reading = readProbe(
    view,
    name,
    there.map(({ path }) => path),
  )
  if (reading.kind !== 'read') {
    return reading.kind
  }
  const own = reading.after.filter(({ path }) => placeOf(path) === 'inside')
  return addedItems(reading.before, own).map(({ path, line, tool: rule, text }) =>
    code === 'NOT_FORMATTED' ? { code, path, args: {} } : { code, path, line, args: { tool: rule, text: text.slice(0, 160) } },
  )
}
