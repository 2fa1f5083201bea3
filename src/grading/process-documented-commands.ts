import { classOf } from './command-class.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import type { GradingView, Observation, Rule } from './rule.ts'
import { readShell } from './shell.ts'
import { runs, shellCalls } from './shell-calls.ts'
import type { Program } from './shell-unwrap.ts'
import { requestedTimeline } from './timeline.ts'

/** Calls are what the model said, so nobody's word is needed. Reading, searching and git need no documentation. */
export const documentedCommands: Rule = {
  id: 'process/documented-commands',
  version: 1,
  measures: 'Takes the commands for tests, linters, migrations and servers from CLAUDE.md and assumes none.',
  agentRules: ['C1'],
  rests: ['model'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify', 'impossible'],
  gate: null,
  judge: (view) => {
    const timeline = requestedTimeline(view)
    if (timeline === null) {
      return INCONCLUSIVE
    }
    const shells = shellCalls(timeline)
    const commands = shells.flatMap(({ line }) => line?.commands ?? [])
    const documented = [...Object.values(view.evidence.fixture.commands), ...commandsInInstruction(view)]
    const isDocumented = (words: Program) => documented.some((one) => runs(words, one))
    const assumed = commands.filter(({ words }) => !isDocumented(words) && classOf(words) !== null).map(({ words }) => words)
    const unreadable = shells.some(({ line }) => line === null)
    if (assumed.length === 0 && unreadable) {
      return INCONCLUSIVE
    }
    return assumed.length === 0 && !commands.some(({ words }) => isDocumented(words)) ? NA : failIfAny(findings(assumed))
  },
}

function findings(assumed: readonly Program[]): readonly Observation[] {
  const texts = assumed.map((words) => ({ command: words.join(' ').slice(0, 200), kind: classOf(words) ?? '' }))
  return [...new Map(texts.map((one) => [one.command, one])).values()].map(({ command, kind }) => ({
    code: 'COMMAND_ASSUMED',
    args: { command, kind, times: texts.filter((one) => one.command === command).length },
  }))
}

/** A command that the user wrote out is not assumed either. */
function commandsInInstruction(view: GradingView): readonly string[] {
  const text = view.text(view.evidence.task.instruction) ?? ''
  const spans = [...text.matchAll(/`([^`\n]+)`|^(?: {4}|\$ )(.+)$/gm)].map(([, span, line]) => span ?? line ?? '')
  return spans.filter((span) => readShell(span)?.commands.some(({ words }) => classOf(words) !== null))
}
