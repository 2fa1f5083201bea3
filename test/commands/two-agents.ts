import type { ToyProject } from '../toy-project.ts'

/** An agent file whose body says whether its program does the work. */
export const agentThat = (word: 'works' | 'idles') => `---
name: toy-coder
description: Builds shops.
model: sonnet
---

An agent that ${word}.
`

const WORK = 'printf "\\n\\ndef shipping(amount):\\n    return 0 if amount >= 50 else 5\\n" >> backend/shop.py'

/** A program that solves the toy task where its agent's file says so, and else does nothing. */
export const COMMAND = ['--runner', 'command', '--command', `if grep -q works "$ASSAY_AGENT_FILE"; then ${WORK}; fi`]

/** Writes `agents/good.md` and `agents/bad.md`. */
export async function writeAgents(project: ToyProject): Promise<void> {
  await project.write('agents/good.md', agentThat('works'))
  await project.write('agents/bad.md', agentThat('idles'))
}
