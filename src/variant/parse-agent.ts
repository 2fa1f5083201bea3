import { canonicalJson, sha256 } from '../evidence/digest.ts'
import { checkShape } from '../task/check-shape.ts'
import { readFrontMatter } from '../task/front-matter.ts'
import type { Problem } from '../task/problem.ts'
import { decodeText } from '../task/task-files.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { agentSchema } from './agent-schema.ts'

export type AgentReading =
  /** `warnings`: keys that Assay does not know. */
  | { readonly kind: 'read'; readonly agent: AgentDefinition; readonly warnings: readonly Problem[] }
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

/** Reads a Claude Code sub-agent file. Pure; `file` is how problems name it. */
export function parseAgent(bytes: Uint8Array, file: string): AgentReading {
  const text = decodeText(bytes)
  if (text === null) {
    return { kind: 'bad', problems: [{ file, line: 1, message: 'is not UTF-8' }] }
  }
  const reading = readFrontMatter(text, file)
  if (reading.kind === 'bad') {
    return reading
  }
  const shape = checkShape(agentSchema, reading, file)
  // Claude Code trims the body too: with the blank lines kept, it could not be found in what the model was sent.
  const body = reading.body.trim()
  const empty = body === '' ? [{ file, line: 1, message: 'has no system prompt: nothing stands below the front matter' }] : []
  if (shape.kind === 'bad' || empty.length > 0) {
    return { kind: 'bad', problems: [...(shape.kind === 'bad' ? shape.problems : []), ...empty] }
  }
  const { name, description, model = null, tools: written = null } = shape.value
  const tools = toolNames(written)
  const foreign = Object.keys(shape.value).filter((key) => !(key in agentSchema.shape))
  const promptDigest = sha256(canonicalJson({ body, tools, model }))
  return {
    kind: 'read',
    agent: { name, description, body, model, tools, foreign, promptDigest, fileDigest: sha256(bytes) },
    warnings: shape.warnings,
  }
}

function toolNames(written: string | readonly string[] | null): readonly string[] | null {
  if (written === null || written === '*') {
    return null
  }
  // A comma inside parentheses is part of a permission: `Bash(git add:*, git commit:*)`.
  const names = typeof written === 'string' ? written.split(/,(?![^(]*\))/) : written
  return names.map((name) => name.trim()).filter((name) => name !== '')
}
