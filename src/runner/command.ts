import { realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { canonicalJson, sha256 } from '../evidence/digest.ts'
import type { Command, CommandResult, Mount } from '../sandbox/sandbox.ts'
import { agentLimits } from './agent-limits.ts'
import { questionsAtTheEnd } from './ask-user.ts'
import { type Exchange, FINAL_MESSAGE_LIMIT, openExchange, readFinalMessage } from './exchange.ts'
import { NODE_INSIDE, nodeMount, scriptInside, scriptMount } from './harness-mounts.ts'
import { folderDigest } from './mounted-folder.ts'
import type { Runner, RunnerInput, RunnerOutput, Stop } from './runner.ts'
import { outerStop } from './stop-reason.ts'

export interface CommandOptions {
  /** Run with `sh -c`. */
  readonly command: string
  /** Folders of the host that are seen read-only at `/mnt/NAME`, NAME being the last part of each path. */
  readonly mounts: readonly string[]
}

const SOCKET_INSIDE = '/run/assay/gw.sock'
const RELAY = 'relay.ts'

/** Any program as an agent. Refused where a folder to mount is absent or two of them have one name. */
export async function commandRunner(
  options: CommandOptions,
): Promise<{ readonly kind: 'runner'; readonly runner: Runner } | { readonly kind: 'refused'; readonly message: string }> {
  const mounts: Mount[] = []
  for (const folder of options.mounts) {
    const target = `/mnt/${basename(folder)}`
    const found = await stat(folder).catch(() => null)
    if (found?.isDirectory() !== true) {
      return { kind: 'refused', message: `--mount ${folder}: there is no such folder.` }
    }
    if (mounts.some((mount) => mount.target === target)) {
      return { kind: 'refused', message: `--mount ${folder}: another folder is already mounted at ${target}.` }
    }
    mounts.push({ source: await realpath(folder), target, writable: false })
  }
  return {
    kind: 'runner',
    runner: {
      name: 'command',
      trust: 'claimed',
      tame: false,
      identity: await identityOf(options.command, mounts),
      run: (input) => runCommand(input, options.command, mounts),
    },
  }
}

/** sha256 over the command and what its mounts hold: another content is another variant. */
async function identityOf(command: string, mounts: readonly Mount[]): Promise<string> {
  const contents = await Promise.all(mounts.map(async ({ source, target }) => [target, await folderDigest(source)]))
  return sha256(canonicalJson([command, contents.toSorted()]))
}

async function runCommand(input: RunnerInput, command: string, mounts: readonly Mount[]): Promise<RunnerOutput> {
  const exchange = await openExchange(input)
  const result = await input.workspace.run(commandOf(input, command, mounts, exchange), input.signal)
  if (result.ended === 'not-started') {
    throw new Error(`The command was not started: ${result.reason}`)
  }
  // Last words stand at the end; a flood of 64 MiB went into the transcript and the objects, twice.
  const finalMessage = (await readFinalMessage(exchange.onHost.out)) ?? result.stdout.slice(-FINAL_MESSAGE_LIMIT)
  const stop = outerStop(input.signal, input.gateway, input.limits) ?? stopOf(result, input)
  const questions = stop.kind === 'finished' ? await questionsAtTheEnd(finalMessage, input) : []
  // The program has ended: nobody is left to answer.
  return questions.length === 0
    ? { stop, finalMessage }
    : { stop: { kind: 'asked', questions: questions.map(({ text }) => text) }, finalMessage }
}

function commandOf(input: RunnerInput, command: string, mounts: readonly Mount[], exchange: Exchange): Command {
  const { workspace, gateway, limits } = input
  const shared = { cwd: '.', limits: agentLimits(limits), network: false } as const
  const env = { ...workspace.fixture.env, ANTHROPIC_API_KEY: gateway.key }
  if (workspace.rung === 'none') {
    if (mounts.length > 0) {
      throw new Error('Folders cannot be mounted without a sandbox.')
    }
    return {
      ...shared,
      argv: ['sh', '-c', command],
      env: { ...env, ...exchange.onHost.env, ANTHROPIC_BASE_URL: gateway.baseUrl },
      mounts: [],
    }
  }
  return {
    ...shared,
    argv: [NODE_INSIDE, '--no-warnings', scriptInside(RELAY), SOCKET_INSIDE, 'sh', '-c', command],
    env: { ...env, ...exchange.inside.env },
    mounts: [
      nodeMount(),
      scriptMount(RELAY),
      { source: gateway.socketPath, target: SOCKET_INSIDE, writable: true },
      ...exchange.inside.mounts,
      ...mounts,
    ],
  }
}

function stopOf(result: Exclude<CommandResult, { readonly ended: 'not-started' }>, { limits }: RunnerInput): Stop {
  switch (result.ended) {
    case 'exited':
      return result.exitCode === 0 ? { kind: 'finished' } : { kind: 'failed', message: `exit code ${result.exitCode}` }
    case 'signalled':
      return { kind: 'failed', message: `ended by ${result.signal}` }
    case 'limit':
      return result.limit === 'wallMs'
        ? { kind: 'timed-out', ms: limits.minutes * 60_000 }
        : { kind: 'failed', message: `the limit ${result.limit} was reached` }
    case 'aborted':
      return { kind: 'failed', message: 'interrupted' }
  }
}
