import { constants } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Mount } from '../sandbox/sandbox.ts'
import type { AgentDefinition } from '../variant/agent-definition.ts'
import type { RunnerInput } from './runner.ts'

/** How a program inside gets its instruction and the agent file, and where it leaves its last words. */
export interface Exchange {
  readonly inside: { readonly env: Readonly<Record<string, string>>; readonly mounts: readonly Mount[] }
  /** The same where there is no sandbox; `out` is the folder for the final message. */
  readonly onHost: { readonly env: Readonly<Record<string, string>>; readonly out: string }
}

const IN = '/run/assay/in'
const OUT = '/run/assay/out'
const FINAL_MESSAGE = 'final-message'

/** Bytes of a final message that are read, and characters of standard output that stand in for one. */
export const FINAL_MESSAGE_LIMIT = 256 * 1024

/** Lays the files out in the trial's scratch folder: what comes in is read-only inside, and only the folder of the answer is writable. */
export async function openExchange({ scratch, instruction, agent, agentFile }: RunnerInput): Promise<Exchange> {
  const [given, out] = [join(scratch, 'in'), join(scratch, 'out')]
  await mkdir(given)
  await mkdir(out)
  await writeFile(join(given, 'instruction.md'), instruction)
  await writeFile(join(given, 'agent.md'), agentFile ?? agentText(agent))
  return {
    inside: {
      env: variables(IN, OUT),
      mounts: [
        { source: given, target: IN, writable: false },
        { source: out, target: OUT, writable: true },
      ],
    },
    onHost: { env: variables(given, out), out },
  }
}

function variables(given: string, out: string): Readonly<Record<string, string>> {
  return {
    ASSAY_INSTRUCTION_FILE: join(given, 'instruction.md'),
    ASSAY_AGENT_FILE: join(given, 'agent.md'),
    ASSAY_FINAL_MESSAGE_FILE: join(out, FINAL_MESSAGE),
  }
}

/**
 * What the agent left as its final message, cut to 256 KiB; null where it left none. The agent made the file: a symlink would show
 * it files of ours, and a fifo would hold us for ever.
 */
export async function readFinalMessage(folder: string): Promise<string | null> {
  const file = await open(join(folder, FINAL_MESSAGE), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (file === null) {
    return null
  }
  try {
    if (!(await file.stat()).isFile()) {
      return null
    }
    const buffer = Buffer.alloc(FINAL_MESSAGE_LIMIT)
    const { bytesRead } = await file.read(buffer, 0, FINAL_MESSAGE_LIMIT, 0)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await file.close()
  }
}

/** The agent file written again from what was read of it, without the keys that Assay does not know. */
function agentText({ name, description, model, tools, body }: AgentDefinition): string {
  const data = { name, description, ...(model === null ? {} : { model }), ...(tools === null ? {} : { tools: tools.join(', ') }) }
  return `---\n${stringify(data, { lineWidth: 0 })}---\n${body}`
}
