import type { Readable, Writable } from 'node:stream'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { type Ending, type Exit, exitOf, verdictOf } from './ending.ts'
import { coverInherited } from './inherited.ts'
import { openOutput } from './output.ts'
import type { CommandResult, Process } from './sandbox.ts'
import { sendSignal } from './signal.ts'
import type { Tree } from './tree.ts'

/** A second pair of pipes beside the standard streams: file descriptor 3 (the child writes) and 4 (the child reads `input`). */
export interface SidePipes {
  readonly input: Uint8Array
  onOutput(text: string): void
  /** Whether the child has said that the command itself began; until then its death is ours, not the command's. */
  begun(): boolean
}

/** How to start one process of the host. `env` is all of its environment. */
export interface ChildPlan {
  readonly argv: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly outputBytes: number
  readonly wallMs: number
  readonly signal?: AbortSignal | undefined
  readonly side?: SidePipes
}

/** Where a namespace has ended with all its members, the pipes close by themselves. */
const SURE_TO_CLOSE_MS = 5000
/** Elsewhere a process that got away with a copy of a pipe must not hold the result up. */
const LAST_BYTES_MS = 250

const running = new Set<number>()
let hooked = false

const rememberUntilExit = (pid: number): void => {
  running.add(pid)
  if (!hooked) {
    hooked = true
    // Children have process groups of their own: an interrupted terminal does not reach them.
    process.once('exit', () => {
      running.forEach((pid) => {
        sendSignal(-pid, 'SIGKILL')
      })
    })
  }
}

/** Entries from descriptor 3 on. */
const extraStdio = (plan: ChildPlan): ('pipe' | 'ignore' | 3)[] => {
  const extra: ('pipe' | 'ignore' | 3)[] = plan.side === undefined ? [] : ['pipe', 'pipe']
  for (const { at, descriptor } of coverInherited()) {
    while (extra.length < at - 3) {
      extra.push('ignore')
    }
    // Any descriptor works; execa's types end at 9.
    extra[at - 3] = descriptor as 3
  }
  return extra
}

const spawn = (plan: ChildPlan) =>
  execa(plan.argv[0], plan.argv.slice(1), {
    cwd: plan.cwd,
    env: plan.env,
    extendEnv: false,
    reject: false,
    buffer: false,
    detached: true,
    cleanup: false,
    stdio: ['pipe', 'pipe', 'pipe', ...extraStdio(plan)],
  })

const ignoreErrors = (stream: Readable | Writable | null | undefined): void => {
  // A child that ends without reading its input breaks the pipe: that is its right, not an error of ours.
  stream?.on('error', () => undefined)
}

const connectSide = (stdio: readonly unknown[], side: SidePipes, told: () => void): void => {
  const [from, to] = [stdio[3] as Readable | null, stdio[4] as Writable | null]
  ignoreErrors(from)
  ignoreErrors(to)
  from?.on('data', (chunk: Buffer) => {
    side.onOutput(chunk.toString('utf8'))
    if (side.begun()) {
      // From here on the command could reach the pipe: nothing more is believed. Not closed, for bubblewrap would die of SIGPIPE.
      from.pause()
      told()
    }
  })
  from?.once('close', told)
  to?.end(side.input)
}

const closed = (stream: Readable | null): Promise<unknown> =>
  stream === null || stream.destroyed ? Promise.resolve() : new Promise((resolve) => stream.once('close', resolve))

/**
 * Starts a process of the host in a process group of its own and watches over it: output cap, wall clock, the limits of `tree`, abort.
 * Whatever ends it, all of `tree` is killed before the result resolves. Never throws, never rejects.
 */
export const startChild = (plan: ChildPlan, tree: Tree): Process => {
  const began = performance.now()
  let ending: Ending | null = null
  const end = (why: Ending): void => {
    ending ??= why
    void tree.end()
  }
  const output = openOutput(plan.outputBytes, () => {
    end({ ended: 'limit', limit: 'outputBytes' })
  })
  const subprocess = spawn(plan)
  const exit = new Promise<Exit>((resolve) => {
    subprocess.nodeChildProcess.once('exit', (code, signal) => {
      resolve(exitOf(code, signal))
    })
    void subprocess.then((outcome) => {
      resolve({ kind: 'error', reason: 'shortMessage' in outcome ? String(outcome.shortMessage) : 'the process could not be started' })
    })
  })
  ;[subprocess.stdin, subprocess.stdout, subprocess.stderr].forEach(ignoreErrors)
  subprocess.stdout.on('data', output.takeStdout)
  subprocess.stderr.on('data', output.takeStderr)
  const told = new Promise<void>((resolve) => {
    if (plan.side === undefined) {
      resolve()
    } else {
      connectSide(subprocess.stdio, plan.side, resolve)
    }
  })
  const { pid } = subprocess
  if (pid !== undefined) {
    rememberUntilExit(pid)
    tree.started(pid)
  }
  const abort = (): void => {
    end({ ended: 'aborted' })
  }
  const watch = setInterval(() => {
    const limit = tree.breached()
    if (limit !== null) {
      end({ ended: 'limit', limit })
    }
  }, tree.watchEveryMs)
  const wall = setTimeout(() => {
    end({ ended: 'limit', limit: 'wallMs' })
  }, plan.wallMs)
  plan.signal?.addEventListener('abort', abort, { once: true })
  if (plan.signal?.aborted === true) {
    abort()
  }

  const finish = async (): Promise<CommandResult> => {
    const how = await exit
    const ms = performance.now() - began
    clearInterval(watch)
    clearTimeout(wall)
    plan.signal?.removeEventListener('abort', abort)
    // The exit of a short command is heard before the last words on its pipes.
    await Promise.race([told, sleep(SURE_TO_CLOSE_MS, undefined, { ref: false })])
    const limit = tree.breached()
    if (limit !== null) {
      ending ??= { ended: 'limit', limit }
    }
    await tree.end()
    const drained = Promise.all([closed(subprocess.stdout), closed(subprocess.stderr)])
    await Promise.race([drained, sleep(plan.side === undefined ? LAST_BYTES_MS : SURE_TO_CLOSE_MS, undefined, { ref: false })])
    // After a stall of this process timers come before the bytes that wait in the pipes.
    await setImmediate()
    await setImmediate()
    subprocess.stdio.forEach((stream) => {
      stream?.destroy()
    })
    await tree.close()
    if (pid !== undefined) {
      running.delete(pid)
    }
    const { stdout, stderr } = output.finish()
    return { stdout, stderr, ms, ...verdictOf(how, ending, plan.side?.begun() ?? true, stderr) }
  }

  return { stdin: subprocess.stdin, stdout: output.stdout, result: finish(), kill: abort }
}
