import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, it } from 'vitest'
import { baseTree } from '../../src/workspace/base-tree.ts'
import { walkChanges } from '../../src/workspace/walk-changes.ts'

it('lists what lies beyond its budget, and does not read it', async () => {
  const { path: root, cleanup } = await dir({ prefix: 'assay-test-', unsafeCleanup: true })
  for (const name of ['a', 'b', 'c']) {
    await writeFile(join(root, name), '')
    await truncate(join(root, name), 400_000)
  }
  const kept: number[] = []
  const keep = async (_digest: string, content: Buffer) => {
    kept.push(content.length)
  }
  const changes = await walkChanges({ root, merged: null, base: baseTree(new Map()), unchanged: () => false, keep, budget: 1_000_000 })
  await cleanup()
  expect(changes.map(({ path }) => path)).toEqual(['a', 'b', 'c'])
  expect(changes.map((change) => change.kind === 'added' && change.now.type).toSorted()).toEqual(['file', 'file', 'unstable'])
  expect(kept).toEqual([400_000, 400_000])
})
