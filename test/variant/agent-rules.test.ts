import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { expect, it, test } from 'vitest'
import { printProblems } from '../../src/task/problem.ts'
import { companionOf, parseAgentRules } from '../../src/variant/agent-rules.ts'
import { readSource } from '../../src/variant/read-agent.ts'
import { git } from '../../src/workspace/git.ts'

test.each([
  ['agents/backend-coder.md', 'agents/backend-coder.rules.yaml'],
  ['git:HEAD~1:agents/backend-coder.md', 'git:HEAD~1:agents/backend-coder.rules.yaml'],
  ['agents/coder', 'agents/coder.rules.yaml'],
])('the companion of %s', (agent, companion) => expect(companionOf(agent)).toBe(companion))

it('reads severities, and knows where each stands', () => {
  const reading = parseAgentRules(Buffer.from('rules:\n  style/braces: off\n  scope/ci: fail\n'), 'a.rules.yaml')
  expect(reading).toMatchObject({ kind: 'read', rules: { 'style/braces': 'off', 'scope/ci': 'fail' } })
  expect(reading.kind === 'read' && reading.at('scope/ci')).toBe(3)
})

test.each([
  ['bytes that are no text', Buffer.from([0xff, 0xfe]), 'a.rules.yaml:1: is not UTF-8\n'],
  ['no YAML', Buffer.from('rules: [\n'), 'a.rules.yaml:'],
  ['nothing', Buffer.from(''), 'a.rules.yaml:1: '],
])('refuses %s', (_, bytes, message) => {
  const reading = parseAgentRules(bytes, 'a.rules.yaml')
  expect(reading.kind === 'bad' && printProblems(reading.problems)).toContain(message)
})

it('tells a companion that is not there from a revision that is not', async () => {
  const folder = await dir({ unsafeCleanup: true })
  try {
    await writeFile(join(folder.path, 'a.rules.yaml'), 'rules: {}\n')
    const run = (...args: readonly string[]) => git({ cwd: folder.path, args: ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args] })
    await run('init', '--quiet')
    await run('add', '.')
    await run('commit', '--quiet', '-m', 'a')
    const kinds = async (source: string) => {
      const bytes = await readSource(source, folder.path)
      return bytes.kind === 'bytes' ? 'there' : bytes.missing ? 'missing' : 'wrong'
    }
    expect(await kinds('a.rules.yaml')).toBe('there')
    expect(await kinds('b.rules.yaml')).toBe('missing')
    expect(await kinds('git:HEAD:a.rules.yaml')).toBe('there')
    expect(await kinds('git:HEAD:b.rules.yaml')).toBe('missing')
    expect(await kinds('git:nowhere:a.rules.yaml')).toBe('wrong')
  } finally {
    await folder.cleanup()
  }
})
