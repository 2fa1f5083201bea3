import { collected } from '../stack/read-run.ts'
import type { GradingView, ReadSuite } from './rule.ts'

/**
 * The tests that the agent added: collected in B/base and unknown to the base. `untold` where the run is not in the evidence or said nothing
 * (`why` is then a stable word, null where the run is absent).
 */
export type NewTests =
  | { readonly kind: 'told'; readonly ids: readonly string[]; readonly base: ReadSuite }
  | { readonly kind: 'untold'; readonly why: string | null }

export function newTests(view: GradingView): NewTests {
  const fresh = view.suite('B/base')
  if (fresh === null || fresh.reading.kind === 'did-not-run') {
    return { kind: 'untold', why: fresh?.reading.kind === 'did-not-run' ? fresh.reading.why : null }
  }
  const base = view.suite('base')
  const known = new Set([...view.evidence.task.passToPass, ...(base === null ? [] : base.reading.cases.keys())])
  return { kind: 'told', ids: collected(fresh.run, fresh.reading.cases).filter((id) => !known.has(id)), base: fresh }
}

/** How a run reports a test: its status, or a word for why there is none. */
export function statusIn(suite: ReadSuite, id: string): string {
  if (suite.reading.kind === 'did-not-run') {
    return suite.reading.why
  }
  return suite.reading.cases.get(id)?.status ?? 'missing'
}
