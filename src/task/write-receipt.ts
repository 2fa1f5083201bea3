import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Receipt, Task } from './task.ts'

/** Writes `expected.json` of a task. */
export async function writeReceipt({ folder }: Pick<Task, 'folder'>, receipt: Receipt): Promise<void> {
  await writeFile(join(folder, 'expected.json'), `${JSON.stringify(receipt, null, 2)}\n`)
}
