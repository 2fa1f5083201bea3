import { changedFunctions } from './changed-functions.ts'
import { judgeSources } from './changed-sources.ts'
import { worstComplexity } from './cognitive-complexity.ts'
import type { Rule } from './rule.ts'

/** The limit that linters of this measure ship with. */
const LIMIT = 15

/** New functions stay within the limit; those that were beyond it before do not get worse. Tests are not looked at. */
export const lowComplexity: Rule = {
  id: 'style/cognitive-complexity',
  version: 1,
  measures: 'Low cognitive complexity, readable code.',
  agentRules: ['Y5'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) =>
    judgeSources(
      view,
      ({ isTest }) => !isTest,
      (sources) =>
        changedFunctions(sources).flatMap(({ before, after: { tree, node, name, path, line } }) => {
          const complexity = worstComplexity(tree, node)
          const limit = Math.max(LIMIT, before === null ? 0 : worstComplexity(before.tree, before.node))
          return complexity > limit ? [{ code: 'TOO_COMPLEX', path, line, args: { function: name, complexity, limit } }] : []
        }),
    ),
}
