import { markdownTable } from '../src/report/table.ts'
import { clopperPearsonInterval } from '../src/statistics/interval.ts'
import { ALARMS, type FalseAlarms, falseAlarms, validNights } from './false-alarms.ts'
import { DROPS, dropName, grid, NULLS, scenarioName } from './scenarios.ts'
import { NO_NIGHTS, plus, type Tally } from './tally.ts'

/** The tables of a simulation, in Markdown. `tallies`: by name of the scenario. */
export function tables(tallies: ReadonlyMap<string, Tally>): string {
  return [falseAlarmTable(tallies), powerTable(tallies)].join('\n').trimEnd()
}

function falseAlarmTable(tallies: ReadonlyMap<string, Tally>): string {
  const alarms = falseAlarms(tallies)
  const cell = (kind: FalseAlarms['kind'], alarm: FalseAlarms['alarm']) => {
    const found = alarms.find((one) => one.kind === kind && one.alarm === alarm)
    return found === undefined ? '–' : alarmText(found)
  }
  const rows = NULLS.map((kind) => {
    const all = grid()
      .map(({ tasks, trials }) => tallies.get(scenarioName(kind, tasks, trials)) ?? NO_NIGHTS)
      .reduce(plus, NO_NIGHTS)
    const figures = [String(all.nights), percent(all.invalid / Math.max(1, all.nights))]
    return [kind, ...figures, ...ALARMS.map((alarm) => cell(kind, alarm))]
  })
  return markdownTable(
    [
      'nothing changed',
      'nights',
      'invalid',
      '`compare` says better or worse',
      '`gate` fails',
      '`gate --stored-baseline` fails',
      '`--sequential` stops for worse',
    ],
    rows,
  )
}

function alarmText({ alarms, nights, worst, broken }: FalseAlarms): string {
  const { low, high } = clopperPearsonInterval(alarms, nights)
  const share = `${percent(alarms / Math.max(1, nights), 1)} (${percent(low, 1)} to ${percent(high, 1)})`
  return `${broken ? 'BROKEN: ' : ''}${share}, at most ${percent(worst.share, 1)} (${worst.tasks} × ${worst.trials})`
}

function powerTable(tallies: ReadonlyMap<string, Tally>): string {
  const rows = grid().map(({ tasks, trials }) => {
    const at = (kind: string) => tallies.get(scenarioName(kind, tasks, trials)) ?? NO_NIGHTS
    const found = (kind: 'spread' | 'concentrated', of: (tally: Tally) => number) =>
      DROPS.map((points) => at(dropName(kind, points)))
        .map((tally) => percent(of(tally) / Math.max(1, validNights(tally))).replace(' %', ''))
        .join(' / ')
    const saved = [at('stored, rough'), at(dropName('spread', 0.2))].map((tally) => percent(tally.saved / Math.max(1, validNights(tally))))
    return [
      `${tasks} × ${trials}`,
      found('spread', ({ gateFailed }) => gateFailed),
      found('concentrated', ({ gateFailed }) => gateFailed),
      found('spread', ({ compareWorse }) => compareWorse),
      found('concentrated', ({ compareWorse }) => compareWorse),
      found('spread', ({ sequentialWorse }) => sequentialWorse),
      saved.join(', '),
    ]
  })
  return markdownTable(
    [
      'tasks × trials',
      '`gate` fails, spread drop',
      '… concentrated drop',
      '`compare` says worse, spread drop',
      '… concentrated drop',
      '`--sequential`, spread drop',
      'trials that it saves: no change, 20 points',
    ],
    rows,
  )
}

function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)} %`
}
