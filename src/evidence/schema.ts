import { z } from 'zod'
import { digest } from '../task/fields.ts'
import { taskKinds } from '../task/task-schema.ts'
import type { Evidence } from './evidence.ts'
import { probeFormats, probeNames } from './probe.ts'
import type { SameType } from './same-type.ts'
import type { TranscriptLine, Usage } from './transcript.ts'

/** A number of things. */
export const count = z.int().min(0)
const names = z.array(z.string())
const globs = z.array(z.string())

/** Named parts become definitions of the JSON Schemas. */
export const usageSchema = z
  .strictObject({
    input: count,
    output: count,
    cacheRead: count,
    cacheWrite: count,
    requests: count,
    usd: z.number().min(0).nullable(),
  })
  .meta({ id: 'usage' })

export const stopSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('finished') }),
    z.strictObject({ kind: z.literal('asked'), questions: names }),
    z.strictObject({ kind: z.literal('turn-limit'), turns: count }),
    z.strictObject({ kind: z.literal('timed-out'), ms: z.number().min(0) }),
    z.strictObject({ kind: z.literal('budget'), what: z.enum(['usd', 'tokens']) }),
    z.strictObject({ kind: z.literal('failed'), message: z.string() }),
  ])
  .meta({ id: 'stop' })

const entry = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('file'), digest, size: count, executable: z.boolean() }),
    z.strictObject({ type: z.literal('symlink'), digest, target: z.string() }),
    z.strictObject({ type: z.literal('unstable') }),
    z.strictObject({ type: z.literal('special') }),
  ])
  .meta({ id: 'entry' })

const change = z
  .discriminatedUnion('kind', [
    z.strictObject({ path: z.string(), kind: z.literal('added'), now: entry }),
    z.strictObject({ path: z.string(), kind: z.literal('modified'), base: entry, now: entry }),
    z.strictObject({ path: z.string(), kind: z.literal('deleted'), base: entry }),
  ])
  .meta({ id: 'change' })

const snapshot = z.strictObject({ seq: count, at: z.number().min(0), tree: digest, changes: z.array(change) })

const exit = z.discriminatedUnion('ended', [
  z.strictObject({ ended: z.literal('exited'), exitCode: z.int() }),
  z.strictObject({ ended: z.enum(['signalled', 'limit', 'aborted', 'not-started']), reason: z.string() }),
])

const suiteRun = z.strictObject({
  name: z.string(),
  command: z.string(),
  exit,
  ms: z.number().min(0),
  report: digest.nullable(),
  output: digest,
  canaries: z.strictObject({ mustFail: z.string(), mustError: z.string(), guards: z.array(z.string()).exactOptional() }),
})

const probe = z.strictObject({
  name: z.enum(probeNames),
  on: z.enum(['result', 'base']),
  command: z.string(),
  folder: z.string().exactOptional(),
  reads: z.enum(probeFormats),
  finds: z.string().exactOptional(),
  files: z.array(z.string()),
  exit,
  ms: z.number().min(0),
  output: digest,
  errors: digest,
})

const taskFacts = z.strictObject({
  id: z.string(),
  kind: z.enum(taskKinds),
  instruction: digest,
  mayChange: globs,
  scope: z.strictObject({ allow: globs, forbid: globs }),
  deliverable: globs,
  kill: count,
  failToPass: names,
  passToPass: names,
  mutants: names,
  right: names,
  severities: z.record(z.string(), z.enum(['fail', 'warn', 'off'])),
  contradicting: names,
  clarify: z
    .strictObject({
      reading: z.string(),
      questions: z.array(z.strictObject({ id: z.string(), terms: z.array(names), unless: names.exactOptional(), mustAsk: z.boolean() })),
    })
    .exactOptional(),
  twinOf: z.string().exactOptional(),
  declines: z.array(names).exactOptional(),
  measures: z.record(z.string(), names).exactOptional(),
  comments: z.literal('asked').exactOptional(),
  rawSql: z.literal('needed').exactOptional(),
})

const fixtureFacts = z.strictObject({
  name: z.string(),
  stack: z.string(),
  backend: globs,
  frontend: globs,
  shared: globs,
  protected: globs,
  layers: z.array(z.strictObject({ name: z.string(), globs })),
  tests: globs,
  autoloaded: globs,
  litter: globs,
  dependencies: globs,
  commands: z.record(z.string(), z.string()),
  helpers: z.array(z.strictObject({ path: z.string(), name: z.string() })).exactOptional(),
  probes: z.partialRecord(z.enum(probeNames), z.strictObject({ files: globs })).exactOptional(),
})

/** `evidence.json`. */
export const evidenceSchema = z.strictObject({
  schema: z.literal(1),
  task: taskFacts,
  fixture: fixtureFacts,
  runner: z.strictObject({ name: z.string(), trust: z.enum(['observed', 'claimed']) }),
  stop: stopSchema,
  finalMessage: digest,
  usage: usageSchema,
  changes: z.array(change),
  snapshots: z.array(snapshot),
  transcript: digest,
  root: z.string().exactOptional(),
  suites: z.array(suiteRun),
  probes: z.array(probe),
  base: z.record(z.string(), digest),
})

const place = { seq: count, at: z.number().min(0), thread: z.string(), trust: z.enum(['observed', 'claimed']) }

/** One line of `transcript.jsonl`. */
export const transcriptLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...place,
    kind: z.literal('request'),
    model: z.string(),
    system: digest,
    tools: digest,
    messages: z.array(z.unknown()),
    position: count.exactOptional(),
  }),
  z.strictObject({
    ...place,
    kind: z.literal('response'),
    attempts: count,
    message: z.unknown(),
    usage: usageSchema,
    position: count.exactOptional(),
  }),
  z.strictObject({ ...place, kind: z.literal('tool-call'), id: z.string(), name: z.string(), input: z.unknown() }),
  z.strictObject({
    ...place,
    kind: z.literal('tool-result'),
    id: z.string(),
    name: z.string(),
    text: z.string(),
    isError: z.boolean(),
    ms: z.number().min(0),
  }),
  z.strictObject({ ...place, kind: z.literal('snapshot'), snapshot: count, tree: digest, changed: names }),
  z.strictObject({ ...place, kind: z.literal('question'), text: z.string(), options: names, context: z.string().exactOptional() }),
  z.strictObject({
    ...place,
    kind: z.literal('answer'),
    text: z.string(),
    settles: z.strictObject({ ambiguity: z.string(), reading: z.string() }).exactOptional(),
  }),
  z.strictObject({ ...place, kind: z.literal('end'), stop: z.string(), message: z.string() }),
])

true satisfies SameType<z.infer<typeof usageSchema>, Usage>
true satisfies SameType<z.infer<typeof evidenceSchema>, Evidence>
true satisfies SameType<z.infer<typeof transcriptLineSchema>, TranscriptLine>
