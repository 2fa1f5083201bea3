import { z } from 'zod'
import { word } from '../task/fields.ts'

/** Who should get a request: the agent that is measured, the architect, or nobody (the model answers itself). */
export const routes = ['backend-coder', 'backend-architect', 'neither'] as const

/** `tasks/routing/cases.yaml`. */
export const routingSchema = z.strictObject({
  architect: z.string().min(1).describe('The description of backend-architect, the agent beside the one that is measured.'),
  cases: z
    .array(
      z.strictObject({
        id: word,
        label: z.enum(routes).describe('Who should get it.'),
        context: z.string().default('').describe('What was said and done before the request.'),
        request: z.string().min(1).describe('What the user says.'),
        why: z.string().min(1).describe('What the label follows from.'),
      }),
    )
    .min(1),
})
