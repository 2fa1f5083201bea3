import type { Severity } from '../evidence/evidence.ts'
import { rules } from '../grading/rules.ts'
import type { Run } from '../results/run.ts'
import { printProblems } from '../task/problem.ts'
import { severityMistake } from '../task/severity-mistake.ts'
import { companionOf, parseAgentRules } from '../variant/agent-rules.ts'
import { readSource } from '../variant/read-agent.ts'

type Severities = NonNullable<Run['severities']>

export type SeveritiesChoice =
  | { readonly kind: 'chosen'; readonly severities: Severities }
  | { readonly kind: 'bad'; readonly message: string }

/** Severities from the agent's companion file and from the command line, every mistake of both told at once. */
export async function chooseSeverities(
  options: { readonly agent: string; readonly rules: Readonly<Record<string, Severity>> },
  root: string,
): Promise<SeveritiesChoice> {
  const file = companionOf(options.agent)
  const bytes = await readSource(file, root)
  const companion = bytes.kind === 'bytes' ? parseAgentRules(bytes.bytes, file) : null
  const given = severityMistakes(options.rules)
  if (bytes.kind === 'absent' && !bytes.missing) {
    return { kind: 'bad', message: bytes.message }
  }
  const problems =
    companion?.kind === 'read'
      ? mistakesIn(companion.rules).map(({ rule, message }) => ({ file, line: companion.at(rule), message }))
      : (companion?.problems ?? [])
  if (problems.length > 0 || given !== null) {
    return { kind: 'bad', message: `${printProblems(problems)}${given ?? ''}`.trimEnd() }
  }
  return { kind: 'chosen', severities: { agent: companion?.kind === 'read' ? companion.rules : {}, commandLine: options.rules } }
}

/** What is wrong with the severities of a command line, a line each; null where nothing is. */
export function severityMistakes(chosen: Readonly<Record<string, Severity>>): string | null {
  const lines = mistakesIn(chosen).map(({ rule, message }) => `--rule ${rule}=${chosen[rule]}: ${message}`)
  return lines.length === 0 ? null : lines.join('\n')
}

function mistakesIn(chosen: Readonly<Record<string, Severity>>): readonly { readonly rule: string; readonly message: string }[] {
  return Object.entries(chosen).flatMap(([rule, severity]) => {
    const message = severityMistake(rule, severity, rules)
    return message === null ? [] : [{ rule, message }]
  })
}

/** The severities of one task in a run: the agent's companion, then the task, then the command line; the later word counts. */
export function severitiesFor(run: Pick<Run, 'severities'>, task: Readonly<Record<string, Severity>>): Readonly<Record<string, Severity>> {
  return { ...run.severities?.agent, ...task, ...run.severities?.commandLine }
}
