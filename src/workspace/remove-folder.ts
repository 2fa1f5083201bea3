import { execa } from 'execa'

const options = { extendEnv: false, env: { PATH: process.env.PATH ?? '/usr/bin:/bin' }, reject: false, stdin: 'ignore' } as const

/**
 * Removes a folder with all in it, whatever its modes. An agent may leave paths longer than the kernel takes in one call and folders that
 * even their owner cannot list, and an overlay leaves its work folder with mode 000: `rm` manages the first, `chmod` the others.
 */
export async function removeFolder(path: string): Promise<void> {
  const first = await execa('rm', ['-rf', '--', path], options)
  if (!first.failed) {
    return
  }
  await execa('chmod', ['-R', 'u+rwX', '--', path], options)
  const second = await execa('rm', ['-rf', '--', path], options)
  if (second.failed) {
    throw new Error(`Cannot remove ${path}: ${second.stderr.slice(0, 2000)}`)
  }
}
