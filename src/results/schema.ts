import { z } from 'zod'
import type { SameType } from '../evidence/same-type.ts'
import { count, stopSchema, usageSchema } from '../evidence/schema.ts'
import { digest } from '../task/fields.ts'
import { severities, taskKinds } from '../task/task-schema.ts'
import type { Run } from './run.ts'
import type { Trial } from './trial.ts'

/** A ULID. */
export const ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'expected a ULID')

/** What a run measures. */
export const variantSchema = z.strictObject({
  agent: z.strictObject({ name: z.string(), file: z.string(), promptDigest: digest, fileDigest: digest }),
  runner: z.string(),
  upstream: z.enum(['api', 'reference', 'replay']),
  model: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  digest,
})

/** A rung of the capability ladder. */
export const rung = z.enum(['overlay+bwrap', 'copy+bwrap', 'none'])

/** One task of a run's plan. */
export const plannedTaskSchema = z.strictObject({
  task: z.string(),
  cell: digest,
  taskDigest: digest,
  fixtureDigest: digest,
  environmentDigest: digest,
  title: z.string(),
  kind: z.enum(taskKinds),
})

/** Versions of what took part. */
export const versionsSchema = z.strictObject({
  assay: z.string(),
  node: z.string(),
  bwrap: z.string().nullable(),
  git: z.string(),
  python: z.string(),
})

/** `run.json`. */
export const runSchema = z.strictObject({
  schema: z.literal(1),
  run: ulid,
  createdAt: z.iso.datetime('expected a time such as 2026-01-31T12:00:00.000Z'),
  variant: variantSchema,
  severities: z.strictObject({ agent: severities, commandLine: severities }).exactOptional(),
  rung,
  limitsBy: z.enum(['cgroup v1', 'cgroup v2', 'rlimit', 'watchdog']),
  plan: z.strictObject({
    tasks: z.array(plannedTaskSchema),
    trials: z.int().min(1),
    concurrency: z.int().min(1),
    seed: z.string(),
    shard: z.strictObject({ i: z.int().min(1), n: z.int().min(1) }).nullable(),
    budgetUsd: z.number().min(0).nullable(),
  }),
  versions: versionsSchema,
  host: z.strictObject({ platform: z.string(), release: z.string(), cpus: z.int().min(1), memoryBytes: count }),
  warnings: z.array(z.string()),
})

const seconds = z.number().min(0)
/** Seconds by phase. */
export const secondsSchema = z.strictObject({ prepare: seconds, agent: seconds, suites: seconds, grade: seconds })

/** A rule's answer. */
export const checkSchema = z.enum(['pass', 'fail', 'na', 'inconclusive'])
const checks = z.record(z.string(), checkSchema)

/** Where a trial became void. */
export const phaseSchema = z.enum(['prepare', 'workspace', 'agent', 'model', 'suites', 'grade'])

const identity = {
  id: digest,
  cell: digest,
  run: ulid,
  task: z.string(),
  fixture: z.string(),
  k: z.int().min(1),
  attempt: z.int().min(1),
  seconds: secondsSchema,
  usage: usageSchema,
  models: z.array(z.string()),
}

/** One reason against the work. */
export const findingSchema = z.strictObject({
  code: z.string(),
  rule: z.string(),
  severity: z.enum(['fail', 'warn']),
  path: z.string().exactOptional(),
  line: z.int().min(1).exactOptional(),
  args: z.record(z.string(), z.union([z.string(), z.number()])),
})

const asking = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('clarify'),
    open: count,
    questions: count,
    matched: count,
    unsure: count,
    silent: z.boolean(),
  }),
  z.strictObject({ role: z.literal('twin'), questions: count }),
])

/** One line of `trials.jsonl`. */
export const trialSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    ...identity,
    outcome: z.literal('graded'),
    passed: z.boolean(),
    gates: checks,
    checks,
    findings: z.array(findingSchema),
    stop: stopSchema,
    asking: asking.exactOptional(),
  }),
  z.strictObject({
    ...identity,
    outcome: z.literal('void'),
    phase: phaseSchema,
    cause: z.string(),
    message: z.string(),
  }),
])

true satisfies SameType<z.infer<typeof runSchema>, Run>
true satisfies SameType<z.infer<typeof trialSchema>, Trial>
