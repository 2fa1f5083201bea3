import { matcher } from '../evidence/glob.ts'
import { descendants, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import { addedItems } from './added-items.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import { NA } from './judgement.ts'
import { isMigration } from './migration-files.ts'
import { importsMapper, rawSqlIn } from './raw-sql.ts'
import type { GradingView, Rule } from './rule.ts'

/**
 * SQL that was not there before, in a project that has an object mapper. Migrations and tests are not looked at. `na` where no changed source asks for data,
 * and where the task says that only SQL meets a limit that it states. SQL that a helper of another module runs is not seen.
 */
export const noRawSql: Rule = {
  id: 'data/no-raw-sql',
  version: 1,
  measures: 'Uses the ORM and query tools; raw SQL only where a stated limit needs it.',
  agentRules: ['Q1'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => {
    if (view.evidence.task.rawSql === 'needed') {
      return NA
    }
    let asksForData = false
    const judgement = judgeSources(
      view,
      ({ path, isTest }) => !isTest && !isMigration(path),
      (sources) => {
        asksForData = hasMapper(view, sources) && sources.some(({ after }) => after !== null && touchesData(after))
        const all = (side: 'before' | 'after') =>
          sources.flatMap((source) => (source[side] === null ? [] : rawSqlIn(source.path, source[side])))
        return asksForData
          ? addedItems(all('before'), all('after')).map(({ path, line, text }) => ({
              code: 'RAW_SQL',
              path,
              line,
              args: { text: text.slice(0, 120) },
            }))
          : []
      },
    )
    return judgement.check === 'pass' && !asksForData ? NA : judgement
  },
}

const DATA =
  /^(?:objects|select_related|prefetch_related|(?:bulk|get_or|update_or)_create|annotate|aggregate|save|delete|filter|exclude|scalars?|execute\w*|flush|commit|add_all|cursor|raw|query\w*|\$?(?:query|execute)Raw\w*|find(?:Many|Unique|First|One|OneOrFail|By|OneBy|AndCount|All)\w*|persist\w*|createQueryBuilder|getRepository|Where|First|Find|Create|Save|Raw|Exec\w*|Query\w*|models|select)$/

function touchesData(tree: SyntaxTree): boolean {
  return descendants(tree.root).some((node) => node.children.length === 0 && /identifier$/.test(node.type) && DATA.test(textOf(tree, node)))
}

function hasMapper(view: GradingView, sources: readonly ChangedSource[]): boolean {
  const isBackend = matcher(view.evidence.fixture.backend)
  return (
    sources.some(({ path, before, after }) => [before, after].some((tree) => tree !== null && importsMapper(path, tree.text))) ||
    Object.entries(view.evidence.base).some(([path, digest]) => isBackend(path) && importsMapper(path, view.text(digest) ?? ''))
  )
}
