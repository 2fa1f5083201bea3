import type { Stats } from 'node:fs'
import { joinPath } from './base-tree.ts'
import { type Folder, openFolder } from './folder.ts'
import { pace } from './pace.ts'
import { pathText } from './path-text.ts'

/** One path of a tree that is no folder. `folder` is open only until the next path is asked for. */
export interface Walked {
  readonly path: string
  readonly folder: Folder
  readonly name: Buffer
  readonly stat: Stats
}

/** All paths below `root` that are no folders but those in the root's own `.git`, in no promised order. */
export async function* walkFolder(root: string): AsyncGenerator<Walked> {
  using folder = openFolder(root)
  yield* below(folder, '', pace())
}

async function* below(folder: Folder, path: string, pause: () => Promise<void> | undefined): AsyncGenerator<Walked> {
  for (const name of folder.names()) {
    await pause()
    const own = joinPath(path, pathText(name))
    if (own === '.git') {
      continue
    }
    const stat = folder.lstat(name)
    if (stat?.isDirectory()) {
      using child = folder.open(name)
      if (child) {
        yield* below(child, own, pause)
      }
    } else if (stat) {
      yield { path: own, folder, name, stat }
    }
  }
}
