import { admit } from '../src/comparison/admit.ts'
import { type Baseline, totalOf } from '../src/comparison/baseline.ts'
import { compareRuns } from '../src/comparison/compare-runs.ts'
import type { Comparison } from '../src/comparison/comparison.ts'
import { decideGate, type GateFacts, type GateInput, type GateOutcome } from '../src/comparison/gate.ts'
import { followPairs } from '../src/statistics/e-process.ts'
import type { Night } from './night.ts'

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

/** A drop of the mean that a gate lets pass where a greater one is ruled out. It moves nights between passed and inconclusive, never to failed. */
const TOLERANCE = 0.1
const ALPHA = 0.05

/** Judges a night as the commands do: the same functions, on the same records. */
export function judgeNight(night: Night, seed: string): Verdicts {
  const compared = compareRuns(night.a, night.b, { seed, order: 'interleaved', rules: [], promptDiff: null })
  if (compared.kind === 'refused') {
    throw new Error(compared.sentences.join(' '))
  }
  const { comparison } = compared
  const recorded = baselineOf(night)?.tasks ?? []
  const facts: Omit<GateFacts, 'against' | 'tasks'> = {
    baseline: { promptDigest: night.a.run.variant.agent.promptDigest, tasks: recorded },
    reasons: comparison.validity.reasons,
    notes: [],
    leftOut: [],
    comparison,
    minRuns: night.recorded.length,
    tolerance: TOLERANCE,
    seed,
  }
  return {
    compare: comparison.verdict,
    gate: decideGate({ ...facts, against: 'interleaved', tasks: comparison.tasks }).outcome,
    storedGate: decideGate({ ...facts, against: 'stored', tasks: comparison.tasks.map((task) => withRecords(task, recorded)) }).outcome,
    sequential: stoppedEarly(night),
  }
}

function withRecords(tonight: GateInput, recorded: Baseline['tasks']): GateInput {
  const { passed, graded } = totalOf(recorded.find(({ task }) => task === tonight.task)?.records ?? [])
  return { ...tonight, a: { passed, counted: graded } }
}

function baselineOf({ recorded }: Night): Baseline | null {
  return recorded.reduce<Baseline | null>((before, run) => {
    const admission = admit(before, run, '')
    if (admission.kind !== 'admitted') {
      throw new Error('a run without voids is admitted')
    }
    return admission.baseline
  }, null)
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
