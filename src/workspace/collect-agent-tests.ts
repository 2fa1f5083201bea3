import { factsOfFixture } from '../evidence/assemble.ts'
import { shuffled } from '../evidence/draw.ts'
import { matcher } from '../evidence/glob.ts'
import { collected } from '../stack/read-run.ts'
import { applyPatchToTree } from './apply-patch.ts'
import { roomB } from './clean-room.ts'
import { type CollectPlan, type CollectVoid, contents, type Files, type Order, type Ran, runFresh } from './grading-run.ts'

/** How often new tests are run in another order. */
const REPEATS = 3
/** No mutant may take longer than this many runs of the base, or this many milliseconds where that is more: one that loops is not killed by it. */
const PATIENCE = { runs: 10, ms: 30_000 }

interface AgentTests {
  readonly files: Files
  /** The agent's files that hold tests; empty for the whole suite. */
  readonly select: readonly string[]
}

/**
 * The runs of kind `tests`: `B/base` first; `base` where the agent changed test files that the base has; then each other solution, each mutant
 * and the shuffled repeats. Nothing follows where `B/base` says nothing or holds no new test. An agent that changed nothing gets no run.
 */
export async function collectAgentTests(plan: CollectPlan): Promise<readonly Ran[] | CollectVoid> {
  if (plan.changes.length === 0) {
    return []
  }
  const facts = {
    fixture: factsOfFixture(plan.prepared.fixture, plan.stack),
    task: plan.task,
    base: plan.prepared.base.keys(),
    ours: [`${plan.prepared.fixture.testFolder}/-`],
  }
  const room = roomB(plan.changes, facts)
  const ready = await contents(plan, room)
  if (ready.kind === 'void') {
    return ready
  }
  const isTestFile = matcher(plan.stack.testFiles)
  const select = [...room].filter(([path, carried]) => carried.from !== 'gone' && isTestFile(path)).map(([path]) => path)
  const tests = { files: ready.files, select }
  const first = await runFresh(plan, { name: 'B/base', ...tests })
  if (first.kind === 'void' || first.reading.kind === 'did-not-run') {
    return first.kind === 'void' ? first : [first]
  }
  const before = await knownTests(plan, select)
  if ('kind' in before) {
    return before
  }
  const fresh = collected(first.run, first.reading.cases).filter((id) => !before.ids.has(id))
  const rest = fresh.length === 0 ? [] : await runOthers(plan, tests, fresh, Math.max(PATIENCE.ms, first.run.ms * PATIENCE.runs))
  return 'kind' in rest ? rest : [first, ...before.runs, ...rest]
}

/** Ids that the base has. Ids are new by their path, but for test files that the base has too: those are run on it. */
async function knownTests(
  plan: CollectPlan,
  select: readonly string[],
): Promise<{ readonly ids: ReadonlySet<string>; readonly runs: readonly Ran[] } | CollectVoid> {
  const proven = plan.receipt?.passToPass ?? []
  const existing = select.filter((path) => plan.prepared.base.has(path))
  if (select.length > 0 && existing.length === 0) {
    return { ids: new Set(proven), runs: [] }
  }
  const base = await runFresh(plan, { name: 'base', files: new Map(), select: existing })
  if (base.kind === 'void') {
    return base
  }
  return base.reading.kind === 'ran'
    ? { ids: new Set([...proven, ...base.reading.cases.keys()]), runs: [base] }
    : { kind: 'void', cause: 'base-suite-broken', message: `The suite of the untouched fixture did not run: ${base.reading.why}.` }
}

async function runOthers(
  plan: CollectPlan,
  tests: AgentTests,
  fresh: readonly string[],
  wallMs: number,
): Promise<readonly Ran[] | CollectVoid> {
  const orders = await ordersFor(plan, tests, fresh, wallMs)
  return 'kind' in orders ? orders : runAll(plan, orders)
}

async function ordersFor(
  plan: CollectPlan,
  tests: AgentTests,
  fresh: readonly string[],
  wallMs: number,
): Promise<readonly Order[] | CollectVoid> {
  const orders: Order[] = []
  const patches = [...named('right', plan.task.right), ...named('mutants', plan.task.mutants)]
  for (const [name, patch] of patches) {
    const applied = await applyPatchToTree(plan.prepared.root, patch)
    if (applied.kind === 'rejected') {
      return { kind: 'void', cause: 'patch-rejected', message: `${name}: ${applied.message}` }
    }
    orders.push({ name: `B/${name}`, files: new Map([...applied.files, ...tests.files]), select: tests.select, wallMs })
  }
  for (let repeat = 1; repeat <= REPEATS; repeat += 1) {
    orders.push({ ...shuffledOrder(plan, tests, fresh, repeat), wallMs })
  }
  return orders
}

function named(folder: string, patches: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...patches].map(([name, patch]) => [`${folder}/${name}`, patch] as const).toSorted(([one], [other]) => (one < other ? -1 : 1))
}

function shuffledOrder(plan: CollectPlan, { files, select }: AgentTests, fresh: readonly string[], repeat: number): Order {
  const seed = `${plan.seed}\nshuffled\n${repeat}`
  const alone = shuffled(fresh, seed).map((id) => plan.stack.argumentFor(id, select))
  // A test that cannot be named alone comes with its whole file.
  const wanted = alone.includes(null) ? shuffled(select, seed) : alone.filter((argument) => argument !== null)
  return { name: `B/shuffled/${repeat}`, files, select: wanted, ordered: true }
}

async function runAll(plan: CollectPlan, orders: readonly Order[]): Promise<readonly Ran[] | CollectVoid> {
  const runs: Ran[] = []
  for (const order of orders) {
    const ran = await runFresh(plan, order)
    if (ran.kind === 'void') {
      return ran
    }
    runs.push(ran)
  }
  return runs
}
