import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Receipt, Task } from './task.ts'

/**
 * Writes `expected.json` of a task. What its reference session took comes last, whoever writes:
 * two orders of the same receipt made a diff of every proof that had changed nothing.
 */
export async function writeReceipt({ folder }: Pick<Task, 'folder'>, { session, ...proof }: Receipt): Promise<void> {
  await writeFile(join(folder, 'expected.json'), `${JSON.stringify({ ...proof, session }, null, 2)}\n`)
}
