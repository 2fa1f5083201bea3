import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { falseAlarms } from '../../simulate/false-alarms.ts'
import { judgeNight, type Verdicts } from '../../simulate/judge-night.ts'
import type { Night } from '../../simulate/night.ts'
import { fromTable, STORED_RATES } from '../../simulate/rates.ts'
import { dropScenarios, nullScenarios, type Scenario } from '../../simulate/scenarios.ts'
import { tables } from '../../simulate/tables.ts'
import { tallyOf } from '../../simulate/tally.ts'
import { seededRandom } from '../../src/statistics/random.ts'

const suite = fromTable(STORED_RATES)

function scenario(scenarios: readonly Scenario[], name: string): Scenario {
  const found = scenarios.find((one) => one.name === name)
  if (found === undefined) {
    throw new Error(`no scenario ${name}`)
  }
  return found
}

function alarmsBy(judge: (night: Night, seed: string) => Verdicts) {
  const quick = nullScenarios(suite, 40).filter(({ conditions }) => conditions.tasks === 16)
  return falseAlarms(new Map(quick.map((one) => [one.name, tallyOf(one, 'test', judge)])))
}

describe('the simulation', () => {
  it('finds that Assay keeps its promise on nights without a change', () => {
    const alarms = alarmsBy(judgeNight)
    expect(alarms.map(({ kind, alarm, broken }) => `${kind}, ${alarm}: ${broken ? 'BROKEN' : 'kept'}`)).toEqual([
      'beta, calm, compare: kept',
      'beta, calm, gate: kept',
      'beta, calm, stored gate: kept',
      'beta, calm, sequential: kept',
      'stored, calm, compare: kept',
      'stored, calm, gate: kept',
      'stored, calm, stored gate: kept',
      'stored, calm, sequential: kept',
      'stored, rough, compare: kept',
      'stored, rough, gate: kept',
      'stored, rough, stored gate: kept',
      'stored, rough, sequential: kept',
      'reshuffled, compare: kept',
    ])
    expect(alarms.every(({ nights }) => nights >= 90)).toBe(true)
  })

  it('would find a judge that cries wolf on one night in six', () => {
    const wolf = (night: Night, seed: string): Verdicts => {
      const verdicts = judgeNight(night, seed)
      return seededRandom(`${seed} wolf`).uniform() < 1 / 6 ? { ...verdicts, gate: 'fail' } : verdicts
    }
    const broken = alarmsBy(wolf).filter((one) => one.broken)
    expect(new Set(broken.map(({ alarm }) => alarm))).toEqual(new Set(['gate']))
    expect(broken.length).toBe(3)
  })

  it('finds drops where there are tasks and trials enough, and few where there are not', () => {
    const drops = dropScenarios(suite, 20)
    const large = tallyOf(scenario(drops, 'spread 0.2: 64 tasks, 5 trials'), 'test', judgeNight)
    const valid = large.nights - large.invalid
    expect(valid).toBeGreaterThanOrEqual(15)
    expect(large.gateFailed / valid).toBeGreaterThan(0.9)
    expect(large.compareWorse / valid).toBeGreaterThan(0.8)
    expect(large.saved / valid).toBeGreaterThan(0.3)
    const small = tallyOf(scenario(drops, 'spread 0.1: 8 tasks, 1 trials'), 'test', judgeNight)
    expect(small.gateFailed + small.compareWorse).toBeLessThan(6)
  })

  it('has the same seed print the same, and exits 0', async () => {
    const run = () => simulate('--nights', '3', '--seed', 'again')
    const [one, other] = [await run(), await run()]
    expect(one.exitCode).toBe(0)
    expect(one.stdout).toBe(other.stdout)
    expect(one.stdout.split('\n')[0]).toBe(
      '| nothing changed | nights | invalid | `compare` says better or worse | `gate` fails | `gate --stored-baseline` fails | `--sequential` stops for worse |',
    )
    expect(one.stdout.split('\n').at(-1)).toMatch(/^\| 64 × 5 \|/)
  })

  it('prints the tables whose figures README shows', async () => {
    const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
    const shown = readme.split('<!-- npm run simulate -->')[1]?.split('<!-- end -->')[0]?.trim() ?? ''
    // The figures take minutes; what they are of must be what the command prints now, and none of them may break the promise.
    const labels = (table: string) =>
      table.split('\n').map((line) => (line.startsWith('| ---') || /^\| (nothing|tasks)/.test(line) ? line : line.split('|')[1]))
    expect(labels(shown)).toEqual(labels(tables(new Map())))
    expect(shown).not.toContain('BROKEN')
    expect(shown).toMatch(/\| beta, calm \| 7200 \|/)
  })

  it.each([
    { args: ['--nights', 'many'], message: '--nights many: expected a whole number of at least 3' },
    { args: ['--runs', 'results/no-such-run'], message: 'results/no-such-run' },
  ])('$args: exit 2', async ({ args, message }) => {
    const { exitCode, stderr, stdout } = await simulate(...args)
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })
})

function simulate(...args: readonly string[]) {
  const repository = join(import.meta.dirname, '../..')
  return execa(process.execPath, ['simulate/simulate.ts', ...args], { cwd: repository, env: {}, extendEnv: false, reject: false })
}
