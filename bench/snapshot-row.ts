import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBlobStore } from '../src/workspace/blob-store.ts'
import { installFiles } from '../src/workspace/install-files.ts'
import { measurePairs } from './pairs.ts'
import { gitAt, openAt, type Place, smallChange } from './place.ts'
import { type Measured, shownMs } from './row.ts'

/** Finding what an agent changed, against `git add -A` of the same change in a copy of the tracked files with an index of its own. */
export async function measureSnapshot(place: Place, count: number): Promise<Measured> {
  const { prepared, scratch } = place
  const files = await smallChange(place)
  await using workspace = await openAt(place, openBlobStore(join(scratch, 'blobs')))
  await workspace.install(files)

  const copy = join(scratch, 'snapshot')
  const [index, base] = [join(scratch, 'snapshot.index'), join(scratch, 'snapshot.base')]
  await gitAt(prepared.root, ['checkout-index', '-a', `--prefix=${copy}/`])
  const env = { GIT_DIR: join(scratch, 'snapshot.git'), GIT_WORK_TREE: copy }
  await gitAt(copy, ['init', '-q'], env)
  const add = async () => void (await gitAt(copy, ['add', '-A'], { ...env, GIT_INDEX_FILE: index }))
  await add()
  await copyFile(index, base)
  installFiles(copy, files)

  const ours = { run: async () => void (await workspace.changes()) }
  const { ratio, first, second } = await measurePairs(count, ours, { before: () => copyFile(base, index), run: add })
  const context = `${shownMs(first.median)} with ${files.size} changed files ÷ ${shownMs(second.median)}, ${count} pairs`
  return { kind: 'figure', spread: ratio, unit: '', context }
}
