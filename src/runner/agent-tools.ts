import { betaAgentToolset20260401 } from '@anthropic-ai/sdk/tools/agent-toolset/node'
import { z } from 'zod'

/** A tool as the model is told of it. */
export interface ToolDefinition {
  readonly name: string
  readonly description: string
  readonly input_schema: { readonly type: 'object'; readonly [key: string]: unknown }
}

/** The tool that asks the user. It is always offered, and is answered on our side of the wall. */
export const ASK_USER = 'ask_user'

const askUserInput = z.object({
  questions: z
    .array(z.object({ text: z.string().min(1), options: z.array(z.string()).default([]) }))
    .min(1)
    .describe('All open questions, each with the possible answers where they can be listed.'),
})

/** The questions of one call of `ask_user`. */
type Question = z.infer<typeof askUserInput>['questions'][number]

/** The questions of a call's input, or the sentence that tells the model what is wrong with it. */
export function readQuestions(
  input: unknown,
): { readonly kind: 'asked'; readonly questions: readonly Question[] } | { readonly kind: 'bad'; readonly message: string } {
  const read = askUserInput.safeParse(input)
  return read.success ? { kind: 'asked', questions: read.data.questions } : { kind: 'bad', message: z.prettifyError(read.error) }
}

/** Claude Code's names for tools, as agent files write them, to ours. */
const NAMES: Readonly<Record<string, string>> = {
  Read: 'read',
  Write: 'write',
  Edit: 'edit',
  MultiEdit: 'edit',
  Bash: 'bash',
  Glob: 'glob',
  Grep: 'grep',
  AskUserQuestion: ASK_USER,
}

/**
 * The tools of an agent file in the names of this runner; null means all. `ask_user` is always among them.
 * `unknown` lists the names that this runner cannot honour.
 */
export function mapTools(
  tools: readonly string[] | null,
): { readonly kind: 'mapped'; readonly names: readonly string[] } | { readonly kind: 'unknown'; readonly names: readonly string[] } {
  const wanted = tools ?? Object.keys(NAMES)
  const unknown = wanted.filter((tool) => !Object.hasOwn(NAMES, tool))
  if (unknown.length > 0) {
    return { kind: 'unknown', names: unknown }
  }
  return { kind: 'mapped', names: [...new Set([...wanted.map((tool) => NAMES[tool] ?? tool), ASK_USER])] }
}

/** The definitions of the tools named, in a fixed order: prompt caches miss where the order changes. */
export function toolDefinitions(names: readonly string[], workdir: string): readonly ToolDefinition[] {
  return [...toolsetDefinitions(workdir), askUserDefinition()].filter((tool) => names.includes(tool.name))
}

function toolsetDefinitions(workdir: string): readonly ToolDefinition[] {
  return betaAgentToolset20260401({ workdir }).flatMap((tool) =>
    'input_schema' in tool && 'description' in tool
      ? [{ name: tool.name, description: tool.description ?? '', input_schema: { ...tool.input_schema } }]
      : [],
  )
}

function askUserDefinition(): ToolDefinition {
  const { $schema: _, ...schema } = z.toJSONSchema(askUserInput, { io: 'input' })
  return {
    name: ASK_USER,
    description: 'Ask the user. Use it for open questions that must be settled before the work can go on.',
    input_schema: { ...schema, type: 'object' },
  }
}
