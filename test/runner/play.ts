import { dir } from 'tmp-promise'
import type { TranscriptEvent } from '../../src/evidence/transcript.ts'
import { openGateway } from '../../src/gateway/open-gateway.ts'
import type { AnswerMessage, ModelRequest, Upstream } from '../../src/gateway/upstream.ts'
import type { Runner, RunnerOutput, TrialLimits } from '../../src/runner/runner.ts'
import type { SimulatedUser } from '../../src/simulated-user/simulated-user.ts'
import type { AgentDefinition } from '../../src/variant/agent-definition.ts'
import type { Workspace } from '../../src/workspace/workspace.ts'

export const agent: AgentDefinition = {
  name: 'coder',
  description: 'Writes: backend code',
  body: 'You are a careful coder.\n\nRead CLAUDE.md first.\n',
  model: 'sonnet',
  tools: null,
  foreign: [],
  promptDigest: '0'.repeat(64),
  fileDigest: '0'.repeat(64),
}

export interface Play {
  readonly runner: Runner
  readonly workspace: Workspace
  readonly upstream: Upstream
  readonly agent?: AgentDefinition
  readonly limits?: TrialLimits
  readonly tokens?: number
  readonly signal?: AbortSignal
  readonly user?: SimulatedUser
}

export interface Played {
  readonly output: RunnerOutput
  readonly events: readonly TranscriptEvent[]
  readonly sawBody: boolean
  readonly threads: number
  readonly failure: string | null
}

/** One trial: a real gateway in front of `upstream`, the runner in the workspace. */
export async function play({ runner, workspace, upstream, ...given }: Play): Promise<Played> {
  const limits = given.limits ?? { turns: 20, minutes: 1, usd: null }
  const scratch = await dir({ unsafeCleanup: true, prefix: 'assay-test-' })
  const events: TranscriptEvent[] = []
  const gateway = await openGateway(
    {
      upstream,
      bounds: { turns: limits.turns, tokens: given.tokens ?? null, usd: limits.usd },
      record: (event) => events.push(event),
      toolEvents: 'none',
      onRequest: async () => undefined,
      socketFolder: scratch.path,
    },
    { retry: { attempts: 1 } },
  )
  try {
    const output = await runner.run({
      agent: given.agent ?? agent,
      model: 'claude-sonnet-5-5',
      instruction: 'Do the work.',
      workspace,
      gateway,
      limits,
      record: (event) => events.push(event),
      signal: given.signal ?? new AbortController().signal,
      user: given.user ?? null,
      untouched: async () => (await workspace.changes()).length === 0,
      scratch: scratch.path,
    })
    return {
      output,
      events,
      sawBody: gateway.sawSystem((given.agent ?? agent).body),
      threads: gateway.threads(),
      failure: gateway.failure()?.cause ?? null,
    }
  } finally {
    await gateway[Symbol.asyncDispose]()
    await scratch.cleanup()
  }
}

export type Turn = Partial<Omit<AnswerMessage, 'content'>> & {
  readonly content: readonly { readonly type: string; readonly [key: string]: unknown }[]
}

/** An upstream that answers the n-th request with what `script` gives for it; `requests` keeps what arrived. */
export function scripted(script: (request: ModelRequest, n: number) => Turn): {
  readonly upstream: Upstream
  readonly requests: ModelRequest[]
} {
  const requests: ModelRequest[] = []
  return {
    requests,
    upstream: {
      name: 'reference',
      live: false,
      send: async (request) => {
        const turn = script(request, requests.push(request) - 1)
        const calls = turn.content.some(({ type }) => type === 'tool_use')
        return {
          kind: 'answer',
          message: {
            id: `msg_${requests.length}`,
            type: 'message',
            role: 'assistant',
            model: 'claude-sonnet-5-5',
            stop_reason: calls ? 'tool_use' : 'end_turn',
            usage: { input_tokens: 100, output_tokens: 10 },
            ...turn,
          },
        }
      },
    },
  }
}

export function says(text: string): Turn['content'][number] {
  return { type: 'text', text }
}

let ids = 0
export function calls(name: string, input: unknown): Turn['content'][number] {
  ids += 1
  return { type: 'tool_use', id: `toolu_${ids}`, name, input }
}
