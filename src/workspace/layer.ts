import { mkdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import { openKeeper } from '../sandbox/keeper.ts'
import type { Rung } from '../sandbox/sandbox.ts'
import type { View } from '../sandbox/start-command.ts'
import { baseTree } from './base-tree.ts'
import { statIndex } from './stat-index.ts'
import type { ChangeWalk } from './walk-changes.ts'

/** A private, writable view of a prepared fixture's tree, before anything runs in it. */
export interface Layer {
  readonly view: View
  /** Where commands inside see it. */
  readonly root: string
  /** Where the harness may write into it. */
  readonly tree: string
  readonly walk: Omit<ChangeWalk, 'keep'>
  /** Ends what holds the view; the folder is the caller's to remove. */
  close(): Promise<void>
}

export type LayerResult =
  | { readonly kind: 'open'; readonly layer: Layer }
  | { readonly kind: 'failed'; readonly call: string; readonly reason: string }

/** Lays a private view over the fixture, in `folder` (empty, on the host). */
export async function openLayer(prepared: PreparedFixture, rung: Rung, folder: string): Promise<LayerResult> {
  return rung === 'overlay+bwrap' ? openOverlay(prepared, folder) : openCopy(prepared, rung, folder)
}

const unfit = new Map([
  [0x01021994, 'tmpfs'],
  [0x794c7630, 'an overlay'],
])

async function openOverlay(prepared: PreparedFixture, folder: string): Promise<LayerResult> {
  const kind = unfit.get((await statfs(folder)).type)
  if (kind) {
    return {
      kind: 'failed',
      call: `statfs ${folder}`,
      reason: `The scratch folder lies on ${kind}; the upper layer of an overlay needs a file system on disk.`,
    }
  }
  const [upper, work, view] = [join(folder, 'upper'), join(folder, 'work'), join(folder, 'view')]
  await Promise.all([upper, work, view].map((path) => mkdir(path)))
  const opened = await openKeeper({ lower: prepared.root, upper, work, view })
  if (opened.kind === 'failed') {
    return opened
  }
  const { keeper } = opened
  const layer: Layer = {
    view: { kind: 'kept', keeper },
    root: '/workspace',
    tree: keeper.hostView,
    walk: { root: upper, merged: keeper.hostView, base: baseTree(prepared.base), unchanged: () => false },
    close: async () => keeper[Symbol.asyncDispose](),
  }
  return { kind: 'open', layer }
}

async function openCopy(prepared: PreparedFixture, rung: Rung, folder: string): Promise<LayerResult> {
  const tree = join(folder, 'tree')
  await mkdir(tree)
  // Twice to three times faster than copying in this process, and it keeps times, so compiled files stay valid.
  const copied = await execa('cp', ['-a', '--reflink=auto', '--', `${prepared.root}/.`, tree], { reject: false, stdin: 'ignore' })
  if (copied.failed) {
    return { kind: 'failed', call: `cp -a ${prepared.root} ${tree}`, reason: copied.stderr || (copied.shortMessage ?? 'cp failed') }
  }
  const layer: Layer = {
    view: rung === 'none' ? { kind: 'bare', path: tree } : { kind: 'folder', path: tree, boxed: true },
    root: rung === 'none' ? tree : '/workspace',
    tree,
    walk: { root: tree, merged: null, base: baseTree(prepared.base), unchanged: await statIndex(tree) },
    close: async () => {},
  }
  return { kind: 'open', layer }
}
