import { join } from 'node:path'
import { factsOfFixture } from '../src/evidence/assemble.ts'
import { stackNamed } from '../src/stack/stacks.ts'
import { openBlobStore } from '../src/workspace/blob-store.ts'
import { roomA } from '../src/workspace/clean-room.ts'
import { roomFiles } from '../src/workspace/install-room.ts'
import { measurePairs } from './pairs.ts'
import { checkoutSide, gitAt, openAt, type Place, smallChange } from './place.ts'
import { type Measured, shownMs } from './row.ts'

/** A workspace opened and removed, against what git takes to write the tracked files and remove them. */
export async function measureWorkspace(place: Place, count: number): Promise<Measured> {
  const blobs = openBlobStore(join(place.scratch, 'blobs'))
  const tracked = (await gitAt(place.prepared.root, ['ls-files'])).split('\n').length - 1
  const workspace = { run: async () => (await openAt(place, blobs))[Symbol.asyncDispose]() }
  const { ratio, first, second } = await measurePairs(count, workspace, checkoutSide(place))
  const context = `${shownMs(first.median)} for ${place.prepared.base.size} files ÷ ${shownMs(second.median)} for ${tracked}, ${count} pairs`
  return { kind: 'figure', spread: ratio, unit: '', context }
}

/** What the agent changed, laid over a fresh workspace that is then removed, against the same. */
export async function measureCleanRoom(place: Place, count: number): Promise<Measured> {
  const { prepared, scratch } = place
  const blobs = openBlobStore(join(scratch, 'blobs'))
  const stack = stackNamed(prepared.fixture.stack)
  if (stack === null) {
    throw new Error(`There is no stack ${prepared.fixture.stack}.`)
  }
  await using changed = await openAt(place, blobs)
  await changed.install(await smallChange(place))
  const changes = await changed.changes()
  const facts = { fixture: factsOfFixture(prepared.fixture, stack), task: { deliverable: [] }, ours: [] }
  const build = async () => {
    const room = await roomFiles(roomA(changes, { ...facts, base: prepared.base.keys() }), prepared, blobs)
    if (room.kind === 'missing') {
      throw new Error(`The content of ${room.path} was not kept.`)
    }
    await using workspace = await openAt(place, blobs)
    await workspace.install(room.files)
  }
  const { ratio, first, second } = await measurePairs(count, { run: build }, checkoutSide(place))
  const context = `${shownMs(first.median)} with ${changes.length} changed files ÷ ${shownMs(second.median)}, ${count} pairs`
  return { kind: 'figure', spread: ratio, unit: '', context }
}
