import { z } from 'zod'
import { baselineSchema, comparisonRecordSchema } from '../comparison/schema.ts'
import { evidenceSchema, transcriptLineSchema } from '../evidence/schema.ts'
import { fixtureSchema } from '../fixture/fixture-schema.ts'
import { summarySchema } from '../report/schema.ts'
import { runSchema, trialSchema } from '../results/schema.ts'
import { routingSchema } from '../routing/routing-schema.ts'
import { agentRulesSchema } from '../variant/agent-rules.ts'
import { agentSchema } from '../variant/agent-schema.ts'
import { receiptSchema, taskSchema } from './task-schema.ts'

/** Every file format of Assay's own contracts: its name, what it describes, and the schema that checks it. */
export const schemas = [
  { name: 'task', title: 'Front matter of tasks/FIXTURE/NAME/task.md', schema: taskSchema },
  { name: 'expected', title: 'tasks/FIXTURE/NAME/expected.json', schema: receiptSchema },
  { name: 'fixture', title: 'Front matter of fixtures-repos/NAME/fixture.md', schema: fixtureSchema },
  { name: 'agent', title: 'Front matter of agents/NAME.md', schema: agentSchema },
  { name: 'routing', title: 'tasks/routing/cases.yaml', schema: routingSchema },
  { name: 'run', title: 'results/RUN/run.json', schema: runSchema },
  { name: 'agent-rules', title: 'agents/NAME.rules.yaml', schema: agentRulesSchema },
  { name: 'trial', title: 'One line of results/RUN/trials.jsonl', schema: trialSchema },
  { name: 'report', title: 'What `report --json` prints of a run', schema: summarySchema },
  { name: 'comparison', title: 'results/COMPARISON/comparison.json', schema: comparisonRecordSchema },
  { name: 'baseline', title: 'results/baseline.json', schema: baselineSchema },
  { name: 'evidence', title: 'evidence.json of an attempt', schema: evidenceSchema },
  { name: 'transcript', title: 'One line of transcript.jsonl of an attempt', schema: transcriptLineSchema },
] as const satisfies readonly { readonly name: string; readonly title: string; readonly schema: z.ZodType }[]

/** JSON Schemas (draft-7, which editors understand) by file name, as they lie in `schemas/`. */
export function renderSchemas(): ReadonlyMap<string, string> {
  return new Map(
    schemas.map(({ name, title, schema }) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' })
      return [`${name}.schema.json`, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`]
    }),
  )
}
