import type { Verdicts } from './judge-night.ts'
import { drawNight, type Night } from './night.ts'
import type { Scenario } from './scenarios.ts'

/** How many of a scenario's nights ended how. */
export interface Tally {
  readonly nights: number
  /** No verdict: too many trials were void, or unequally many. */
  readonly invalid: number
  readonly compareBetter: number
  readonly compareWorse: number
  readonly gateFailed: number
  readonly gatePassed: number
  /** Of the gate against recorded runs alone, which does not need tonight's old revision to be valid. */
  readonly storedGateInvalid: number
  readonly storedGateFailed: number
  readonly sequentialWorse: number
  /** Sum over valid nights of the shares of pairs that stopping early saved. */
  readonly saved: number
}

export const NO_NIGHTS: Tally = {
  nights: 0,
  invalid: 0,
  compareBetter: 0,
  compareWorse: 0,
  gateFailed: 0,
  gatePassed: 0,
  storedGateInvalid: 0,
  storedGateFailed: 0,
  sequentialWorse: 0,
  saved: 0,
}

/** Runs every night of a scenario. Each has a seed of its own, so that its outcome does not depend on what else is simulated. */
export function tallyOf({ name, conditions, nights }: Scenario, seed: string, judge: (night: Night, seed: string) => Verdicts): Tally {
  let tally = NO_NIGHTS
  for (let index = 0; index < nights; index += 1) {
    const own = `${seed}: ${name}: night ${index}`
    tally = plus(tally, tallyOfNight(judge(drawNight(conditions, own), own)))
  }
  return tally
}

function tallyOfNight({ compare, gate, storedGate, sequential }: Verdicts): Tally {
  const valid = gate !== 'invalid'
  return {
    nights: 1,
    invalid: Number(!valid),
    compareBetter: Number(compare === 'better'),
    compareWorse: Number(compare === 'worse'),
    gateFailed: Number(gate === 'fail'),
    gatePassed: Number(gate === 'pass'),
    storedGateInvalid: Number(storedGate === 'invalid'),
    storedGateFailed: Number(storedGate === 'fail'),
    sequentialWorse: Number(valid && sequential.worse),
    saved: valid ? sequential.saved : 0,
  }
}

export function plus(one: Tally, other: Tally): Tally {
  return {
    nights: one.nights + other.nights,
    invalid: one.invalid + other.invalid,
    compareBetter: one.compareBetter + other.compareBetter,
    compareWorse: one.compareWorse + other.compareWorse,
    gateFailed: one.gateFailed + other.gateFailed,
    gatePassed: one.gatePassed + other.gatePassed,
    storedGateInvalid: one.storedGateInvalid + other.storedGateInvalid,
    storedGateFailed: one.storedGateFailed + other.storedGateFailed,
    sequentialWorse: one.sequentialWorse + other.sequentialWorse,
    saved: one.saved + other.saved,
  }
}
