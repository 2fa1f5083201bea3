import { parseArgs } from 'node:util'
import { falseAlarms } from './false-alarms.ts'
import { judgeNight } from './judge-night.ts'
import { fromTable, STORED_RATES } from './rates.ts'
import { ratesOfRun } from './rates-of-run.ts'
import { dropScenarios, nullScenarios } from './scenarios.ts'
import { tables } from './tables.ts'
import { type Tally, tallyOf } from './tally.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    // Of each suite size and number of trials; a third as many where something changed.
    nights: { type: 'string', default: '600' },
    runs: { type: 'string' },
  },
})

const nights = Number(values.nights)
const rates = values.runs === undefined ? { kind: 'rates' as const, rates: STORED_RATES } : await ratesOfRun(values.runs)
if (!Number.isInteger(nights) || nights < 3) {
  console.error(`--nights ${values.nights}: expected a whole number of at least 3`)
  process.exitCode = 2
} else if (rates.kind === 'bad') {
  console.error(rates.message)
  process.exitCode = 2
} else {
  const started = performance.now()
  const suite = fromTable(rates.rates)
  const tallies = new Map<string, Tally>()
  for (const scenario of [...nullScenarios(suite, nights), ...dropScenarios(suite, Math.round(nights / 3))]) {
    tallies.set(scenario.name, tallyOf(scenario, values.seed, judgeNight))
  }
  const all = [...tallies.values()].reduce((sum, tally) => sum + tally.nights, 0)
  console.log(tables(tallies))
  const seconds = { passed: (performance.now() - started) / 1000, used: process.cpuUsage().user / 1e6 }
  console.error(`\n${all} nights in ${seconds.passed.toFixed(0)} s, ${seconds.used.toFixed(0)} s of one processor`)
  process.exitCode = falseAlarms(tallies).some(({ broken }) => broken) ? 1 : 0
}
