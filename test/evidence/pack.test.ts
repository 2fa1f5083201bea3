import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, it, onTestFinished } from 'vitest'
import { readPack } from '../../src/evidence/pack.ts'
import { sealPack } from '../../src/evidence/seal.ts'
import { openBlobStore } from '../../src/workspace/blob-store.ts'

async function scratch(): Promise<string> {
  const { path, cleanup } = await dir({ unsafeCleanup: true })
  onTestFinished(() => cleanup())
  return path
}

const contents = [
  Buffer.from('one\n'),
  Buffer.alloc(0),
  Buffer.from([0, 255, 10, 10]),
  Buffer.from('assay-pack 1\n'),
  Buffer.alloc(300_000, 7),
]

async function pack(order: readonly Buffer[]): Promise<{ bytes: Buffer; missing: readonly string[] }> {
  const folder = await scratch()
  const blobs = openBlobStore(join(folder, 'blobs'))
  const digests = await Promise.all(order.map((content) => blobs.put(content)))
  const { missing } = await sealPack(blobs, [...digests, ...digests, hash('sha256', 'never stored')], join(folder, 'objects.pack'))
  expect((await readdir(folder)).sort()).toEqual(['blobs', 'objects.pack'])
  return { bytes: await readFile(join(folder, 'objects.pack')), missing }
}

it('gives back every object, and the same bytes whatever the order', async () => {
  const { bytes, missing } = await pack(contents)
  const objects = readPack(bytes)
  expect([...objects.keys()]).toEqual(contents.map((content) => hash('sha256', content)).sort())
  for (const content of contents) {
    expect(Buffer.compare(objects.get(hash('sha256', content)) ?? Buffer.from('absent'), content)).toBe(0)
  }
  expect(missing).toEqual([hash('sha256', 'never stored')])
  expect((await pack([...contents].reverse())).bytes.equals(bytes)).toBe(true)
})

it('says what is wrong with a pack that is damaged', async () => {
  const { bytes } = await pack([Buffer.from('one\n'), Buffer.from('two\n')])
  const flipped = Buffer.from(bytes)
  flipped[flipped.length - 2] = 0x58
  expect(() => readPack(flipped)).toThrow(/has other content than its digest says/)
  expect(() => readPack(bytes.subarray(0, -1))).toThrow(/cut short or damaged at byte \d+/)
  expect(() => readPack(Buffer.concat([bytes, Buffer.from('more')]))).toThrow(/cut short or damaged/)
  expect(() => readPack(Buffer.from('something else\n'))).toThrow('The pack begins with "something else\\n"')
  expect(() => readPack(Buffer.alloc(0))).toThrow('The pack begins with ""')
})

it('reads a pack that lies somewhere in a larger buffer', async () => {
  const { bytes } = await pack([Buffer.from('one\n')])
  const larger = Buffer.concat([Buffer.from('before'), bytes])
  expect(readPack(larger.subarray(6)).size).toBe(1)
})
