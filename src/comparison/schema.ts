import { z } from 'zod'
import type { SameType } from '../evidence/same-type.ts'
import { count } from '../evidence/schema.ts'
import { plannedTaskSchema, rung, ulid, variantSchema } from '../results/schema.ts'
import { digest } from '../task/fields.ts'
import { taskKinds } from '../task/task-schema.ts'
import type { Baseline } from './baseline.ts'
import type { Comparison } from './comparison.ts'
import type { ComparisonRecord } from './comparison-record.ts'

const time = z.iso.datetime('expected a time such as 2026-01-31T12:00:00.000Z')
const p = z.number().min(0).max(1)
const effect = z.number().min(-1).max(1)
const interval = z.strictObject({ low: z.number(), high: z.number() })
const arm = z.enum(['a', 'b'])
const verdict = z.enum(['better', 'worse', 'cannot tell', 'invalid'])

const answer = z.strictObject({
  verdict,
  effect: effect.nullable(),
  interval: interval.nullable(),
  p: z.strictObject({ worse: p, different: p }).nullable(),
  alpha: p,
  exact: z.boolean(),
})

const armSchema = z.strictObject({
  run: ulid,
  createdAt: time,
  folder: z.string(),
  agent: variantSchema.shape.agent,
  runner: z.string(),
  upstream: variantSchema.shape.upstream,
  model: z.strictObject({ asked: z.string(), answered: z.array(z.string()) }),
  passed: count,
  counted: count,
  planned: count,
  unpartnered: count,
  voids: count,
  notRun: count,
})

const reason = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('too-many-voids'), arm, voids: count, trials: count, most: p }),
  z.strictObject({ kind: z.literal('unequal-voids'), a: count, b: count, p, least: p }),
  z.strictObject({ kind: z.literal('two-models'), arm, models: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('other-model-answered'), a: z.string(), b: z.string() }),
  z.strictObject({ kind: z.literal('nothing-counted') }),
])

const taskArm = z.strictObject({ passed: count, counted: count, voids: count, notRun: count })
const ruleArm = z.strictObject({ kept: count, of: count, na: count, inconclusive: count })

/** What `compare --json` prints as `comparison`, and `comparison.json` holds as `result`. */
export const comparisonSchema = z.strictObject({
  schema: z.literal(1),
  a: armSchema,
  b: armSchema,
  order: z.enum(['interleaved', 'separate']),
  notes: z.array(z.string()),
  verdict,
  validity: z.strictObject({
    valid: z.boolean(),
    reasons: z.array(reason),
    voids: z.array(
      z.strictObject({
        phase: z.enum(['prepare', 'workspace', 'agent', 'model', 'suites', 'grade']),
        cause: z.string(),
        a: count,
        b: count,
      }),
    ),
  }),
  gate: answer,
  compare: answer,
  sequential: z
    .strictObject({
      state: z.enum(['decided', 'futile', 'open']),
      wins: count,
      losses: count,
      evidence: z.number().min(0),
      needed: z.number().min(0),
      saved: count,
    })
    .nullable(),
  voidsAsFailures: z.strictObject({ gate: answer, compare: answer, changes: z.boolean() }).nullable(),
  detectable: z.strictObject({ gate: p.nullable(), compare: p.nullable(), from: z.enum(['measured', 'illustrative']) }),
  tasks: z.array(
    z.strictObject({
      task: z.string(),
      title: z.string(),
      kind: z.enum(taskKinds),
      a: taskArm,
      b: taskArm,
      difference: effect,
      p,
      change: z.enum(['collapsed', 'recovered', 'less', 'more', 'same']),
    }),
  ),
  leftOut: z.array(z.strictObject({ task: z.string(), why: z.string() })),
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      a: ruleArm,
      b: ruleArm,
      effect: effect.nullable(),
      p: p.nullable(),
      adjusted: p.nullable(),
      verdict: z.enum(['better', 'worse', 'cannot tell']),
    }),
  ),
  ratios: z.array(
    z.strictObject({
      what: z.enum(['usd', 'tokens', 'turns', 'seconds']),
      ratio: z.number().min(0).nullable(),
      interval: interval.nullable(),
      tasks: count,
    }),
  ),
  promptDiff: z.string().nullable(),
})

/** `comparison.json`. */
export const comparisonRecordSchema = z.strictObject({
  schema: z.literal(1),
  comparison: ulid,
  createdAt: time,
  runs: z.strictObject({ a: ulid, b: ulid }),
  seed: z.string(),
  budgetUsd: z.number().min(0).nullable(),
  sequential: z.boolean(),
  result: comparisonSchema.nullable(),
})

/** `results/baseline.json`. */
export const baselineSchema = z.strictObject({
  schema: z.literal(1),
  harness: z.string(),
  rung,
  variant: variantSchema,
  answered: z.string().nullable(),
  agentText: z.string(),
  tasks: z.array(
    plannedTaskSchema.omit({ cell: true }).extend({
      records: z.array(z.strictObject({ run: ulid, createdAt: time, promptDigest: digest, passed: count, graded: count })),
    }),
  ),
})

true satisfies SameType<z.infer<typeof comparisonSchema>, Comparison>
true satisfies SameType<z.infer<typeof comparisonRecordSchema>, ComparisonRecord>
true satisfies SameType<z.infer<typeof baselineSchema>, Baseline>
