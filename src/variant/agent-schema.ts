import { z } from 'zod'

const text = z.string().regex(/\S/, 'expected text')

/** Front matter of an agent: a Claude Code sub-agent file. Other keys are foreign and stay. */
export const agentSchema = z.looseObject({
  name: text.describe('Name of the agent.'),
  description: text.describe('Tells a delegating agent when to choose it.'),
  model: text.nullable().exactOptional().describe('An alias (`sonnet`), a model id or `inherit`.'),
  tools: z
    .union([z.string(), z.array(text)])
    .nullable()
    .exactOptional()
    .describe('Names with commas between them, or a list; all tools where absent.'),
  color: text.nullable().exactOptional(),
})
