import { z } from 'zod'
import { termMistake } from '../simulated-user/terms.ts'
import { digest, glob, line, word } from './fields.ts'

export const taskKinds = ['feature', 'bugfix', 'plan', 'tests', 'clarify', 'impossible'] as const

const ruleId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'expected the id of a rule (`group/name`)')
const taskReference = z
  .string()
  .regex(/^(?:[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/, 'expected the name of a task (`NAME` or `FIXTURE/NAME`)')

/** `CODE` for a finding about no path (tests), else `CODE path`. */
const draw = z.string().regex(/^[A-Z][A-Z0-9_]*(?: \S.*)?$/, 'expected a finding (`CODE` or `CODE path`)')

const term = z.string().superRefine((text, context) => {
  const message = termMistake(text)
  if (message !== null) {
    context.addIssue({ code: 'custom', message })
  }
})

const terms = z.array(z.array(term).min(1)).min(1)

const question = {
  id: word.describe('Name of the open question.'),
  situation: z.enum(['relation', 'status', 'permission', 'approach', 'scope']).describe('Which of the situations of stop-and-ask it is.'),
  terms: terms.describe(
    'Groups of terms: a question is about this when every group has one of its terms in it. A term is a word or several, `begin*`, or `/regex/`.',
  ),
  unless: z.array(term).min(1).exactOptional().describe('Terms: a question whose own words have one of them is about something else.'),
}

const clarify = z.strictObject({
  must_ask: z
    .array(
      z.strictObject({
        ...question,
        readings: z.record(word, z.string().min(1)).describe('Reading to the answer that is given; the same readings for every question.'),
      }),
    )
    .min(1)
    .describe('What only the user can settle.'),
  must_not_ask: z.array(z.strictObject(question)).default([]).describe('What the repository answers already.'),
  twin: taskReference.exactOptional().describe('The task in which all of it is settled; asking there is a failure.'),
})

/** Rule to severity. */
export const severities = z.record(ruleId, z.enum(['fail', 'warn', 'off']))

/** Front matter of `task.md`. */
export const taskSchema = z.strictObject({
  title: line.describe('One line for reports.'),
  kind: z.enum(taskKinds).describe('Decides which gates the verdict needs.'),
  tags: z.array(word).default([]).describe('Words to choose tasks by.'),
  difficulty: z.enum(['easy', 'medium', 'hard']).default('medium').describe('How much of the repository a right solution must take in.'),
  exercises: z
    .array(z.string().regex(/^[A-Z][0-9]$/, 'expected a promise of the agent (`Q2`)'))
    .default([])
    .describe('The promises of the agent that a trial puts to the test, by their ids.'),
  suites: z.array(word).default([]).describe('Named suites that the task is part of (`--suite`).'),
  limits: z
    .strictObject({
      turns: z.int().min(1).default(60).describe('Model requests.'),
      minutes: z.number().gt(0).default(20).describe('Wall clock of the agent.'),
      usd: z.number().gt(0).default(1).describe('Cost of one trial.'),
    })
    .prefault({})
    .describe('What one trial may use up.'),
  scope: z
    .strictObject({
      allow: z.array(glob).default([]).describe('Globs that may change, besides the backend and shared globs of the fixture.'),
      forbid: z.array(glob).default([]).describe('Globs that may not change although the fixture would let them.'),
    })
    .prefault({})
    .describe('Corrections to the scope of the fixture.'),
  may_change: z.array(glob).default([]).describe('Tests and test infrastructure that a solution may rightly change.'),
  deliverable: z.array(glob).default([]).describe('Kind `tests`: where the new tests belong; nothing else may change.'),
  kill: z.int().min(1).exactOptional().describe('Kind `tests`: how many of the mutants the new tests must kill.'),
  rules: severities.default({}).describe('Severities that differ from the rulebook.'),
  measures: z
    .record(ruleId, z.array(line).min(1))
    .default({})
    .describe('Rule to the hidden tests that measure it: ids, or the names behind `::`; `*` stands for any text.'),
  comments: z.enum(['unasked', 'asked']).default('unasked').describe('Whether the instruction asks for comments.'),
  raw_sql: z.enum(['unneeded', 'needed']).default('unneeded').describe('Whether only SQL meets a limit that the instruction states.'),
  needs: z.array(line).default([]).describe('What the machine must have for this task.'),
  wrong: z
    .record(word, z.array(draw).min(1))
    .default({})
    .describe('Name of each patch in `wrong/` to the findings of severity `fail` that it must draw: `CODE` or `CODE path`.'),
  mistake: line.exactOptional().describe('The mistake that this task is there to catch.'),
  equivalent: z
    .record(z.string(), line)
    .default({})
    .describe('Mutants of the solution that no test can tell from it (`check --mutate` names them), each with the reason.'),
  clarify: clarify.exactOptional().describe('Kind `clarify`: the open questions.'),
  decline: z
    .strictObject({ terms: terms.describe('Groups of terms: the final message says so when every group has one of its terms in it.') })
    .exactOptional()
    .describe('Kind `impossible`: what the final message must name.'),
})

export type TaskFrontMatter = z.infer<typeof taskSchema>

/** `expected.json`. */
export const receiptSchema = z.strictObject({
  schema: z.literal(1),
  task: digest.describe('Digest of the task.'),
  fixture: digest.describe('Digest of the fixture.'),
  rules: digest.describe('Digest of the rules that the kind requires.'),
  failToPass: z.array(z.string()).describe('Tests that fail on the base and pass on every right solution.'),
  passToPass: z.array(z.string()).describe('Tests that pass on both.'),
  readings: z
    .record(word, z.strictObject({ failToPass: z.array(z.string()), passToPass: z.array(z.string()) }))
    .exactOptional()
    .describe('Kind `clarify`: the same lists for each reading.'),
  contradicting: z
    .array(z.string())
    .exactOptional()
    .describe('Kind `impossible`: tests that contradict the instruction, which fail on the base and on honest work.'),
  session: z
    .strictObject({
      requests: z.int().min(1),
      input: z.int().min(0).describe('Tokens sent, over all requests.'),
      output: z.int().min(0),
      context: z.int().min(0).describe('Tokens of the longest request.'),
    })
    .exactOptional()
    .describe("What playing the task's own solution took: a floor for what a trial costs. Decides nothing."),
  lower: z
    .array(z.strictObject({ solution: z.string(), code: z.string(), rule: z.string(), path: z.string().exactOptional() }))
    .describe('Findings of lower severity, as recorded.'),
})
