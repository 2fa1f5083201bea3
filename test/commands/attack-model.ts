import type { ReceivedRequest, ScriptedTurn } from '../../src/gateway/scripted-api.ts'

/** The model waits at `MEETING: NAME` until two have come, begins a conversation with a tool call, and else says that it is done. */
export function scriptedModel(): (request: ReceivedRequest, index: number) => ScriptedTurn {
  const meetings = new Map<string, Set<string>>()
  return ({ body }, index) => {
    const [meeting = '', name] = String(body.messages[0]?.content).split(': ')
    if (name !== undefined) {
      const come = meetings.get(meeting) ?? new Set()
      meetings.set(meeting, come.add(name))
      return { content: [{ type: 'text', text: come.size > 1 ? 'both' : 'alone' }] }
    }
    return index === 0
      ? { content: [{ type: 'tool_use', id: 'c1', name: 'bash', input: { command: './run-tests' } }] }
      : { content: [{ type: 'text', text: 'Done.' }] }
  }
}
