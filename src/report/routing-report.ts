import type { Usage } from '../evidence/transcript.ts'
import type { Confusion } from '../statistics/confusion.ts'
import { cut, markdownCode, markdownText, printable } from './escape.ts'
import { bounds, dollars, grouped, percent, plural } from './figures.ts'
import { safeJson } from './json.ts'
import type { Paint } from './paint.ts'
import { alignedCells, GAP } from './table.ts'

/** What a run over the routing cases showed. Cases that were not answered are in no rate. */
export interface RoutingReport {
  readonly schema: 1
  readonly agent: { readonly name: string; readonly file: string; readonly fileDigest: string }
  readonly model: { readonly asked: string; readonly answered: readonly string[] }
  readonly confusion: Confusion<string>
  readonly misrouted: readonly {
    readonly id: string
    readonly right: string
    readonly chosen: string
    readonly request: string
    readonly why: string
  }[]
  readonly unanswered: readonly { readonly id: string; readonly cause: string; readonly message: string }[]
  readonly notSent: number
  readonly usage: Usage
}

type Share = Confusion<string>['accuracy']

const WIDTH = 100

/** For a person at a terminal. */
export function renderRouting(report: RoutingReport, paint: Paint): string {
  const { agent, model, confusion } = report
  const answered = model.answered.map(printable).join(', ') || 'nobody'
  return `${[
    `${paint('bold', printable(agent.name))}: routing by its description, model ${printable(model.asked)}, answered by ${answered}`,
    table(['SHOULD GO TO', ...confusion.labels, 'RECALL'], matrixRows(confusion)),
    table(
      ['CHOSEN', 'PRECISION'],
      confusion.byLabel.map(({ label, precision }) => [label, shareText(precision)]),
    ),
    report.misrouted
      .map(({ id, right, chosen, request, why }) => {
        const text = `${printable(cut(request.replaceAll('\n', ' '), 200))}\n    ${printable(cut(why, 200))}`
        return `${paint('red', '✗')} ${id}: ${right}, not ${chosen}\n    ${text}`
      })
      .join('\n'),
    totals(report)
      .map((line) => printable(line))
      .join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n\n')}\n`
}

/** As GitHub-flavoured Markdown. */
export function renderRoutingMarkdown(report: RoutingReport): string {
  const { agent, model, confusion } = report
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rows = matrixRows(confusion).map(([label = '', ...cells]) => row([markdownCode(label), ...cells]))
  return `${[
    `## Routing: ${markdownText(agent.name)}`,
    `Model ${markdownCode(model.asked)}, answered by ${model.answered.map(markdownCode).join(', ') || 'nobody'}; description of \`${agent.fileDigest.slice(0, 12)}\`.`,
    [
      row(['Should go to', ...confusion.labels, 'Recall']),
      row(
        confusion.labels
          .map(() => '---:')
          .toSpliced(0, 0, '---')
          .concat('---'),
      ),
      ...rows,
    ].join('\n'),
    [
      row(['Chosen', 'Precision']),
      '|---|---|',
      ...confusion.byLabel.map(({ label, precision }) => row([markdownCode(label), shareText(precision)])),
    ].join('\n'),
    report.misrouted
      .map(({ id, right, chosen, request }) => `- ${markdownCode(id)}: ${right}, not ${chosen}: ${markdownText(cut(request, 300))}`)
      .join('\n'),
    totals(report)
      .map((line) => `- ${markdownText(line)}`)
      .join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n\n')}\n`
}

/** All of it as data. */
export function renderRoutingJson(report: RoutingReport): string {
  return `${safeJson(report, 2)}\n`
}

function matrixRows({ matrix, byLabel }: Confusion<string>): readonly (readonly string[])[] {
  return byLabel.map(({ label, recall }, at) => [label, ...(matrix[at] ?? []).map(String), shareText(recall)])
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = headings.map((heading, at) => ({
    heading,
    align: at === 0 || at === headings.length - 1 ? ('left' as const) : ('right' as const),
  }))
  return alignedCells(columns, rows, WIDTH)
    .map((row) => `  ${row.join(GAP)}`.trimEnd())
    .join('\n')
}

function totals({ confusion, unanswered, notSent, usage }: RoutingReport): readonly string[] {
  const causes = [...new Set(unanswered.map(({ cause }) => cause))]
  const tokens = `${plural(usage.requests, 'request')}, ${grouped(usage.input + usage.cacheRead + usage.cacheWrite)} tokens in, ${grouped(usage.output)} out`
  return [
    `Routed rightly: ${shareText(confusion.accuracy)}`,
    ...causes.map((cause) => `Not answered: ${plural(unanswered.filter((one) => one.cause === cause).length, 'case')}, ${cause}`),
    ...(notSent > 0 ? [`Not sent: ${plural(notSent, 'case')}`] : []),
    `Cost: ${dollars(usage.usd)} (${tokens})`,
  ]
}

function shareText(share: Share): string {
  return share === null
    ? 'none'
    : `${share.count} of ${share.of}, ${percent(share.count / share.of)} % (95 % interval ${bounds(share.interval)})`
}
