import { execa } from 'execa'

/** Nothing of the user's or the machine's git settings, and no repository found by walking upwards. */
const environment = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
}

export interface GitRequest {
  readonly cwd: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly input?: Uint8Array
}

export type GitResult = { readonly ok: boolean; readonly exitCode: number | undefined; readonly stdout: Buffer; readonly stderr: string }

/** Runs git with an environment of its own: the same answer on every machine. Never rejects. */
export async function git({ cwd, args, env = {}, input }: GitRequest): Promise<GitResult> {
  const result = await execa('git', [...args], {
    cwd,
    env: { ...environment, GIT_CEILING_DIRECTORIES: cwd, ...env },
    extendEnv: false,
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: 1024 * 1024 * 1024,
    ...(input ? { input } : { stdin: 'ignore' }),
  })
  const stderr = result.stderr ? Buffer.from(result.stderr).toString() : ''
  const stdout = result.stdout ? Buffer.from(result.stdout) : Buffer.alloc(0)
  return { ok: !result.failed, exitCode: result.exitCode, stdout, stderr: stderr || (result.shortMessage ?? '') }
}
