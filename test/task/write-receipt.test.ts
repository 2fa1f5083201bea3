import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, it } from 'vitest'
import type { Receipt } from '../../src/task/task.ts'
import { writeReceipt } from '../../src/task/write-receipt.ts'

const session = { requests: 3, input: 4000, output: 50, context: 900 }
const proof = { schema: 1, task: 't', fixture: 'f', rules: 'r', failToPass: ['a'], passToPass: [], lower: [] } as const

it.each<[string, Receipt, string]>([
  ['no session', proof, 'schema task fixture rules failToPass passToPass lower'],
  ['a session', { ...proof, session }, 'schema task fixture rules failToPass passToPass lower session'],
  ['a session that was read first', { session, ...proof }, 'schema task fixture rules failToPass passToPass lower session'],
])('a receipt with %s has one order of its keys', async (_, receipt, keys) => {
  await using folder = await scratch()
  await writeReceipt(folder, receipt)
  const text = await readFile(join(folder.folder, 'expected.json'), 'utf8')
  expect(Object.keys(JSON.parse(text)).join(' ')).toBe(keys)
  expect(JSON.parse(text)).toEqual(receipt)
  expect(text.endsWith('}\n')).toBe(true)
})

async function scratch() {
  const made = await dir({ prefix: 'assay-receipt-', unsafeCleanup: true })
  return { folder: made.path, [Symbol.asyncDispose]: made.cleanup }
}
