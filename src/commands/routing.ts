import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resolveModel } from '../gateway/models.ts'
import { listPrices, type Prices, usageOf } from '../gateway/prices.ts'
import { coloured, plain } from '../report/paint.ts'
import { type RoutingReport, renderRouting, renderRoutingJson, renderRoutingMarkdown } from '../report/routing-report.ts'
import { cannotDelegate, delegationRequest, MOST_TOKENS } from '../routing/delegation.ts'
import { type RoutingCases, readCases } from '../routing/read-cases.ts'
import { type RoutingRun, routeCases } from '../routing/route-cases.ts'
import { routes } from '../routing/routing-schema.ts'
import { confusionOf } from '../statistics/confusion.ts'
import { printProblems } from '../task/problem.ts'
import type { AgentDefinition } from '../variant/agent-definition.ts'
import { readAgent } from '../variant/read-agent.ts'
import { openApi } from './open-upstream.ts'
import { wantsColour } from './show-report.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** `assay routing`, as the user gave it; null where an option was not given. */
export interface RoutingOptions {
  readonly agent: string
  readonly model: string | null
  readonly budgetUsd: number | null
  readonly prices: Prices
  readonly json: boolean
  readonly markdown: boolean
}

const FILE = 'tasks/routing/cases.yaml'

/** USD, unless the user says otherwise. */
const BUDGET_USD = 5

const CONCURRENCY = 4

/** Measures whether the description of an agent makes a delegating model choose rightly: one request a case. */
export async function routing(options: RoutingOptions, io: TerminalIo): Promise<ExitCode> {
  const source = await readAgent(options.agent, io.root)
  if (source.kind !== 'read') {
    return refuse(io, source.kind === 'absent' ? source.message : printProblems(source.problems).trimEnd())
  }
  const { agent } = source
  const unfit = cannotDelegate(agent.name)
  if (unfit !== null) {
    return refuse(io, `${options.agent}: ${unfit}.`)
  }
  const text = await readFile(join(io.root, FILE), 'utf8').catch(() => null)
  const read = text === null ? null : readCases(text, FILE)
  if (read?.kind !== 'read') {
    return refuse(io, read === null ? `${FILE} is missing.` : printProblems(read.problems).trimEnd())
  }
  if (!io.env.ANTHROPIC_API_KEY) {
    return refuse(io, 'assay routing asks a live model, and needs ANTHROPIC_API_KEY in the environment.')
  }
  const model = resolveModel(null, options.model)
  const { architect, cases } = read.cases
  const agents = { coder: { name: agent.name, description: agent.description }, architect }
  const budgetUsd = options.budgetUsd ?? BUDGET_USD
  io.err.write(`${announce(read.cases, agents, model, { ...options, budgetUsd })}\n`)
  const ran = await routeCases({
    cases,
    agents,
    model,
    upstream: openApi(io.env),
    budgetUsd,
    prices: options.prices,
    concurrency: CONCURRENCY,
    signal: io.interrupt,
    onRouted: (_, done) => io.err.write(done % 10 === 0 ? `${done} of ${cases.length} cases\n` : ''),
  })
  const report = reportOf(agent, options.agent, model, ran)
  const other = options.markdown ? renderRoutingMarkdown(report) : renderRouting(report, wantsColour(io) ? coloured : plain)
  io.out.write(options.json ? renderRoutingJson(report) : other)
  return exitOf(ran, io)
}

function exitOf({ routed, models, notSent }: RoutingRun, io: TerminalIo): ExitCode {
  if (io.interrupt.aborted) {
    return io.interrupt.reason === 'SIGTERM' ? 143 : 130
  }
  if (models.length > 1) {
    io.err.write(`Invalid: ${models.join(' and ')} both answered.\n`)
    return 3
  }
  if (!routed.some(({ kind }) => kind === 'routed')) {
    io.err.write('Invalid: no case was answered.\n')
    return 3
  }
  if (notSent > 0) {
    io.err.write(`The budget is used up: ${notSent} cases were not sent.\n`)
  }
  return 0
}

/** What is about to happen and what it will about cost: four characters a token, and answers of full length. */
function announce(
  { cases }: RoutingCases,
  agents: Parameters<typeof delegationRequest>[1],
  model: string,
  { budgetUsd, prices }: { readonly budgetUsd: number; readonly prices: Prices },
): string {
  const input = cases.reduce((sum, one) => sum + Math.ceil(JSON.stringify(delegationRequest(one, agents, model).body).length / 4), 0)
  const usage = { input_tokens: input, output_tokens: MOST_TOKENS * cases.length }
  const { usd } = usageOf({ model, usage }, { ...listPrices, ...prices })
  const cost =
    usd === null
      ? 'its price is not known (--price), so no bound in USD can be kept.'
      : `at most about ${usd.toFixed(2)} USD; nothing is sent after ${budgetUsd} USD.`
  return `${cases.length} cases, one request each, model ${model}: ${cost}`
}

function reportOf(agent: AgentDefinition, file: string, model: string, { routed, notSent, usage, models }: RoutingRun): RoutingReport {
  const answered = routed.flatMap((one) => (one.kind === 'routed' ? [{ ...one.case, chosen: one.to }] : []))
  return {
    schema: 1,
    agent: { name: agent.name, file, fileDigest: agent.fileDigest },
    model: { asked: model, answered: models },
    confusion: confusionOf(
      routes,
      answered.map(({ label, chosen }) => ({ right: label, chosen })),
    ),
    misrouted: answered
      .filter(({ label, chosen }) => label !== chosen)
      .map(({ id, label, chosen, request, why }) => ({ id, right: label, chosen, request, why })),
    unanswered: routed.flatMap((one) => (one.kind === 'unanswered' ? [{ id: one.case.id, cause: one.cause, message: one.message }] : [])),
    notSent,
    usage,
  }
}
