import { createHmac } from 'node:crypto'
import { createInterface } from 'node:readline'
import { betaAgentToolset20260401 } from '@anthropic-ai/sdk/tools/agent-toolset/node'

/** The longest text that one call may answer with, in characters; what lies in the middle of a longer one is left out. */
const TEXT_LIMIT = 30_000

/** How long a bash call may take where the agent names no time, and how long it may ask for. Milliseconds. */
const BASH_DEFAULT_MS = 120_000
const BASH_LIMIT_MS = 600_000

/** The first line on standard input: what this server needs before any command of the agent runs beside it. */
export interface ServerPlan {
  readonly secret: string
  readonly workdir: string
}

/** The id of the first answer, which nobody asked for: the server is up. */
export const READY = 0

/** Every later line on standard input: one call. They are answered one at a time. */
export interface ToolRequest {
  readonly id: number
  readonly tool: string
  readonly input: unknown
}

/** One line on standard output. `seal` proves that the server wrote it. */
export interface SealedAnswer {
  readonly id: number
  readonly text: string
  readonly isError: boolean
  readonly seal: string
}

/**
 * HMAC-SHA256 over an answer. A command of the agent can write to the server's standard output through /proc and can steal a request
 * from its standard input; the secret came before the first command, so neither is enough to answer in the server's place.
 */
export function sealOf(secret: string, answer: Omit<SealedAnswer, 'seal'>): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([answer.id, answer.text, answer.isError]))
    .digest('hex')
}

/** Cuts a long text in the middle, with a note: a test run tells most at its beginning and its end. */
export function capText(text: string): string {
  if (text.length <= TEXT_LIMIT) {
    return text
  }
  const half = TEXT_LIMIT / 2
  return `${text.slice(0, half)}\n[… ${text.length - TEXT_LIMIT} characters left out …]\n${text.slice(-half)}`
}

/** The time that a bash call gets: what the agent asked for, within bounds. Milliseconds. */
export function bashTimeout(input: unknown): number {
  const asked = typeof input === 'object' && input !== null && 'timeout_ms' in input ? Number(input.timeout_ms) : Number.NaN
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, BASH_LIMIT_MS) : BASH_DEFAULT_MS
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function serve(): Promise<void> {
  // `pkill node` is how agents stop their own development servers: it must not find this process.
  process.title = 'assay-tools'
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done) {
    return
  }
  const plan: ServerPlan = JSON.parse(first.value)
  const tools = new Map(betaAgentToolset20260401({ workdir: plan.workdir }).map((tool) => ['name' in tool ? tool.name : '', tool]))

  const run = async ({ tool, input }: ToolRequest): Promise<{ text: string; isError: boolean }> => {
    const chosen = tools.get(tool)
    if (chosen === undefined) {
      return { text: `There is no tool '${tool}'.`, isError: true }
    }
    try {
      const given = tool === 'bash' && typeof input === 'object' ? { ...input, timeout_ms: bashTimeout(input) } : input
      const content = await chosen.run(chosen.parse(given))
      return { text: typeof content === 'string' ? content : JSON.stringify(content), isError: false }
    } catch (error) {
      return { text: errorText(error), isError: true }
    }
  }

  const say = (answer: Omit<SealedAnswer, 'seal'>) => {
    // The leading line break ends whatever a command of the agent wrote to this pipe.
    process.stdout.write(`\n${JSON.stringify({ ...answer, seal: sealOf(plan.secret, answer) } satisfies SealedAnswer)}\n`)
  }

  say({ id: READY, text: '', isError: false })
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const request: ToolRequest = JSON.parse(next.value)
    const { text, isError } = await run(request)
    say({ id: request.id, text: capText(text), isError })
  }
  // A shell that is still busy would keep the process alive.
  process.exit(0)
}

if (import.meta.main) {
  await serve()
}
