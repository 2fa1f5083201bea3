import { z } from 'zod'
import type { Severity } from '../evidence/evidence.ts'
import { checkShape } from '../task/check-shape.ts'
import type { Problem } from '../task/problem.ts'
import { decodeText } from '../task/task-files.ts'
import { severities } from '../task/task-schema.ts'
import { readYaml } from '../task/yaml-document.ts'

/** The companion of an agent's file: severities that differ from the rulebook for this agent. */
export const agentRulesSchema = z.strictObject({ rules: severities })

export type AgentRulesReading =
  | { readonly kind: 'read'; readonly rules: Readonly<Record<string, Severity>>; at(rule: string): number }
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

/** Where the companion of an agent lies, whether that is a path or `git:REV:PATH`: `agents/NAME.rules.yaml` beside `agents/NAME.md`. */
export function companionOf(agent: string): string {
  return `${agent.replace(/\.md$/, '')}.rules.yaml`
}

/** Reads a companion. Pure; `file` is how problems name it. */
export function parseAgentRules(bytes: Uint8Array, file: string): AgentRulesReading {
  const text = decodeText(bytes)
  if (text === null) {
    return { kind: 'bad', problems: [{ file, line: 1, message: 'is not UTF-8' }] }
  }
  const document = readYaml(text, file)
  const shape = document.kind === 'bad' ? document : checkShape(agentRulesSchema, document, file)
  if (document.kind === 'bad' || shape.kind === 'bad') {
    return { kind: 'bad', problems: shape.kind === 'bad' ? shape.problems : [] }
  }
  return { kind: 'read', rules: shape.value.rules, at: (rule) => document.at(['rules', rule]).line }
}
