import { clopperPearsonInterval } from '../src/statistics/interval.ts'
import { grid, NULLS, scenarioName } from './scenarios.ts'
import { NO_NIGHTS, plus, type Tally } from './tally.ts'

/** The share of wrong alarms that is promised. */
const PROMISED = 0.05

export const ALARMS = ['compare', 'gate', 'stored gate', 'sequential'] as const

/** One kind of alarm on nights of one kind on which nothing had changed. */
export interface FalseAlarms {
  readonly kind: (typeof NULLS)[number]
  readonly alarm: (typeof ALARMS)[number]
  /** Of the nights that were valid. */
  readonly alarms: number
  readonly nights: number
  /** The highest share among suite sizes and numbers of trials. */
  readonly worst: { readonly share: number; readonly tasks: number; readonly trials: number }
  /** Whether the nights show more than is promised: over all sizes, or in one of them. */
  readonly broken: boolean
}

const counts: Record<FalseAlarms['alarm'], (tally: Tally) => { readonly alarms: number; readonly nights: number }> = {
  compare: (tally) => ({ alarms: tally.compareBetter + tally.compareWorse, nights: validNights(tally) }),
  gate: (tally) => ({ alarms: tally.gateFailed, nights: validNights(tally) }),
  'stored gate': (tally) => ({ alarms: tally.storedGateFailed, nights: tally.nights - tally.storedGateInvalid }),
  sequential: (tally) => ({ alarms: tally.sequentialWorse, nights: validNights(tally) }),
}

/**
 * Every kind of alarm on every kind of night. Where tasks changed both ways and only new tasks are no worse, `compare` alone is asked: on the suite itself something did change.
 * `tallies`: by name of the scenario.
 */
export function falseAlarms(tallies: ReadonlyMap<string, Tally>): readonly FalseAlarms[] {
  return NULLS.flatMap((kind) =>
    ALARMS.filter((alarm) => kind !== 'reshuffled' || alarm === 'compare').map((alarm) => alarmsIn(kind, alarm, tallies)),
  )
}

function alarmsIn(kind: FalseAlarms['kind'], alarm: FalseAlarms['alarm'], tallies: ReadonlyMap<string, Tally>): FalseAlarms {
  const cells = grid().map(({ tasks, trials }) => {
    const tally = tallies.get(scenarioName(kind, tasks, trials)) ?? NO_NIGHTS
    return { tasks, trials, tally, ...counts[alarm](tally) }
  })
  const all = counts[alarm](cells.reduce((sum, { tally }) => plus(sum, tally), NO_NIGHTS))
  const [worst = { share: 0, tasks: 0, trials: 0 }] = cells
    .map(({ tasks, trials, alarms, nights }) => ({ share: alarms / Math.max(1, nights), tasks, trials }))
    .toSorted((one, other) => other.share - one.share)
  return { kind, alarm, ...all, worst, broken: isPromised(kind, alarm) && [all, ...cells].some(isBroken) }
}

/** A stored baseline assumes that nights are alike, and says so; where they are not, its share of wrong alarms is shown for what it is. */
function isPromised(kind: FalseAlarms['kind'], alarm: FalseAlarms['alarm']): boolean {
  return !(kind === 'stored, rough' && alarm === 'stored gate')
}

export function validNights({ nights, invalid }: Tally): number {
  return nights - invalid
}

/** More than chance in the simulation explains: the exact 95 % interval of the share lies above what is promised. */
function isBroken({ alarms, nights }: Pick<FalseAlarms, 'alarms' | 'nights'>): boolean {
  return nights > 0 && clopperPearsonInterval(alarms, nights).low > PROMISED
}
