import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodAgent } from '../../grader-report/violators/feature.ts'
import type { Violator, ViolatorTurn } from '../../grader-report/violators/violator.ts'
import { violators } from '../../grader-report/violators.ts'
import { type ScriptedTurn, startScriptedApi } from '../../src/gateway/scripted-api.ts'
import type { ModelRequest } from '../../src/gateway/upstream.ts'
import { rules } from '../../src/grading/rules.ts'
import type { GradedTrial } from '../../src/results/trial.ts'
import type { ToyProject } from '../toy-project.ts'
import { openViolatedProject } from '../violated-project.ts'

/** A seed with which the reading of the clarify task is the one that its violator builds. */
const SEED = 'one'
const GOOD = 'nothing'

const scripts = new Map<string, readonly ViolatorTurn[]>([...violators.map(({ rule, turns }) => [rule, turns] as const), [GOOD, goodAgent]])
const trials = new Map<string, GradedTrial>()
const idle: GradedTrial[] = []
const reference: GradedTrial[] = []
let project: ToyProject

beforeAll(async () => {
  project = await openViolatedProject()
  const tasks = [...new Set(violators.map((one) => one.task))]
  await Promise.all([
    ...tasks.map((task) =>
      play(task, [...violators.filter((one) => one.task === task).map(({ rule }) => rule), ...(task === 'shipping' ? [GOOD] : [])]),
    ),
    run('idle', ['--runner', 'nop', '*']).then((all) => idle.push(...all.map(({ trial }) => trial))),
    run('reference', ['*']).then((all) => reference.push(...all.map(({ trial }) => trial))),
  ])
}, 300_000)
afterAll(() => project[Symbol.asyncDispose]())

/** One run of a task with a trial for each of these scripts, whichever trial comes first. Its first words tell which script a thread follows. */
async function play(task: Violator['task'], names: readonly string[]): Promise<void> {
  const waiting = [...names]
  await using api = await startScriptedApi({
    script: ({ body }, index) => {
      const name = index === 0 ? waiting.shift() : /Breaks: ([a-z/-]+)\./.exec(wordsOf(body))?.[1]
      const turns = scripts.get(name ?? '') ?? []
      return answer(turns[index] ?? { text: 'Done.', calls: [] }, index === 0 ? `Breaks: ${name}. ` : '', index)
    },
  })
  const env = { ANTHROPIC_API_KEY: 'sk-ant-x', ANTHROPIC_BASE_URL: api.url }
  const played = await run(task, ['--trials', `${names.length}`, '--seed', SEED, `toy-shop/${task}`], env)
  for (const { trial, transcript } of played) {
    trials.set(/Breaks: ([a-z/-]+)\./.exec(transcript)?.[1] ?? '', trial)
  }
}

function wordsOf({ messages }: ModelRequest['body']): string {
  return JSON.stringify(messages.filter(({ role }) => role === 'assistant'))
}

function answer({ text, calls }: ViolatorTurn, mark: string, index: number): ScriptedTurn {
  const uses = calls.map(({ name, input }, at) => ({ type: 'tool_use', id: `call-${index}-${at}`, name, input }))
  return { content: [{ type: 'text', text: `${mark}${text}` }, ...uses] }
}

interface Ended {
  readonly trial: GradedTrial
  readonly transcript: string
}

/** A run below a folder of its own, and its trials. */
async function run(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<readonly Ended[]> {
  await project.assay(['run', '--out', `results/${name}`, ...args], env)
  const results = join(project.root, 'results', name)
  const folder = join(results, (await readdir(results))[0] ?? '')
  const lines = (await readFile(join(folder, 'trials.jsonl'), 'utf8')).trimEnd().split('\n')
  return Promise.all(
    lines.map(async (line) => {
      const trial = JSON.parse(line) as GradedTrial
      return {
        trial,
        transcript: await readFile(join(folder, 'trials', trial.task, `${trial.k}/${trial.attempt}/transcript.jsonl`), 'utf8'),
      }
    }),
  )
}

const told = ({ findings }: GradedTrial) =>
  findings.map(({ rule, code, path = '', args }) => `${rule} ${code} ${path} ${JSON.stringify(args)}`)

it('has a violator for every rule', () => {
  expect(violators.map(({ rule }) => rule).toSorted()).toEqual(rules.map(({ id }) => id).toSorted())
})

describe.each(violators.map((one) => [one.rule, one] as const))('%s', (rule, { also = {} }) => {
  it('is drawn by its violator, and no other rule is', () => {
    const trial = trials.get(rule)
    expect(trial?.outcome).toBe('graded')
    const drawn = [...new Set(trial?.findings.map((finding) => finding.rule))].toSorted()
    expect(drawn, trial && told(trial).join('\n')).toEqual([rule, ...Object.keys(also)].toSorted())
  })
  it('decides the verdict where its severity says so, and only there', () => {
    const severity = rules.find(({ id }) => id === rule)?.severity
    expect(trials.get(rule)?.passed).toBe(severity !== 'fail')
  })
})

it('an agent that breaks nothing draws nothing, and neither does the reference', () => {
  const good = trials.get(GOOD)
  expect([good, ...reference].map((trial) => trial && [trial.task, trial.passed, told(trial)]).toSorted()).toEqual(
    ['coupon', 'coupon-settled', 'gift', 'shipping', 'shipping', 'shop-tests'].map((task) => [`toy-shop/${task}`, true, []]),
  )
})

it('an agent that does nothing passes nothing, and no rule that judges work lauds it', () => {
  expect(idle.map(({ passed }) => passed)).toEqual(idle.map(() => false))
  const lauded = new Set(idle.flatMap(({ checks }) => Object.entries(checks).flatMap(([rule, check]) => (check === 'pass' ? [rule] : []))))
  // What these three say of an untouched tree is true and not to its credit: nothing was broken, no report was forged, nobody was asked.
  expect([...lauded].toSorted()).toEqual(['ask/twin', 'tests/forged-report', 'tests/pass-to-pass'])
})
