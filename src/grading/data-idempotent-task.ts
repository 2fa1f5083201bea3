import { childOf, descendants, textOf } from '../syntax/syntax.ts'
import { type ChangedFunction, changedFunctions } from './changed-functions.ts'
import { judgeSources } from './changed-sources.ts'
import { NA } from './judgement.ts'
import { judgeOutcome } from './measured-outcome.ts'
import type { GradingView, Judgement, Observation, Rule } from './rule.ts'
import { callsIn, type SourceCall } from './source-calls.ts'

/**
 * By the labelled hidden tests, which run a task twice; else by tasks of Celery and its like that create, send or count up and look at nothing first. What a task
 * hands on to a service is not seen: `na` where it does nothing by itself that a second delivery would do again.
 */
export const idempotentTask: Rule = {
  id: 'data/idempotent-task',
  version: 1,
  measures: 'Async tasks can be delivered twice and leave what one delivery leaves.',
  agentRules: ['Q5'],
  rests: ['hidden-tests', 'tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => judgeOutcome(view, 'data/idempotent-task', 'NOT_IDEMPOTENT', diagnose),
}

function diagnose(view: GradingView): Judgement {
  let effects = 0
  const judgement = judgeSources(
    view,
    ({ path, isTest }) => !isTest && path.endsWith('.py'),
    (sources) =>
      changedFunctions(sources).flatMap((changed) => {
        const found = isTask(changed) ? effectsOf(changed) : []
        effects += found.length
        return found.length > 0 && !looksFirst(changed) ? [repeats(changed, found)] : []
      }),
  )
  return judgement.check === 'pass' && effects === 0 ? NA : judgement
}

function isTask({ after: { tree, node } }: ChangedFunction): boolean {
  const before = tree.text.slice(Math.max(0, node.start - 400), node.start)
  return /@(?:\w+\.)*(?:shared_task|task|db_task|actor|job)\b(?:\([^)]*\))?\s*(?:@[^\n]*\s*)*$/.test(before)
}

const POSTS = /^(?:requests|httpx|client|session)$/

function isEffect({ name, receiver, keywords }: SourceCall): boolean {
  const creates = (name === 'create' || name === 'bulk_create') && /\bobjects$/.test(receiver) && !keywords.has('ignore_conflicts')
  const sends =
    /^(?:send_mail|send_mass_mail|mail_admins|mail_managers)$/.test(name) || (name === 'send' && /mail|message|email/i.test(receiver))
  return creates || sends || (['post', 'put', 'patch'].includes(name) && POSTS.test(receiver))
}

function effectsOf({ after: { tree, node } }: ChangedFunction): readonly SourceCall[] {
  return callsIn({ ...tree, root: node }).filter(isEffect)
}

/** Any condition, any catch of a refused duplicate, any write that only takes effect once. */
function looksFirst({ after: { tree, node } }: ChangedFunction): boolean {
  const body = childOf(node, 'body') ?? node
  const hasCondition = descendants(body).some(({ type }) =>
    ['if_statement', 'conditional_expression', 'match_statement', 'except_clause'].includes(type),
  )
  return (
    hasCondition ||
    callsIn({ ...tree, root: body }).some(({ name }) =>
      /^(?:get_or_create|update_or_create|select_for_update|add|setnx|get_lock)$/.test(name),
    )
  )
}

function repeats({ after: { tree, name, path } }: ChangedFunction, [first]: readonly SourceCall[]): Observation {
  const node = first?.node
  const text = node === undefined ? '' : textOf(tree, node).replaceAll(/\s+/g, ' ').slice(0, 120)
  return { code: 'REPEATS_EFFECT', path, line: node?.line ?? 1, args: { function: name, text } }
}
