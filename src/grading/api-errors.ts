import { addedItems } from './added-items.ts'
import { judgeSources } from './changed-sources.ts'
import { NA } from './judgement.ts'
import { judgeOutcome } from './measured-outcome.ts'
import type { GradingView, Judgement, Rule } from './rule.ts'
import { handlesErrors, swallowedIn } from './swallowed-errors.ts'

/** By the labelled hidden tests, which look at the body of errors; else by handlers that swallow what they catch. `na` where nothing raises or catches. */
export const errors: Rule = {
  id: 'api/errors',
  version: 1,
  measures: "Errors are handled: in the project's shape, naming field and cause, and none is swallowed.",
  agentRules: ['Q4'],
  rests: ['hidden-tests', 'tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => judgeOutcome(view, 'api/errors', 'WRONG_ERROR', diagnose),
}

function diagnose(view: GradingView): Judgement {
  let handles = false
  const judgement = judgeSources(
    view,
    ({ isTest }) => !isTest,
    (sources) => {
      handles = sources.some(({ after }) => after !== null && handlesErrors(after))
      const all = (side: 'before' | 'after') =>
        sources.flatMap((source) => (source[side] === null ? [] : swallowedIn(source.path, source[side])))
      return addedItems(all('before'), all('after')).map(({ path, line, text }) => ({
        code: 'ERROR_SWALLOWED',
        path,
        line,
        args: { text },
      }))
    },
  )
  return judgement.check === 'pass' && !handles ? NA : judgement
}
