import { addedItems } from './added-items.ts'
import { judgeSources } from './changed-sources.ts'
import { NA } from './judgement.ts'
import { judgeOutcome } from './measured-outcome.ts'
import { isMigration } from './migration-files.ts'
import { readsIn, rowQueries } from './query-in-loop.ts'
import type { GradingView, Judgement, Rule } from './rule.ts'

/** By the labelled hidden tests, which compare two sizes; else by queries in loops and in fields of serializers. `na` where no changed source makes a query. */
export const queryCount: Rule = {
  id: 'data/query-count',
  version: 1,
  measures: 'The number of queries does not grow with the rows of an answer.',
  agentRules: ['Q6', 'W4'],
  rests: ['hidden-tests', 'tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => judgeOutcome(view, 'data/query-count', 'QUERIES_GROW', diagnose),
}

function diagnose(view: GradingView): Judgement {
  let queries = 0
  const judgement = judgeSources(
    view,
    ({ path, isTest }) => !isTest && !isMigration(path) && !/\/management\/commands\//.test(path),
    (sources) => {
      queries = sources.reduce((sum, { path, after }) => sum + (after === null ? 0 : readsIn(after) + rowQueries(path, after).length), 0)
      const all = (side: 'before' | 'after') =>
        sources.flatMap((source) => (source[side] === null ? [] : rowQueries(source.path, source[side])))
      return addedItems(all('before'), all('after')).map(({ path, line, text, where }) => ({
        code: 'QUERY_IN_LOOP',
        path,
        line,
        args: { where, text: text.slice(0, 120) },
      }))
    },
  )
  return judgement.check === 'pass' && queries === 0 ? NA : judgement
}
