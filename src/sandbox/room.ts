import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { posix } from 'node:path'
import type { Limits, Mount } from './sandbox.ts'

/** What a sandboxed command finds around it. Paths of `mounts` and `workspace` are those of the namespace from which bubblewrap starts. */
export interface Room {
  /** Shown, writable, at `/workspace`. */
  readonly workspace: string
  /** Below `/workspace`. */
  readonly cwd: string
  readonly mounts: readonly Mount[]
  readonly env: Readonly<Record<string, string>>
  readonly network: boolean
  readonly limits: Pick<Limits, 'memoryBytes'>
  /** Folders that must not be seen even where a mount contains them. */
  readonly hidden: readonly string[]
}

/** File systems in memory that the command may write to. */
export const MEMORY_FOLDERS = ['/tmp', '/home/agent', '/dev/shm'] as const

/** File descriptors from which bubblewrap copies the small files of /etc. */
export const ETC_FILES = {
  '/etc/passwd': {
    fd: 5,
    text: 'root:x:0:0:root:/root:/bin/sh\nagent:x:1000:1000:agent:/home/agent:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n',
  },
  '/etc/group': { fd: 6, text: 'root:x:0:\nagent:x:1000:\nnogroup:x:65534:\n' },
  '/etc/hosts': { fd: 7, text: '127.0.0.1 localhost assay\n::1 localhost\n' },
  '/etc/nsswitch.conf': { fd: 8, text: 'passwd: files\ngroup: files\nhosts: files dns\n' },
} as const

/** Certificates and resolver settings: what a package manager needs beside the network itself. No private keys. */
const NETWORK_FILES = [
  '/etc/resolv.conf',
  '/etc/gai.conf',
  '/etc/services',
  '/etc/protocols',
  '/etc/ssl/certs',
  '/etc/ssl/cert.pem',
  '/etc/ssl/openssl.cnf',
  '/etc/pki/tls/certs',
  '/etc/pki/tls/cert.pem',
  '/etc/pki/tls/openssl.cnf',
  '/etc/pki/ca-trust/extracted',
  '/etc/ca-certificates',
  '/usr/local/share/ca-certificates',
] as const

const HOST_ONLINE = ['/etc/hosts', '/etc/nsswitch.conf'] as const

/** One thing to be put into the room; shallow targets first, so that a deeper one is never covered by its parent. */
interface Piece {
  readonly target: string
  readonly args: readonly string[]
}

const depth = (path: string): number => path.split('/').filter((part) => part !== '').length

const isBelow = (path: string, folder: string): boolean => path.startsWith(folder === '/' ? '/' : `${folder}/`)

const real = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** `/bin`, `/lib` and the like as the host has them: links into /usr on most, folders on some. */
const systemPieces = (): readonly Piece[] =>
  ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].flatMap((path): Piece[] => {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat === undefined) {
      return []
    }
    return [{ target: path, args: stat.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path] }]
  })

const etcPieces = (network: boolean): readonly Piece[] => {
  const written = Object.entries(ETC_FILES)
    .filter(([path]) => !(network && HOST_ONLINE.some((online) => online === path)))
    .map(([path, { fd }]) => ({ target: path, args: ['--perms', '0644', '--ro-bind-data', String(fd), path] }))
  const shown = ['/etc/ld.so.cache', '/etc/alternatives', ...(network ? [...HOST_ONLINE, ...NETWORK_FILES] : [])]
  return [
    { target: '/etc', args: ['--perms', '0755', '--dir', '/etc'] },
    ...written,
    ...shown.map((path) => ({ target: path, args: ['--ro-bind-try', path, path] })),
  ]
}

const memoryPieces = (memoryBytes: number): readonly Piece[] => {
  const size = String(Math.max(Math.floor(memoryBytes / 2), 2 ** 20))
  return MEMORY_FOLDERS.map((target) => ({
    target,
    args: ['--perms', target === '/home/agent' ? '0755' : '1777', '--size', size, '--tmpfs', target],
  }))
}

/** A prefix that is reached through a symlink is shown at both names: scripts inside it hold the real one. */
const bothNames = (mount: Mount): readonly Mount[] => {
  const name = real(mount.source)
  return mount.source !== mount.target || name === mount.source ? [mount] : [mount, { ...mount, target: name }]
}

/** Where in the room a hidden host folder would appear, through /usr or through a mount of one of its parents. */
const maskTargets = (mounts: readonly Mount[], hidden: readonly string[]): readonly string[] =>
  mounts.flatMap((mount) =>
    hidden.map(real).flatMap((folder) => {
      const source = real(mount.source)
      return isBelow(folder, source) ? [posix.join(mount.target, folder.slice(source.length))] : []
    }),
  )

/** The arguments of bubblewrap for a room, but for what is to run in it. Only looks at the host's own symlinks. */
export const roomArguments = (room: Room): readonly string[] => {
  const mounts = [{ source: '/usr', target: '/usr', writable: false }, ...room.mounts.flatMap(bothNames)]
  const masks = maskTargets(mounts, room.hidden)
  const pieces: readonly Piece[] = [
    ...mounts.map(({ source, target, writable }) => ({ target, args: [writable ? '--bind' : '--ro-bind', source, target] })),
    ...masks.map((target) => ({ target, args: ['--perms', '0755', '--tmpfs', target] })),
    ...systemPieces(),
    ...etcPieces(room.network),
    { target: '/proc', args: ['--proc', '/proc'] },
    { target: '/dev', args: ['--dev', '/dev'] },
    ...memoryPieces(room.limits.memoryBytes),
    { target: '/workspace', args: ['--bind', room.workspace, '/workspace'] },
  ]
  // /proc too: started by root, a command without any capability could still write /proc/sys, for the files there go by owner.
  const sealed = ['/proc', '/dev', ...masks, '/'].flatMap((path) => ['--remount-ro', path])
  return [
    ...['--unshare-user', '--unshare-all', ...(room.network ? ['--share-net'] : []), '--disable-userns'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--uid', '1000', '--gid', '1000', '--hostname', 'assay'],
    ...[...pieces].sort((a, b) => depth(a.target) - depth(b.target)).flatMap((piece) => piece.args),
    ...sealed,
    ...['--clearenv', ...Object.entries(room.env).flatMap(([name, value]) => ['--setenv', name, value])],
    ...['--chdir', posix.join('/workspace', room.cwd)],
  ]
}
