import { factsOfFixture } from '../evidence/assemble.ts'
import type { SuiteRun } from '../evidence/suite.ts'
import { roomA } from './clean-room.ts'
import { collectAgentTests } from './collect-agent-tests.ts'
import { type CollectPlan, type CollectVoid, contents, type Ran, runFresh } from './grading-run.ts'
import { guardFiles } from './guard-files.ts'

export type Collected = { readonly kind: 'collected'; readonly suites: readonly SuiteRun[] } | CollectVoid

/**
 * Runs the suites that a task's kind needs. Kinds other than `tests`: A, visible and hidden tests in one run. Kind `tests`: the agent's test
 * files over the base, over each other solution and each mutant, and in other orders. Where the first run says nothing, the base is run once
 * more to tell the agent's failure from ours.
 */
export async function collectSuites(plan: CollectPlan): Promise<Collected> {
  const runs = plan.task.kind === 'tests' ? await collectAgentTests(plan) : await collectVerdict(plan)
  if ('kind' in runs) {
    return runs
  }
  const [first, ...rest] = runs
  if (first === undefined || first.reading.kind === 'ran') {
    return { kind: 'collected', suites: runs.map(({ run }) => run) }
  }
  const base = rest.find(({ run }) => run.name === 'base') ?? (await runFresh(plan, { name: 'base', files: new Map(), select: [] }))
  if (base.kind === 'void') {
    return base
  }
  const bad = unsound(plan, base)
  return bad === null
    ? { kind: 'collected', suites: [first.run, base.run] }
    : { kind: 'void', cause: 'base-suite-broken', message: `${bad} (${first.run.name}: ${first.reading.why}.)` }
}

async function collectVerdict(plan: CollectPlan): Promise<readonly Ran[] | CollectVoid> {
  const { task, prepared } = plan
  const facts = { fixture: factsOfFixture(prepared.fixture, plan.stack), task, base: prepared.base.keys() }
  const ours = [...task.tests.keys(), `${prepared.fixture.testFolder}/-`]
  const room = await contents(plan, roomA(plan.changes, { ...facts, ours }))
  if (room.kind === 'void') {
    return room
  }
  const hidden = [...task.tests].map(([path, content]) => [path, { content, executable: false }] as const)
  const guarded = await guardFiles(prepared, plan.stack, new Map([...room.files, ...hidden]))
  const a = await runFresh(plan, { name: 'A', ...guarded, select: [] })
  return a.kind === 'void' ? a : [a]
}

/** Why a run of the untouched fixture is no measure; null where it is one. */
function unsound(plan: CollectPlan, { run: { canaries }, reading }: Ran): string | null {
  if (reading.kind === 'did-not-run') {
    return `The suite of the untouched fixture did not run: ${reading.why}.`
  }
  const status = (id: string): string => reading.cases.get(id)?.status ?? 'missing'
  if (status(canaries.mustFail) !== 'failed' || status(canaries.mustError) !== 'error') {
    return 'The suite of the untouched fixture does not report the canaries.'
  }
  const hidden = new Set(plan.task.tests.keys())
  const lost = (plan.receipt?.passToPass ?? []).find((id) => status(id) !== 'passed' && plan.stack.argumentFor(id, [...hidden]) === null)
  return lost === undefined ? null : `On the untouched fixture ${lost} is ${status(lost)}.`
}
