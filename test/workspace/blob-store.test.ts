import { hash } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, it, onTestFinished } from 'vitest'
import { openBlobStore } from '../../src/workspace/blob-store.ts'

async function scratch(): Promise<string> {
  const { path, cleanup } = await dir({ unsafeCleanup: true })
  onTestFinished(() => cleanup())
  return path
}

it('keeps content by its digest, once, and for the next to open it', async () => {
  const folder = join(await scratch(), 'blobs')
  const blobs = openBlobStore(folder)
  const [one, again, none] = await Promise.all([blobs.put(Buffer.from('one')), blobs.put(Buffer.from('one')), blobs.put(Buffer.alloc(0))])
  expect(one).toBe(hash('sha256', 'one'))
  expect(again).toBe(one)
  expect((await readdir(folder)).sort()).toEqual([one, none].sort())
  const later = openBlobStore(folder)
  expect(later.has(one)).toBe(true)
  expect(Buffer.from((await later.get(one)) ?? []).toString()).toBe('one')
  expect(await later.get(hash('sha256', 'two'))).toBeNull()
  expect(later.has(hash('sha256', 'two'))).toBe(false)
})

it('takes no half-written file for a blob', async () => {
  const folder = await scratch()
  const digest = hash('sha256', 'one')
  await writeFile(join(folder, `${digest}.1.1.partial`), 'on')
  expect(openBlobStore(folder).has(digest)).toBe(false)
})
