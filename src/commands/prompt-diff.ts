import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { git } from '../workspace/git.ts'
import { cacheFolder, openScratch } from '../workspace/scratch.ts'
import type { LoadedArm } from './stored-arms.ts'
import type { TerminalIo } from './terminal-io.ts'

/** Two agent files as a unified diff, empty where they are equal; null where one is not known. */
export async function promptDiff(a: LoadedArm, b: LoadedArm, io: Pick<TerminalIo, 'env'>): Promise<string | null> {
  if (a.agentFile === null || b.agentFile === null) {
    return null
  }
  await using scratch = await openScratch(cacheFolder(io.env), 'diff')
  await writeFile(join(scratch.path, 'a.md'), a.agentFile)
  await writeFile(join(scratch.path, 'b.md'), b.agentFile)
  const options = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-prefix']
  const { stdout } = await git({ cwd: scratch.path, args: ['diff', '--no-index', ...options, '--', 'a.md', 'b.md'] })
  const hunks = stdout.toString('utf8').split('\n')
  const first = hunks.findIndex((line) => line.startsWith('--- '))
  return first === -1
    ? ''
    : [`--- ${a.arm.run.variant.agent.file}`, `+++ ${b.arm.run.variant.agent.file}`, ...hunks.slice(first + 2)].join('\n')
}
