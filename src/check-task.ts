import { join } from 'node:path'
import pLimit from 'p-limit'
import type { PreparedFixture } from './fixture/prepared-fixture.ts'
import { type Candidate, candidatesOf, judgeCandidate } from './grading/candidates.ts'
import { grade, type Verdict } from './grading/grade.ts'
import { contradictionOf, idleLabels, receiptOf } from './grading/receipt.ts'
import { probesOf, rules, rulesDigest } from './grading/rules.ts'
import type { Rung } from './sandbox/sandbox.ts'
import type { Stack } from './stack/stack.ts'
import { loadSyntax } from './syntax/load-grammars.ts'
import type { Syntax } from './syntax/syntax.ts'
import { inReading, provenTests } from './task/reading.ts'
import type { Receipt, Task } from './task/task.ts'
import { collectTree, type TreeEvidence } from './tree-evidence.ts'
import { openScratch } from './workspace/scratch.ts'

export interface CheckPlan {
  readonly task: Task
  readonly prepared: PreparedFixture
  readonly stack: Stack
  readonly rung: Rung
  readonly cache: string
  /** How often each candidate is judged; the verdicts must be the same each time. */
  readonly times: number
  readonly concurrency: number
  readonly signal: AbortSignal
  readonly onJudged: (candidate: string, done: number, of: number) => void
}

export type CheckEnd =
  | { readonly kind: 'fair'; readonly receipt: Receipt }
  | { readonly kind: 'unfair'; readonly problems: readonly string[] }
  | { readonly kind: 'interrupted' }

/** What is run: the patch over the repository, with the hidden tests of one reading. Candidates that differ only in what was said share one. */
interface Tree {
  readonly patch: string
  readonly reading: string | null
}

/** One run of a tree. */
interface Run {
  readonly tree: Tree
  readonly evidence: TreeEvidence
}

/**
 * Proves a task fair through the same clean rooms and graders that a trial meets: the untouched repository fails, the solution and every other right
 * solution pass, each wrong patch draws its findings of severity `fail`, no more and no fewer; all of it `times` times with the same verdict.
 * A clarify task is proven in each of its readings, an impossible one by what is said and left.
 */
export async function checkTask(plan: CheckPlan): Promise<CheckEnd> {
  const candidates = candidatesOf(plan.task)
  const trees = candidates.filter((candidate, at) => candidates.findIndex((other) => isSame(candidate, other)) === at)
  const limit = pLimit(plan.concurrency)
  await using scratch = await openScratch(plan.cache, 'check')
  const syntax = await loadSyntax()
  const runs: Run[] = []
  let done = 0
  for (const time of Array.from({ length: plan.times }).keys()) {
    const results = await Promise.all(
      trees.map((tree, at) =>
        limit(async () => {
          const result = plan.signal.aborted ? null : await runOnce(plan, tree, time, join(scratch.path, `${at}-${time}`))
          done += 1
          plan.onJudged(tree.name, done, trees.length * plan.times)
          return result
        }),
      ),
    )
    if (plan.signal.aborted) {
      return { kind: 'interrupted' }
    }
    const failed = results.filter((result) => typeof result === 'string')
    if (failed.length > 0) {
      return { kind: 'unfair', problems: [...new Set(failed)] }
    }
    runs.push(...results.filter((result) => result !== null && typeof result !== 'string'))
    // What is unfair at once is told at once: its author waited for five rounds to learn what the first had shown.
    const first = time === 0 && plan.times > 1 ? judge(plan, candidates, runs, syntax) : null
    if (first?.kind === 'unfair') {
      return first
    }
  }
  return judge(plan, candidates, runs, syntax)
}

/** One tree, judged once; a sentence where there is no telling. */
async function runOnce(plan: CheckPlan, tree: Tree & { readonly name: string }, time: number, scratch: string): Promise<Run | string> {
  const task = inReading(plan.task, tree.reading)
  // What probes find is recorded once: repeats are there for the verdict.
  const probes = time === 0 ? probesOf(task.kind, task.rules) : []
  const evidence = await collectTree({ ...plan, task, patch: tree.patch, scratch, seed: `${time}`, probes })
  return typeof evidence === 'string' ? `${tree.name}: ${evidence}` : { tree, evidence }
}

function isSame(one: Tree, other: Tree): boolean {
  return one.patch === other.patch && one.reading === other.reading
}

function judge(plan: CheckPlan, candidates: readonly Candidate[], runs: readonly Run[], syntax: Syntax): CheckEnd {
  const { task } = plan
  const { problems: unproven, ...lists } = prove(plan, candidates, runs)
  const digests = { task: task.digest, fixture: plan.prepared.fixture.digest, rules: rulesDigest(task.kind) }
  const receipt: Receipt = { schema: 1, ...digests, ...lists, lower: [] }
  const verdicts = candidates.map((candidate) => ({
    candidate,
    verdicts: runs
      .filter(({ tree }) => isSame(tree, candidate))
      .map(({ evidence }): Verdict => grade(evidence.view(provenTests(receipt, candidate.reading), candidate.session), rules, syntax)),
  }))
  const problems = [
    ...unproven,
    ...idleLabels(task.measures, lists),
    ...verdicts.flatMap(({ candidate, verdicts: each }) => judgeCandidate(candidate, each)),
  ]
  if (problems.length > 0) {
    return { kind: 'unfair', problems }
  }
  const lower = verdicts.flatMap(({ candidate, verdicts: [first] }) =>
    (first?.findings ?? [])
      .filter((finding) => finding.severity === 'warn')
      .map(({ code, rule, path }) => ({ solution: candidate.name, code, rule, ...(path !== undefined && { path }) })),
  )
  return { kind: 'fair', receipt: { ...receipt, lower } }
}

type Proven = Pick<Receipt, 'failToPass' | 'passToPass' | 'readings' | 'contradicting'> & { readonly problems: readonly string[] }

/** What the trees showed about the tests, as the receipt has it. */
function prove({ task, stack }: CheckPlan, candidates: readonly Candidate[], runs: readonly Run[]): Proven {
  const of = (tree: Tree) =>
    runs
      .filter((run) => isSame(run.tree, tree))
      .map(({ evidence }) => ({ suites: evidence.suites, view: evidence.view(nothingExpected, null) }))
  if (task.kind === 'impossible') {
    const untouched = { patch: '', reading: null }
    const [honest, others] = [true, false].map((isHonest) =>
      candidates.filter(({ patch, must }) => patch !== '' && (must.kind === 'pass') === isHonest).flatMap(of),
    )
    const hidden = [...task.tests.keys()]
    return contradictionOf(
      stack,
      { untouched: of(untouched), honest: honest ?? [], others: others ?? [] },
      (id) => stack.argumentFor(id, hidden) !== null,
    )
  }
  const inOne = (settled: Task) =>
    receiptOf(task.kind, stack, {
      untouched: of({ patch: '', reading: settled.reading }),
      solution: of({ patch: settled.solution, reading: settled.reading }),
    })
  if (task.kind !== 'clarify') {
    return inOne(task)
  }
  const proven = [...task.readings.keys()].toSorted().map((reading) => ({ reading, ...inOne(inReading(task, reading)) }))
  return {
    ...nothingExpected,
    readings: Object.fromEntries(proven.map(({ reading, failToPass, passToPass }) => [reading, { failToPass, passToPass }])),
    problems: proven.flatMap(({ reading, problems }) => problems.map((problem) => `readings/${reading}: ${problem}`)),
  }
}

const nothingExpected = { failToPass: [], passToPass: [] }
