import { addedItems, type Item } from './added-items.ts'
import { type ChangedFunction, changedFunctions, type SourceFunction } from './changed-functions.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import { depthOf, elseAfterExit, isWrapped } from './function-shape.ts'
import type { Observation, Rule } from './rule.ts'
import { visitScopes } from './source-scopes.ts'

/** Levels of structures inside a function that need no explanation. */
const DEEPEST = 3

/** An `else` after a branch that always leaves; a changed function that stands inside one `if`, or nests deeper than it did. Tests are not looked at. */
export const earlyReturn: Rule = {
  id: 'style/early-return',
  version: 1,
  measures: 'Early returns over deep nesting.',
  agentRules: ['Y4'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) =>
    judgeSources(
      view,
      ({ isTest }) => !isTest,
      (sources) => [...newElses(sources), ...changedFunctions(sources).flatMap(shape)],
    ),
}

function newElses(sources: readonly ChangedSource[]): readonly Observation[] {
  const all = (side: 'before' | 'after') => sources.flatMap((source) => elses(source, side))
  return addedItems(all('before'), all('after')).map(({ path, line, text }) => ({
    code: 'ELSE_AFTER_EXIT',
    path,
    line,
    args: { condition: text.slice(0, 120) },
  }))
}

function elses({ path, ...sides }: ChangedSource, side: 'before' | 'after'): readonly Item[] {
  const tree = sides[side]
  const found: Item[] = []
  if (tree !== null) {
    visitScopes(tree, (node, scope, parents) => {
      const clause = elseAfterExit(node, parents.at(-1) ?? null)
      if (clause !== null) {
        const head = tree.text.slice(node.start, clause.head.end)
        found.push({ text: head.replaceAll(/\s+/g, ' '), scope, path, line: clause.at.line })
      }
    })
  }
  return found
}

function shape({ before, after }: ChangedFunction): readonly Observation[] {
  const { name, path, line } = after
  const place = { path, line }
  const wraps = (one: SourceFunction): boolean => isWrapped(one.node)
  const limit = Math.max(DEEPEST, before === null ? 0 : depthOf(before.node))
  const depth = depthOf(after.node)
  return [
    ...(wraps(after) && !(before !== null && wraps(before))
      ? [{ code: 'WRAPPED_IN_IF', ...place, args: { function: name } } as const]
      : []),
    ...(depth > limit ? [{ code: 'NESTED_TOO_DEEP', ...place, args: { function: name, depth, limit } } as const] : []),
  ]
}
