import { z } from 'zod'
import type { SameType } from '../evidence/same-type.ts'
import { count, stopSchema, usageSchema } from '../evidence/schema.ts'
import { checkSchema, findingSchema, phaseSchema, rung, secondsSchema, ulid, variantSchema, versionsSchema } from '../results/schema.ts'
import { taskKinds } from '../task/task-schema.ts'
import type { Summary } from './summary.ts'

const share = z.number().min(0).max(1)
const rate = z.strictObject({ count, of: count, interval: z.strictObject({ low: share, high: share }) })
const tally = z.strictObject({ pass: count, fail: count, na: count, inconclusive: count })

const place = { k: z.int().min(1), attempt: z.int().min(1), evidence: z.string() }
const trial = z.discriminatedUnion('outcome', [
  z.strictObject({
    ...place,
    outcome: z.literal('graded'),
    passed: z.boolean(),
    tests: checkSchema,
    scope: checkSchema,
    otherGates: z.array(z.string()),
    stop: stopSchema,
    findings: z.array(findingSchema.extend({ sentence: z.string() })),
  }),
  z.strictObject({ ...place, outcome: z.literal('void'), phase: phaseSchema, cause: z.string(), message: z.string() }),
])

const task = z.strictObject({
  task: z.string(),
  title: z.string(),
  kind: z.enum(taskKinds),
  passed: count,
  graded: count,
  voids: count,
  notRun: count,
  tests: tally,
  scope: tally,
  usage: usageSchema,
  seconds: secondsSchema,
  trials: z.array(trial),
})

const quote = z.strictObject({ task: z.string(), k: z.int().min(1), evidence: z.string(), sentence: z.string(), more: count })

const asking = z.strictObject({
  trials: z.strictObject({ clarify: count, twins: count }),
  precision: rate.nullable(),
  recall: rate.nullable(),
  f1: z.strictObject({ value: share, interval: z.strictObject({ low: share, high: share }) }).nullable(),
  unsure: count,
  silentDefault: rate.nullable(),
  overAsking: rate.nullable(),
})

/** What `report --json` prints of a run. */
export const summarySchema = z.strictObject({
  schema: z.literal(1),
  run: ulid,
  createdAt: z.iso.datetime('expected a time such as 2026-01-31T12:00:00.000Z'),
  folder: z.string(),
  agent: variantSchema.shape.agent,
  runner: z.string(),
  upstream: variantSchema.shape.upstream,
  model: z.strictObject({ asked: z.string(), answered: z.array(z.string()) }),
  rung,
  limitsBy: z.enum(['cgroup v1', 'cgroup v2', 'rlimit', 'watchdog']),
  versions: versionsSchema,
  shard: z.strictObject({ i: z.int().min(1), n: z.int().min(1) }).nullable(),
  trialsPerTask: z.int().min(1),
  notes: z.array(z.string()),
  tasks: z.array(task),
  totals: z.strictObject({
    trials: rate.nullable(),
    tasks: z.strictObject({ always: rate, once: rate }).nullable(),
    voids: z.array(z.strictObject({ phase: phaseSchema, cause: z.string(), count })),
    withoutVerdict: count,
    notRun: count,
    usage: usageSchema,
    seconds: secondsSchema,
    unfinished: count,
  }),
  asking: asking.nullable(),
  conformance: z.array(z.strictObject({ rule: z.string(), kept: rate, na: count, inconclusive: count, worst: z.array(quote) })),
})

true satisfies SameType<z.infer<typeof summarySchema>, Summary>
