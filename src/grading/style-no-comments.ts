import { addedItems } from './added-items.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import type { Rule } from './rule.ts'
import { commentsOf } from './source-comments.ts'

/**
 * Comments of all changed sources against those of the base. Free: what only moved or was edited in place, docstrings (of Python, and of exported names
 * in Go), and what tools read or write: see `source-comments.ts`. A string that stands alone as a statement is a comment. Markup, YAML, SQL and shell are not looked at.
 */
export const noComments: Rule = {
  id: 'style/no-comments',
  version: 1,
  measures: 'Adds no comments unless the user asks for them.',
  agentRules: ['Y1'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify'],
  gate: null,
  judge: (view) =>
    judgeSources(
      view,
      () => true,
      (sources) => {
        const all = (side: 'before' | 'after') => sources.flatMap((source) => itemsOf(source, side))
        return addedItems(all('before'), all('after')).map(({ path, line, text }) => ({
          code: 'COMMENT_ADDED',
          path,
          line,
          args: { text: text.slice(0, 120) },
        }))
      },
      true,
    ),
}

function itemsOf(source: ChangedSource, side: 'before' | 'after') {
  const tree = source[side]
  return tree === null ? [] : commentsOf(tree).map((comment) => ({ ...comment, path: source.path }))
}
