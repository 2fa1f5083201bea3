import { childOf } from '../syntax/syntax.ts'
import { changedFunctions } from './changed-functions.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import { bypassed } from './helper-bypass.ts'
import { INCONCLUSIVE, NA } from './judgement.ts'
import { type Helper, readHelpers } from './labelled-helpers.ts'
import type { Observation, Rule } from './rule.ts'
import { containment, fourGrams, namesIn, shapeOf } from './source-tokens.ts'

/**
 * Share of a helper's 4-grams in a function from which it is a copy. Measured: a copy with other names 1, one that was inlined 0.73; of 2,618 unrelated
 * functions none was above 0.17. A rewrite by other means (0.02) is not seen: hidden tests tell what a helper does that a rewrite does not.
 */
const COPIED = 0.45
/** The same where the function stands beside the helper: what a module does again and again makes its functions alike. */
const COPIED_AT_HOME = 0.7

/** The helpers that the fixture labels: a new or changed function that holds the body of one and does not use it, and known detours around one. Tests and migrations are not looked at. */
export const reusesHelpers: Rule = {
  id: 'style/reuses-helpers',
  version: 2,
  measures: 'Looks for an existing helper before writing inline logic or a new one.',
  agentRules: ['Y3'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => {
    const reading = readHelpers(view)
    if (reading.kind === 'none') {
      return NA
    }
    const judgement = judgeSources(
      view,
      ({ path, isTest }) => !isTest && !path.split('/').includes('migrations'),
      (sources) => [...copies(sources, reading.helpers), ...bypassed(sources, reading.helpers)],
    )
    return judgement.check === 'pass' && reading.kind === 'partly' ? INCONCLUSIVE : judgement
  },
}

function copies(sources: readonly ChangedSource[], helpers: readonly Helper[]): readonly Observation[] {
  return changedFunctions(sources).flatMap(({ after }) => {
    const { path, line, tree, node } = after
    const grams = fourGrams(shapeOf(tree, node))
    // Its own name is no use of the helper.
    const names = namesIn(tree, childOf(node, 'body') ?? node)
    return helpers
      .filter((helper) => helper.language === tree.language && !(helper.path === path && helper.name === after.name))
      .map((helper) => ({ helper, share: containment(helper.grams, grams) }))
      .filter(({ helper, share }) => share >= (helper.path === path ? COPIED_AT_HOME : COPIED) && !names.has(helper.name))
      .map(({ helper, share }) => ({
        code: 'HELPER_COPIED',
        path,
        line,
        args: { function: after.name, helper: `${helper.path}: ${helper.name}`, percent: Math.round(share * 100) },
      }))
  })
}
