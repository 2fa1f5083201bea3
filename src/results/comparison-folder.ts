import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComparisonRecord } from '../comparison/comparison-record.ts'
import { comparisonRecordSchema } from '../comparison/schema.ts'
import { type ContractReading, readContract } from './contract-file.ts'
import { COMPARISON } from './find-runs.ts'
import { syncFolder, writeSealed } from './phases.ts'
import type { Run } from './run.ts'
import { createRun } from './store.ts'

/** Reads the `comparison.json` of a folder. */
export function readComparisonRecord(folder: string): Promise<ContractReading<ComparisonRecord>> {
  return readContract(join(folder, COMPARISON), COMPARISON, comparisonRecordSchema)
}

/** Writes it, whole or not at all. */
export async function writeComparisonRecord(folder: string, record: ComparisonRecord): Promise<void> {
  await writeSealed(folder, COMPARISON, `${JSON.stringify(record, null, 2)}\n`)
}

/** One arm before it is begun. */
interface NewArm {
  readonly run: Run
  readonly agentFile: Uint8Array
}

/** Makes `OUT/COMPARISON/` with the folders of both runs and, last, `comparison.json`: where that is, all is. Rejects where the disk refuses; nothing has been paid for yet. */
export async function createComparison(outFolder: string, record: ComparisonRecord, arms: readonly [NewArm, NewArm]): Promise<string> {
  const folder = join(outFolder, record.comparison)
  await mkdir(folder, { recursive: true })
  await syncFolder(outFolder)
  for (const { run, agentFile } of arms) {
    const created = await createRun(folder, run)
    if (created.kind !== 'locked') {
      throw new Error(`a new run cannot be made in ${folder}: ${JSON.stringify(created)}`)
    }
    await writeSealed(created.writer.folder, 'agent.md', agentFile)
    await created.writer[Symbol.asyncDispose]()
  }
  await writeComparisonRecord(folder, record)
  return folder
}
