import { countingTrials } from '../results/plan.ts'
import type { VoidTrial } from '../results/trial.ts'
import { armPermutationTest } from '../statistics/arm-permutation.ts'
import type { Random } from '../statistics/random.ts'
import type { ArmName, InvalidReason, Validity } from './comparison.ts'
import type { PairedTask } from './pairing.ts'
import { answeredModels, type StoredArm } from './stored-arm.ts'

/** More trials void than this share, after all their attempts, and the rest need not be like those that are missing. */
const MOST_VOIDS = 0.05

/** Fisher's p below which two arms have lost trials unequally: infrastructure alone has moved published results by six points. */
const UNEQUAL_BELOW = 0.1

/** Whether the trials of the paired tasks carry an answer, decided from our side alone and in the same way for both arms. */
export function validityOf(tasks: readonly PairedTask[], a: StoredArm, b: StoredArm, random: Random): Validity {
  const lost = { a: lostIn(tasks, 'a'), b: lostIn(tasks, 'b') }
  const reasons: InvalidReason[] = [
    ...tooMany('a', lost.a),
    ...tooMany('b', lost.b),
    ...unequal(lost.a, lost.b, random),
    ...modelReasons(a, b),
    ...(tasks.some(({ graded }) => graded.length > 0) ? [] : [{ kind: 'nothing-counted' } as const]),
  ]
  return { valid: reasons.length === 0, reasons, voids: voidsByCause(tasks, a, b) }
}

/** What of this is decided by one run alone, over all its trials. `arm`: what its reasons call it. */
export function runReasons(stored: StoredArm, arm: ArmName): readonly InvalidReason[] {
  const counting = countingTrials(stored.trials)
  const models = answeredModels(stored)
  return [
    ...tooMany(
      arm,
      counting.map(({ outcome }) => (outcome === 'void' ? 1 : 0)),
    ),
    ...(models.length > 1 ? [{ kind: 'two-models', arm, models } as const] : []),
    ...(counting.some(({ outcome }) => outcome === 'graded') ? [] : [{ kind: 'nothing-counted' } as const]),
  ]
}

/** One entry a trial that was run: 1 where its last attempt is void, else 0. */
function lostIn(tasks: readonly PairedTask[], arm: ArmName): readonly number[] {
  return tasks.flatMap(({ trials }) => trials.flatMap((trial) => (trial[arm] === null ? [] : [trial[arm].outcome === 'void' ? 1 : 0])))
}

function tooMany(arm: ArmName, lost: readonly number[]): readonly InvalidReason[] {
  const voids = lost.filter((one) => one === 1).length
  return voids > MOST_VOIDS * lost.length ? [{ kind: 'too-many-voids', arm, voids, trials: lost.length, most: MOST_VOIDS }] : []
}

function unequal(a: readonly number[], b: readonly number[], random: Random): readonly InvalidReason[] {
  if (a.length === 0 || b.length === 0) {
    return []
  }
  // Of one task, the permutation of trials between the arms is Fisher's exact test.
  const { p } = armPermutationTest([{ a, b }], random, { side: 'two-sided' })
  const count = (lost: readonly number[]) => lost.filter((one) => one === 1).length
  return p < UNEQUAL_BELOW ? [{ kind: 'unequal-voids', a: count(a), b: count(b), p, least: UNEQUAL_BELOW }] : []
}

function modelReasons(a: StoredArm, b: StoredArm): readonly InvalidReason[] {
  const answered = { a: answeredModels(a), b: answeredModels(b) }
  const several = (['a', 'b'] as const).filter((arm) => answered[arm].length > 1)
  if (several.length > 0) {
    return several.map((arm) => ({ kind: 'two-models', arm, models: answered[arm] }))
  }
  const [ofA, ofB] = [answered.a[0], answered.b[0]]
  return ofA === undefined || ofB === undefined || ofA === ofB ? [] : [{ kind: 'other-model-answered', a: ofA, b: ofB }]
}

function voidsByCause(tasks: readonly PairedTask[], a: StoredArm, b: StoredArm): Validity['voids'] {
  const paired = new Set(tasks.map(({ planned }) => planned.task))
  const voidsOf = ({ trials }: StoredArm) =>
    trials.filter((trial): trial is VoidTrial => trial.outcome === 'void' && paired.has(trial.task))
  const [ofA, ofB] = [voidsOf(a), voidsOf(b)]
  const kinds = new Map([...ofA, ...ofB].map(({ phase, cause }) => [`${phase} ${cause}`, { phase, cause }]))
  const count = (voids: readonly VoidTrial[], kind: { readonly phase: string; readonly cause: string }) =>
    voids.filter(({ phase, cause }) => phase === kind.phase && cause === kind.cause).length
  return [...kinds.values()]
    .map((kind) => ({ ...kind, a: count(ofA, kind), b: count(ofB, kind) }))
    .toSorted((one, other) => other.a + other.b - one.a - one.b)
}
