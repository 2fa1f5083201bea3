import { mapTools } from './agent-tools.ts'
import { converse } from './conversation.ts'
import type { Runner } from './runner.ts'
import { openToolSession } from './tool-session.ts'
import { turnCalls } from './turn-calls.ts'

export interface BuiltinOptions {
  /** True where all that runs in the sandbox is our own script (the reference upstream): the weakest rung of the ladder may then do. */
  readonly scripted: boolean
}

/**
 * The runner whose loop is our own code on our side of the wall; its tools run inside the sandbox. It cannot run an agent that names a tool
 * which `mapTools` calls unknown: the caller refuses such an agent before any trial.
 */
export function builtinRunner(options: BuiltinOptions): Runner {
  return {
    name: 'builtin',
    trust: 'observed',
    tame: options.scripted,
    identity: 'builtin',
    run: async (input) => {
      const tools = mapTools(input.agent.tools)
      if (tools.kind === 'unknown') {
        throw new Error(`The builtin runner has no tools named ${tools.names.join(', ')}.`)
      }
      await using session = openToolSession(input)
      return await converse(input, tools.names, turnCalls(input, tools.names, session))
    },
  }
}
