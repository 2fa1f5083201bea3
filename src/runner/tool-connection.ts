import { randomBytes } from 'node:crypto'
import type { CommandResult, Process } from '../sandbox/sandbox.ts'
import { onLine } from './line-reader.ts'
import { READY, type SealedAnswer, type ServerPlan, sealOf, type ToolRequest } from './tool-server.ts'

/** What a tool call came to. A failing tool is an answer. */
export interface ToolAnswer {
  readonly text: string
  readonly isError: boolean
}

/** `lost`: the server is gone, with all that ran in it. */
type ToolOutcome = { readonly kind: 'answered'; readonly answer: ToolAnswer } | { readonly kind: 'lost'; readonly reason: string }

/** The line to one running tool server. */
export interface ToolConnection {
  readonly process: Process
  /** Whether the server came up. */
  ready(): Promise<ToolOutcome>
  /** A server that has not answered after `withinMs` is ended. One call at a time. */
  ask(request: ToolRequest, withinMs: number): Promise<ToolOutcome>
}

/** How long a server may take to come up on a busy machine. */
const READY_MS = 60_000

/** No sealed answer is longer: a line beyond it was written by a command of the agent. Bytes. */
const LINE_LIMIT = 1024 * 1024

/** Speaks with a tool server that was just started as `process`; `workdir` is where its tools shall work. */
export function connectTools(process: Process, workdir: string): ToolConnection {
  const secret = randomBytes(32).toString('hex')
  const pending = new Map<number, (outcome: ToolOutcome) => void>()
  // Writing to a server that was killed must be an answer to the call, not an uncaught EPIPE.
  process.stdin.on('error', () => undefined)
  process.stdin.write(`${JSON.stringify({ secret, workdir } satisfies ServerPlan)}\n`)
  const ended = process.result.then((result): ToolOutcome => ({ kind: 'lost', reason: `The tool server ended: ${howItEnded(result)}.` }))

  onLine(process.stdout, LINE_LIMIT, (line) => {
    const answer = readAnswer(line, secret)
    if (answer !== null) {
      pending.get(answer.id)?.({ kind: 'answered', answer: { text: answer.text, isError: answer.isError } })
    }
  })

  const answerTo = async (id: number, withinMs: number): Promise<ToolOutcome> => {
    const answered = Promise.withResolvers<ToolOutcome>()
    pending.set(id, answered.resolve)
    const timer = setTimeout(() => {
      process.kill()
      answered.resolve({ kind: 'lost', reason: `The tool server did not answer within ${Math.round(withinMs / 1000)} s and was ended.` })
    }, withinMs)
    const outcome = await Promise.race([answered.promise, ended])
    clearTimeout(timer)
    pending.delete(id)
    if (outcome.kind === 'lost') {
      await process.result
    }
    return outcome
  }
  const up = answerTo(READY, READY_MS)

  return {
    process,
    ready: () => up,
    ask: (request, withinMs) => {
      process.stdin.write(`${JSON.stringify(request)}\n`)
      return answerTo(request.id, withinMs)
    },
  }
}

/** Null for a line that the server did not write, whatever it looks like. */
function readAnswer(line: string, secret: string): SealedAnswer | null {
  let answer: Partial<SealedAnswer> | null
  try {
    answer = JSON.parse(line)
  } catch {
    return null
  }
  const { id, text, isError, seal } = answer ?? {}
  if (typeof id !== 'number' || typeof text !== 'string' || typeof isError !== 'boolean' || typeof seal !== 'string') {
    return null
  }
  return seal === sealOf(secret, { id, text, isError }) ? { id, text, isError, seal } : null
}

function howItEnded(result: CommandResult): string {
  switch (result.ended) {
    case 'exited':
      return `exit code ${result.exitCode}`
    case 'signalled':
      return result.signal
    case 'limit':
      return `the limit ${result.limit} was reached`
    case 'aborted':
      return 'the trial was stopped'
    case 'not-started':
      return `it did not start (${result.reason})`
  }
}
