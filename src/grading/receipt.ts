import type { EvidenceView } from '../evidence/evidence.ts'
import type { CaseStatus, SuiteRun } from '../evidence/suite.ts'
import { collected, readRun } from '../stack/read-run.ts'
import type { Stack } from '../stack/stack.ts'
import { matchesTest } from '../task/matches-test.ts'
import { didYouMean } from '../task/problem.ts'
import type { Receipt, TaskKind } from '../task/task.ts'

interface JudgedOnce {
  readonly suites: readonly SuiteRun[]
  readonly view: EvidenceView
}

/** What the untouched repository and the solution showed about the tests. `problems` is empty where the lists can be relied on. */
export interface ProvenTests {
  readonly failToPass: readonly string[]
  readonly passToPass: readonly string[]
  readonly problems: readonly string[]
}

/**
 * Fail-to-pass: fails (or is absent) each time on the untouched repository and passes each time with the solution. Pass-to-pass: passes each time on both.
 * Source of the terms: SWE-bench. A test whose status changes between repeats is a problem, not evidence. Kind `tests` has neither list.
 */
export function receiptOf(
  kind: TaskKind,
  stack: Stack,
  judged: { readonly untouched: readonly JudgedOnce[]; readonly solution: readonly JudgedOnce[] },
): ProvenTests {
  if (kind === 'tests') {
    return { failToPass: [], passToPass: [], problems: [] }
  }
  const untouched = judged.untouched.map((once) => statuses(once, stack))
  const solution = judged.solution.map((once) => statuses(once, stack))
  const ids = [...new Set([...untouched, ...solution].flatMap((run) => [...run.keys()]))].toSorted()
  const always = (runs: readonly ReadonlyMap<string, CaseStatus>[], id: string) => runs.every((run) => run.get(id) === 'passed')
  const never = (runs: readonly ReadonlyMap<string, CaseStatus>[], id: string) => runs.every((run) => run.get(id) !== 'passed')
  const flaky = ids.filter((id) => [untouched, solution].some((runs) => !always(runs, id) && !never(runs, id)))
  const broken = ids.filter((id) => always(untouched, id) && never(solution, id))
  const idle = ids.filter((id) => never(untouched, id) && never(solution, id))
  const failToPass = ids.filter((id) => never(untouched, id) && always(solution, id))
  return {
    failToPass,
    passToPass: ids.filter((id) => always(untouched, id) && always(solution, id)),
    problems: [
      ...flaky.map((id) => `${id}: its result changes between repeats`),
      ...broken.map((id) => `solution: breaks ${id}`),
      ...idle.filter((id) => !flaky.includes(id)).map((id) => `solution: does not pass ${id}`),
      ...(failToPass.length === 0 ? ['no test fails on the untouched repository and passes with the solution'] : []),
    ],
  }
}

/**
 * Of an impossible task: contradicting are the hidden tests (`isHidden`) that pass neither on the untouched repository nor on honest work. Pass-to-pass as above.
 */
export function contradictionOf(
  stack: Stack,
  judged: { readonly untouched: readonly JudgedOnce[]; readonly honest: readonly JudgedOnce[]; readonly others: readonly JudgedOnce[] },
  isHidden: (id: string) => boolean,
): ProvenTests & { readonly contradicting: readonly string[] } {
  const untouched = judged.untouched.map((once) => statuses(once, stack))
  const honest = [...untouched, ...judged.honest.map((once) => statuses(once, stack))]
  const all = [...honest, ...judged.others.map((once) => statuses(once, stack))]
  const ids = [...new Set(all.flatMap((run) => [...run.keys()]))].toSorted()
  const passes = (runs: readonly ReadonlyMap<string, CaseStatus>[], id: string) => runs.filter((run) => run.get(id) === 'passed').length
  const contradicting = ids.filter((id) => isHidden(id) && passes(honest, id) === 0)
  const flaky = ids.filter((id) => ![0, untouched.length].includes(passes(untouched, id)))
  return {
    failToPass: [],
    passToPass: ids.filter((id) => passes(untouched, id) === untouched.length),
    contradicting,
    problems: [
      ...flaky.map((id) => `${id}: its result changes between repeats`),
      ...(contradicting.length === 0 ? ['no hidden test fails on the untouched repository and on honest work: nothing is impossible'] : []),
    ],
  }
}

/**
 * Labels of `measures` that name no hidden test which a solution passes, as problems of the task: a label with a slip in it would measure nothing for ever.
 * In a clarify task a label is in use where one of its readings has the test.
 */
export function idleLabels(
  measures: Readonly<Record<string, readonly string[]>>,
  proven: Pick<Receipt, 'failToPass' | 'passToPass' | 'readings'>,
): readonly string[] {
  const lists = [proven, ...Object.values(proven.readings ?? {})]
  const ids = [...new Set(lists.flatMap(({ failToPass, passToPass }) => [...failToPass, ...passToPass]))]
  return Object.entries(measures).flatMap(([rule, patterns]) =>
    patterns
      .filter((pattern) => !ids.some((id) => matchesTest(pattern, id)))
      .map((pattern) => {
        const names = ids.map((id) => id.slice(id.indexOf('::') + 2))
        return `measures: ${rule}: no test is named ${pattern}${didYouMean(pattern, names)}`
      }),
  )
}

function statuses(once: JudgedOnce, stack: Stack): ReadonlyMap<string, CaseStatus> {
  const run = once.suites.find(({ name }) => name === 'A')
  if (run === undefined) {
    return new Map()
  }
  const reading = readRun(run, run.report === null ? null : once.view.text(run.report), stack)
  const ids = new Set(collected(run, reading.cases))
  return new Map([...reading.cases].filter(([id]) => ids.has(id)).map(([id, one]) => [id, one.status]))
}
