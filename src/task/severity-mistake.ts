import type { Severity } from '../evidence/evidence.ts'
import { didYouMean } from './problem.ts'

/** What the one who sets a severity must know of a rule. */
export interface KnownRule {
  readonly id: string
  readonly gate: string | null
  readonly rests: readonly string[]
}

/** Why a rule may not be given this severity, as a sentence; null where it may. What decides a verdict is not for an agent, a task or a command line to switch off. */
export function severityMistake(rule: string, severity: Severity, known: readonly KnownRule[]): string | null {
  const found = known.find(({ id }) => id === rule)
  if (found === undefined) {
    return `there is no rule \`${rule}\`${nearest(rule, known)}`
  }
  return found.gate !== null && severity !== 'fail'
    ? `\`${rule}\` decides the gate ${found.gate}, so its severity is \`fail\` and nothing else`
    : null
}

/** Why hidden tests cannot be labelled with a rule; null where they can. */
export function measureMistake(rule: string, known: readonly KnownRule[]): string | null {
  const found = known.find(({ id }) => id === rule)
  if (found === undefined) {
    return `there is no rule \`${rule}\`${nearest(rule, known)}`
  }
  const measurable = known.filter(({ rests }) => rests.includes('hidden-tests')).map(({ id }) => id)
  return measurable.includes(rule) ? null : `\`${rule}\` is not measured by hidden tests; those that are: ${measurable.join(', ')}`
}

function nearest(rule: string, known: readonly KnownRule[]): string {
  return didYouMean(
    rule,
    known.map(({ id }) => id),
  )
}
