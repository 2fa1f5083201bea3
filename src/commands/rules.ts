import { type Rule, restsOn } from '../grading/rule.ts'
import { rules } from '../grading/rules.ts'
import { alignedCells, GAP, markdownTable } from '../report/table.ts'
import type { ExitCode, TerminalIo } from './terminal-io.ts'

/** Prints the rulebook: as a table for people, as the table of the README, or as data. */
export function listRules(options: { readonly json: boolean; readonly markdown: boolean }, io: TerminalIo): ExitCode {
  io.out.write(options.json ? asJson() : options.markdown ? asMarkdown() : asText(io.err.columns ?? Number.MAX_SAFE_INTEGER))
  return 0
}

function asJson(): string {
  const data = rules.map((rule) => {
    const { id, version, severity, gate, kinds, agentRules, rests, measures } = rule
    return { id, version, severity, gate, kinds, agentRules, rests, trust: restsOn(rule), measures }
  })
  return `${JSON.stringify({ rules: data }, null, 2)}\n`
}

const headings = ['rule', 'severity', 'gate', 'prompt', 'rests on', 'measures'] as const

function cells(rule: Rule): readonly string[] {
  const { id, severity, gate, agentRules, rests, measures } = rule
  // What a runner alone saw is marked: its word is all there is where its loop runs beside the agent.
  const facts = rests.map((fact) => (fact === 'tools' ? 'tools*' : fact)).join(', ')
  return [id, severity, gate ?? '', agentRules.join(' '), facts, measures]
}

function asText(width: number): string {
  const columns = headings.map((heading) => ({ heading: heading.toUpperCase(), align: 'left' as const, shrinks: heading === 'measures' }))
  return alignedCells(columns, rules.map(cells), width)
    .map((row) => `${row.join(GAP).trimEnd()}\n`)
    .join('')
}

function asMarkdown(): string {
  return markdownTable(
    headings,
    rules.map((rule) => cells({ ...rule, id: `\`${rule.id}\`` })),
  )
}
