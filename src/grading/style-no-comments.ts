import { addedItems } from './added-items.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import { failIfAny } from './judgement.ts'
import type { GradingView, Judgement, Rule } from './rule.ts'
import { commentsOf, countDocstrings } from './source-comments.ts'

/**
 * Comments of all changed sources against those of the base. Free: what only moved or was edited in place, docstrings (of Python, and of exported names
 * in Go), and what tools read or write: see `source-comments.ts`. A string that stands alone as a statement is a comment. Markup, YAML, SQL and shell are not looked at. Where the
 * task asks for comments their absence is the mistake.
 */
export const noComments: Rule = {
  id: 'style/no-comments',
  version: 2,
  measures: 'Adds no comments unless the user asks for them.',
  agentRules: ['Y1'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify'],
  gate: null,
  judge: (view) => (view.evidence.task.comments === 'asked' ? judgeAsked(view) : judgeUnasked(view)),
}

function judgeUnasked(view: GradingView): Judgement {
  return judgeSources(
    view,
    () => true,
    (sources) =>
      added(sources).map(({ path, line, text }) => ({
        code: 'COMMENT_ADDED',
        path,
        line,
        args: { text: text.slice(0, 120) },
      })),
    true,
  )
}

/** Where the instruction asks for comments, one comment or docstring is enough: whether it says the right thing no rule can tell. */
function judgeAsked(view: GradingView): Judgement {
  let found = false
  const judgement = judgeSources(
    view,
    () => true,
    (sources) => {
      found = added(sources).length > 0 || docstringsIn(sources, 'after') > docstringsIn(sources, 'before')
      return []
    },
    true,
  )
  return judgement.check === 'pass' && !found ? failIfAny([{ code: 'COMMENT_MISSING', args: {} }]) : judgement
}

function added(sources: readonly ChangedSource[]) {
  const all = (side: 'before' | 'after') => sources.flatMap((source) => itemsOf(source, side))
  return addedItems(all('before'), all('after'))
}

function docstringsIn(sources: readonly ChangedSource[], side: 'before' | 'after'): number {
  return sources.reduce((sum, source) => sum + (source[side] === null ? 0 : countDocstrings(source[side])), 0)
}

function itemsOf(source: ChangedSource, side: 'before' | 'after') {
  const tree = source[side]
  return tree === null ? [] : commentsOf(tree).map((comment) => ({ ...comment, path: source.path }))
}
