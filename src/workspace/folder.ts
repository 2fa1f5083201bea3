import { closeSync, constants, lstatSync, openSync, readdirSync, type Stats } from 'node:fs'

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants

/**
 * An open folder of a tree that somebody else may be changing. What lies in it is named through its descriptor, so that a parent that
 * is replaced by a symlink in the meantime cannot lead us out of the tree, and paths may be longer than the kernel takes.
 */
export interface Folder extends Disposable {
  /** Empty where the folder has been removed meanwhile. */
  names(): Buffer[]
  /** A path that can be given to `node:fs` for the entry `name` of this folder. */
  at(name: Uint8Array): Buffer
  /** Null where it is gone. */
  lstat(name: Uint8Array): Stats | null
  /** The folder `name` in this one, never through a symlink; null where it is gone, is no folder, or cannot be opened. */
  open(name: Uint8Array): Folder | null
}

/** Opens the root of a tree. Throws where it is not there. */
export function openFolder(path: string | Buffer): Folder {
  return folderOf(openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), Buffer.from(path))
}

function folderOf(fd: number, path: Buffer): Folder {
  // Only Linux resolves names below a descriptor's path; elsewhere the plain path has to do.
  const prefix = process.platform === 'linux' ? Buffer.from(`/proc/self/fd/${fd}/`) : Buffer.concat([path, Buffer.from('/')])
  const at = (name: Uint8Array) => Buffer.concat([prefix, name])
  return {
    names: () => orNull(() => readdirSync(prefix, { encoding: 'buffer' })) ?? [],
    at,
    lstat: (name) => orNull(() => lstatSync(at(name))),
    open: (name) => orNull(() => folderOf(openSync(at(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW), at(name))),
    [Symbol.dispose]: () => closeSync(fd),
  }
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ESTALE'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return null
    }
    throw error
  }
}
