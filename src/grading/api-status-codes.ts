import { descendants, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import { addedItems, type Item } from './added-items.ts'
import { judgeSources } from './changed-sources.ts'
import { NA } from './judgement.ts'
import { judgeOutcome } from './measured-outcome.ts'
import type { GradingView, Judgement, Rule } from './rule.ts'
import { callsIn, type SourceCall } from './source-calls.ts'

/**
 * By the labelled hidden tests, which send tables of requests; else by answers that are wrong wherever they stand: 500 on purpose, an error as a success.
 * `na` where no changed source answers a request.
 */
export const statusCodes: Rule = {
  id: 'api/status-codes',
  version: 1,
  measures: 'Answers have the right HTTP status: no error as a success, no 500 on purpose or for what a client sent.',
  agentRules: ['Q3'],
  rests: ['hidden-tests', 'tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'clarify'],
  gate: null,
  judge: (view) => judgeOutcome(view, 'api/status-codes', 'WRONG_STATUS', diagnose),
}

function diagnose(view: GradingView): Judgement {
  let answers = 0
  const judgement = judgeSources(
    view,
    ({ isTest }) => !isTest,
    (sources) => {
      const all = (side: 'before' | 'after') =>
        sources.flatMap((source) => (source[side] === null ? [] : wrongAnswers(source.path, source[side])))
      answers = sources.reduce((sum, { after }) => sum + (after === null ? 0 : callsIn(after).filter(isAnswer).length), 0)
      return addedItems(all('before'), all('after')).map(({ path, line, text, why }) => ({
        code: 'STATUS_BY_HAND',
        path,
        line,
        args: { why, text },
      }))
    },
  )
  return judgement.check === 'pass' && answers === 0 ? NA : judgement
}

interface Answer extends Item {
  readonly why: string
}

const RESPONSES = /^(?:Response|JsonResponse|HttpResponse|JSONResponse|ORJSONResponse|HTTPException|APIException)$/
/** Where a crash is turned into an answer, 500 is right. */
const HANDLER = /(?:server_error|handler500|exception_handler|error_?handler|handle_?(?:uncaught|unexpected|exception|error))/i

function isAnswer({ name, receiver }: SourceCall): boolean {
  const isReply = /^(?:status|sendStatus|code)$/.test(name) && /^(?:res|reply|response|c)(?:\.|$)/.test(receiver)
  return (
    (RESPONSES.test(name) || name === 'HttpResponseServerError' || isReply || (name === 'JSON' && receiver === 'c')) &&
    receiver !== 'requests'
  )
}

function wrongAnswers(path: string, tree: SyntaxTree): readonly Answer[] {
  return callsIn(tree)
    .filter(isAnswer)
    .flatMap((call) => {
      const why = whyWrong(tree, call)
      return why === null
        ? []
        : [{ path, line: call.node.line, scope: call.scope, why, text: textOf(tree, call.node).replaceAll(/\s+/g, ' ').slice(0, 120) }]
    })
}

function whyWrong(tree: SyntaxTree, call: SourceCall): string | null {
  const { name, keywords, given, scope } = call
  const named = keywords.get('status') ?? keywords.get('status_code')
  const place =
    RESPONSES.test(name) && tree.language === 'python'
      ? named
      : given.find((node) => /^(?:number|integer|int_literal|selector_expression|member_expression)$/.test(node.type))
  const status = place === undefined ? null : textOf(tree, place)
  if (
    name === 'HttpResponseServerError' ||
    (status !== null && /^(?:500|(?:\w+\.)*(?:HTTP_500_\w+|INTERNAL_SERVER_ERROR|StatusInternalServerError))$/.test(status))
  ) {
    // In Go every handler says by itself what a failing store is to a client.
    return HANDLER.test(scope) || tree.language === 'go' ? null : 'It answers 500 on purpose'
  }
  const isSuccess = status === null ? RESPONSES.test(name) && !/Exception$/.test(name) : /^(?:2\d\d|(?:\w+\.)*HTTP_2\d\d_\w+)$/.test(status)
  return isSuccess && tellsError(tree, call) ? 'It answers an error as a success' : null
}

/** A body that is written out with `error` among its first keys. */
function tellsError(tree: SyntaxTree, { given }: SourceCall): boolean {
  const [body] = given
  if (body?.type !== 'dictionary' && body?.type !== 'object') {
    return false
  }
  const pairs = body.children.filter(({ type }) => type === 'pair')
  return pairs.some((pair) => {
    const [key, value] = [pair.children[0], pair.children.at(-1)]
    const isError = key !== undefined && /^["']?errors?["']?$/.test(textOf(tree, key))
    const isEmpty = value === undefined || /^(?:None|null|undefined|\[\]|\{\}|""|'')$/.test(textOf(tree, value))
    return isError && !isEmpty && descendants(pair).some(({ type }) => /string|call|identifier|dictionary|object/.test(type))
  })
}
