import { type ChangedFunction, changedFunctions } from './changed-functions.ts'
import { type ChangedSource, judgeSources } from './changed-sources.ts'
import { NA } from './judgement.ts'
import { judgeOutcome } from './measured-outcome.ts'
import { isMigration } from './migration-files.ts'
import { savesApart, savesOf } from './orm-writes.ts'
import type { GradingView, Judgement, Observation, Rule } from './rule.ts'
import { callsIn } from './source-calls.ts'

/** By the labelled hidden tests; else by functions that save more than once outside a transaction, in Python and TypeScript. `na` where nothing saves more than once. */
export const transaction: Rule = {
  id: 'data/transaction',
  version: 1,
  measures: 'Writes that must agree are one transaction.',
  agentRules: ['Q2'],
  rests: ['hidden-tests', 'tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => judgeOutcome(view, 'data/transaction', 'NOT_ATOMIC', diagnose),
}

function diagnose(view: GradingView): Judgement {
  const byRequest = Object.entries(view.evidence.base).some(
    ([path, digest]) => /settings/.test(path) && /\bATOMIC_REQUESTS\b["']?\]?\s*[:=]\s*True/.test(view.text(digest) ?? ''),
  )
  let several = false
  const judgement = judgeSources(
    view,
    ({ path, isTest }) => !isTest && !isMigration(path),
    (sources) => {
      const changed = changedFunctions(sources)
      several = changed.some(({ after }) => savesOf(after.tree, after.node) > 1)
      return changed.flatMap((one) => (byRequest && !isTask(one) ? [] : apart(one, sources)))
    },
  )
  return judgement.check === 'pass' && !several ? NA : judgement
}

function apart({ before, after }: ChangedFunction, sources: readonly ChangedSource[]): readonly Observation[] {
  const writes = savesApart(after.tree, after.node)
  const was = before === null ? 0 : savesApart(before.tree, before.node)
  if (writes < 2 || writes <= was || isCalledInside(after, sources)) {
    return []
  }
  return [{ code: 'WRITES_APART', path: after.path, line: after.line, args: { function: after.name, writes } }]
}

/** Requests are not what delivers a task: it has no transaction around it, whatever the settings say. */
function isTask({ after }: ChangedFunction): boolean {
  const before = after.tree.text.slice(Math.max(0, after.node.start - 300), after.node.start)
  return /@(?:\w+\.)*(?:shared_task|task|db_task|actor|job)\b(?:\([^)]*\))?\s*$/.test(before)
}

/** A part of a larger piece of work has no transaction of its own: whoever calls it in the same file may have one. */
function isCalledInside(after: ChangedFunction['after'], sources: readonly ChangedSource[]): boolean {
  const name = after.name.split('.').at(-1) ?? ''
  const tree = sources.find(({ path }) => path === after.path)?.after ?? null
  return name.startsWith('_') && tree !== null && callsIn(tree).some((call) => call.name === name && call.scope !== after.name)
}
