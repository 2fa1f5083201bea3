import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { assayVersion, hostFacts } from '../src/commands/host-facts.ts'
import type { PreparedFixture } from '../src/fixture/prepared-fixture.ts'
import { limitMechanism } from '../src/sandbox/limits.ts'
import { measureRows, rounds } from './measure-rows.ts'
import { countMemory } from './memory-row.ts'
import type { Place } from './place.ts'
import { printRows } from './print-rows.ts'
import { openStage, type Stage } from './stage.ts'

const say = (line: string) => console.error(line)

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    // For the process that `measureMemory` starts.
    'count-memory': { type: 'string' },
  },
})

async function placeOn(stage: Stage, prepared: PreparedFixture | string, name: string): Promise<Place> {
  if (typeof prepared === 'string') {
    throw new Error(prepared)
  }
  const scratch = join(stage.scratch, name)
  await mkdir(scratch, { recursive: true })
  return { prepared, rung: stage.rung, scratch }
}

if (values['count-memory'] === undefined) {
  await using stage = await openStage('all', say)
  const { cpus, release } = hostFacts()
  const title = `Assay ${assayVersion()}, Node ${process.versions.node}, ${cpus} CPUs, Linux ${release}, sandbox ${stage.rung}, limits by ${limitMechanism()}`
  console.log(`${title}${values.quick ? '; --quick: few rounds' : ''}\n`)
  const rows = await measureRows({
    real: (name) => placeOn(stage, stage.real, name),
    tiny: (name) => placeOn(stage, stage.tiny, name),
    program: import.meta.filename,
    rounds: rounds[values.quick ? 'quick' : 'full'],
    say,
  })
  console.log(
    `${printRows(rows)}\n\nNumbers without a unit are ratios of two things measured in turn within this run: the median, and the range of all.`,
  )
} else {
  await using stage = await openStage('tiny', say)
  const samples = await countMemory(await placeOn(stage, stage.tiny, 'memory'), Number(values['count-memory']))
  console.log(JSON.stringify(samples))
}
