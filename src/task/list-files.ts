import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { compareText } from './problem.ts'

/** One path below a folder that is no folder itself; `/` between parts. Symbolic links are listed, never followed. */
export interface ListedFile {
  readonly path: string
  readonly type: 'file' | 'symlink' | 'special'
}

const litterFolders = new Set(['__pycache__', '.venv', 'node_modules', '.pytest_cache', '.ruff_cache', '.mypy_cache', '.git'])
const litterFile = /(?:\.py[co]|^\.DS_Store)$/

/** All files below a folder, sorted by path, without what tools leave behind (caches, installed dependencies, byte code). */
export async function listFiles(folder: string): Promise<readonly ListedFile[]> {
  return (await below(folder, '')).toSorted((a, b) => compareText(a.path, b.path))
}

async function below(folder: string, prefix: string): Promise<readonly ListedFile[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true })
  const listed = await Promise.all(
    entries.map(async (entry): Promise<readonly ListedFile[]> => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
      if (isLitter(entry)) {
        return []
      }
      return entry.isDirectory() ? below(folder, path) : [{ path, type: typeOf(entry) }]
    }),
  )
  return listed.flat()
}

function isLitter(entry: Dirent): boolean {
  return entry.isFile() ? litterFile.test(entry.name) : litterFolders.has(entry.name)
}

function typeOf(entry: Dirent): ListedFile['type'] {
  if (entry.isSymbolicLink()) {
    return 'symlink'
  }
  return entry.isFile() ? 'file' : 'special'
}
