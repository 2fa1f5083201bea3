import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, onTestFinished, test } from 'vitest'
import { findRun, listRuns } from '../../src/results/find-runs.ts'
import { sampleRun } from './sample-run.ts'

const old = '01KAQ3S8ZR4W6T9X2B5C7D8E9F'
const newer = '01KAQ3T8ZR4W6T9X2B5C7D8E9F'
const newest = '01KB03T8ZR4W6T9X2B5C7D8E9F'

async function results(...runs: string[]): Promise<string> {
  const folder = await dir({ unsafeCleanup: true })
  onTestFinished(() => folder.cleanup())
  for (const run of runs) {
    await mkdir(join(folder.path, run))
    await writeFile(join(folder.path, run, 'run.json'), JSON.stringify(sampleRun([], 1, { run })))
  }
  return folder.path
}

test('runs are listed newest first; what is no run is left out', async () => {
  const folder = await results(newer, newest, old)
  await mkdir(join(folder, '01KB03T8ZR4W6T9X2B5C7D8E9G'))
  await mkdir(join(folder, 'baselines'))
  expect((await listRuns(folder)).map(({ run }) => run)).toEqual([newest, newer, old])
  expect(await listRuns(join(folder, 'absent'))).toEqual([])
})

test.each([
  ['last', newest],
  [old, old],
  ['01KB', newest],
  ['01kaq3t', newer],
  ['01KAQ3S8', old],
])('%s is %s', async (meant, run) => {
  const folder = await results(old, newer, newest)
  expect(await findRun(folder, meant)).toEqual({ kind: 'found', folder: join(folder, run) })
})

test('a path to a folder elsewhere', async () => {
  const elsewhere = join(await results(old), old)
  expect(await findRun(await results(), elsewhere)).toEqual({ kind: 'found', folder: elsewhere })
})

test.each([
  ['01KAQ', `01KAQ is the beginning of 2 runs: ${newer}, ${old}`],
  ['01KB03X', `there is no run 01KB03X; the nearest is ${newest} (backend-coder, 2026-11-23T09:30:00.000Z)`],
  [old.replace('W6', 'WB'), `there is no run ${old.replace('W6', 'WB')}; the nearest is ${old} (backend-coder, 2026-11-23T09:30:00.000Z)`],
])('%s is not clear', async (meant, message) => {
  expect(await findRun(await results(old, newer, newest), meant)).toEqual({ kind: 'unknown', message })
})

test('nothing to find', async () => {
  const folder = await results()
  expect(await findRun(folder, 'last')).toEqual({ kind: 'unknown', message: `there is no run in ${folder}` })
  expect(await findRun(folder, 'x')).toEqual({ kind: 'unknown', message: `there is no run x: ${folder} holds none` })
})
