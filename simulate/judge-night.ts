import { admit } from '../src/comparison/admit.ts'
import type { Baseline } from '../src/comparison/baseline.ts'
import { compareRuns } from '../src/comparison/compare-runs.ts'
import type { Comparison } from '../src/comparison/comparison.ts'
import { decideGate, type GateOutcome } from '../src/comparison/gate.ts'
import { factsOfComparison, factsOfRecords } from '../src/comparison/gate-facts.ts'
import { followPairs } from '../src/statistics/e-process.ts'
import { type Night, RECORDED_RUNS } from './night.ts'

/** What Assay said of one night. */
export interface Verdicts {
  /** `compare`: would it be better on new tasks? */
  readonly compare: Comparison['verdict']
  /** `gate`: did it get worse on this suite? By its mean, or by a task that always passed before. */
  readonly gate: GateOutcome
  /** `gate --stored-baseline`: the same, against the recorded runs alone, which were made on other nights. */
  readonly storedGate: GateOutcome
  /** Where a night that stops early would have: the share of its pairs that it did not need, and whether it had found a drop. */
  readonly sequential: { readonly saved: number; readonly worse: boolean }
}

/** A task can block from its third recorded run on. The tolerance moves nights between passed and inconclusive, never to failed. */
const SETTINGS = { minRuns: RECORDED_RUNS, tolerance: 0.1 }
const ALPHA = 0.05

/** Judges a night as the commands do: the same functions, on the same records. */
export function judgeNight(night: Night, seed: string): Verdicts {
  const compared = compareRuns(night.a, night.b, { seed, order: 'interleaved', rules: [], promptDiff: null })
  if (compared.kind === 'refused') {
    throw new Error(compared.sentences.join(' '))
  }
  const { comparison } = compared
  const baseline = baselineOf(night)
  return {
    compare: comparison.verdict,
    gate: decideGate(factsOfComparison(baseline, comparison, night.b, SETTINGS)).outcome,
    storedGate: decideGate(factsOfRecords(baseline, night.b, SETTINGS)).outcome,
    sequential: stoppedEarly(night),
  }
}

function baselineOf({ recorded }: Night): Baseline {
  const baseline = recorded.reduce<Baseline | null>((before, run) => {
    const admission = admit(before, run, '')
    return admission.kind === 'admitted' ? admission.baseline : before
  }, null)
  if (baseline === null) {
    throw new Error('no recorded run was admitted')
  }
  return baseline
}

/** The night's pairs in the order in which an interleaved run makes them: every task's first trial, then every task's second. */
function stoppedEarly({ a, b }: Night): Verdicts['sequential'] {
  const other = new Map(b.trials.map((trial) => [`${trial.task} ${trial.k}`, trial]))
  const pairs = a.trials
    .toSorted((one, two) => one.k - two.k)
    .flatMap((trial) => {
      const partner = other.get(`${trial.task} ${trial.k}`)
      return trial.outcome === 'graded' && partner?.outcome === 'graded' ? [{ a: trial.passed, b: partner.passed }] : []
    })
  const { seen, why, wins, losses } = followPairs(pairs, ALPHA)
  return { saved: pairs.length === 0 ? 0 : 1 - seen / pairs.length, worse: why === 'decided' && losses > wins }
}
