import type { Command } from '../sandbox/sandbox.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { agentLimits } from './agent-limits.ts'
import { NODE_INSIDE, nodeMount, packageMounts, scriptInside, scriptMount, scriptOnHost } from './harness-mounts.ts'
import type { TrialLimits } from './runner.ts'
import { connectTools, type ToolAnswer, type ToolConnection } from './tool-connection.ts'
import { bashTimeout, READY } from './tool-server.ts'

/** The tools of one trial, running inside its sandbox. Calls are answered one at a time, in the order given. */
export interface ToolSession extends AsyncDisposable {
  call(tool: string, input: unknown): Promise<ToolAnswer>
}

const SCRIPT = 'tool-server.ts'

/** A tool server that agents keep killing is not started for ever. */
const RESTARTS = 3

/** How long a call of a tool other than bash may take: its slowest, grep, ends itself after a minute. */
const FILE_TOOL_MS = 120_000

/** What a call gets beyond its own time, for the answer to arrive. */
const GRACE_MS = 10_000

export interface ToolSessionPlan {
  readonly workspace: Workspace
  readonly limits: TrialLimits
  /** Ends the server, and with it the call under way. */
  readonly signal: AbortSignal
  /** How long a call may take beyond its own time before the server is taken for dead. Milliseconds. */
  readonly graceMs?: number
}

/**
 * The tool server is started with the first call. It runs in the sandbox, beside the commands of the agent, and may be killed by them: it is
 * then started again with the next call. Rejects only where it does not come up at all before any command ran: that is ours.
 */
export function openToolSession(plan: ToolSessionPlan): ToolSession {
  let server: ToolConnection | null = null
  let starts = 0
  let calls = READY

  const lose = (reason: string): ToolAnswer => {
    server = null
    return { text: `${reason} The shell's state and its background processes are lost.`, isError: true }
  }

  const startOnce = async (): Promise<ToolConnection | ToolAnswer> => {
    if (starts > RESTARTS) {
      return { text: 'The tools of this session ended too often and are gone.', isError: true }
    }
    starts += 1
    const started = connectTools(plan.workspace.start(serverCommand(plan), plan.signal), plan.workspace.root)
    server = started
    const up = await started.ready()
    if (up.kind === 'answered') {
      return started
    }
    if (starts === 1 && !plan.signal.aborted) {
      throw new Error(`${up.reason} It never came up: ${(await started.process.result).stderr}`)
    }
    return lose(up.reason)
  }

  const call = async (tool: string, input: unknown): Promise<ToolAnswer> => {
    const running = server ?? (await startOnce())
    if ('text' in running) {
      return running
    }
    calls += 1
    const ownTime = tool === 'bash' ? bashTimeout(input) : FILE_TOOL_MS
    const outcome = await running.ask({ id: calls, tool, input }, ownTime + (plan.graceMs ?? GRACE_MS))
    return outcome.kind === 'answered' ? outcome.answer : lose(outcome.reason)
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    call: (tool, input) => {
      const answer = last.then(() => call(tool, input))
      last = answer.catch(() => undefined)
      return answer
    },
    [Symbol.asyncDispose]: async () => {
      const running = server
      server = null
      running?.process.kill()
      await running?.process.result
    },
  }
}

function serverCommand({ workspace, limits }: ToolSessionPlan): Command {
  const bare = workspace.rung === 'none'
  return {
    argv: bare ? [process.execPath, scriptOnHost(SCRIPT)] : [NODE_INSIDE, '--no-warnings', scriptInside(SCRIPT)],
    cwd: '.',
    env: workspace.fixture.env,
    mounts: bare ? [] : [nodeMount(), scriptMount(SCRIPT), ...packageMounts('@anthropic-ai/sdk')],
    limits: agentLimits(limits),
    network: false,
  }
}
