import { expect, it } from 'vitest'
import { openToyProject } from '../toy-project.ts'
import { COMMAND, writeAgents } from './two-agents.ts'

it('tries', async () => {
  await using project = await openToyProject()
  await writeAgents(project)
  const plan = await project.assay(['compare', '--agents', 'agents/good.md', 'agents/bad.md', ...COMMAND, '--trials', '3', '--plan'])
  console.log(plan)
  const ran = await project.assay(['compare', '--agents', 'agents/good.md', 'agents/bad.md', ...COMMAND, '--trials', '3', '--gate'])
  console.log(ran.code, ran.out, ran.err)
  const again = await project.assay(['compare', 'last', '--markdown'])
  console.log(again.code, again.out, again.err)
  console.log(await project.assay(['list']))
  expect(1).toBe(1)
})
