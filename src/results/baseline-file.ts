import { basename, dirname } from 'node:path'
import type { Baseline } from '../comparison/baseline.ts'
import { baselineSchema } from '../comparison/schema.ts'
import { type ContractReading, readContract } from './contract-file.ts'
import { writeSealed } from './phases.ts'

/** Reads a baseline; `path` is also what its problems call it. */
export function readBaseline(path: string): Promise<ContractReading<Baseline>> {
  return readContract(path, path, baselineSchema)
}

/** Writes a baseline, whole or not at all: one key a line, so that a diff shows what moved. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  await writeSealed(dirname(path), basename(path), `${JSON.stringify(baseline, null, 2)}\n`)
}
