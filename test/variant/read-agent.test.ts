import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { dir } from 'tmp-promise'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readAgent } from '../../src/variant/read-agent.ts'

const text = (body: string) => `---\nname: coder\ndescription: Writes code.\n---\n\n${body}\n`
let repository = ''
let outside = ''
let remove = async (): Promise<void> => undefined

async function git(...args: readonly string[]): Promise<void> {
  const identity = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  }
  const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...identity }
  await execa('git', [...args], { cwd: repository, env, extendEnv: false })
}

beforeAll(async () => {
  const folder = await dir({ unsafeCleanup: true })
  remove = () => folder.cleanup()
  repository = join(folder.path, 'repository')
  outside = join(folder.path, 'outside')
  await mkdir(join(repository, 'agents'), { recursive: true })
  await mkdir(outside)
  await git('init', '--quiet', '--initial-branch', 'main')
  await writeFile(join(repository, 'agents/coder.md'), text('First.'))
  await git('add', '.')
  await git('commit', '--quiet', '-m', 'first')
  await git('tag', 'v1')
  await writeFile(join(repository, 'agents/coder.md'), text('Second.'))
  await git('commit', '--quiet', '-a', '-m', 'second')
  await writeFile(join(repository, 'agents/coder.md'), text('Third, not committed.'))
})

afterAll(() => remove())

it.each([
  ['agents/coder.md', 'Third, not committed.'],
  ['git:HEAD:agents/coder.md', 'Second.'],
  ['git:HEAD~1:agents/coder.md', 'First.'],
  ['git:v1:agents/coder.md', 'First.'],
])('reads %s', async (source, body) => {
  expect(await readAgent(source, repository)).toMatchObject({ kind: 'read', agent: { body } })
})

it('reads a revision from a folder below the root', async () => {
  expect(await readAgent('git:v1:agents/coder.md', join(repository, 'agents'))).toMatchObject({ kind: 'read', agent: { body: 'First.' } })
})

it.each([
  ['agents/codr.md', 'The agent agents/codr.md cannot be read: there is no such file.'],
  ['agents', 'The agent agents cannot be read: it is a folder.'],
  ['git:mian:agents/coder.md', 'The agent git:mian:agents/coder.md cannot be read: there is no revision `mian`; did you mean `main`?'],
  ['git:0000:agents/coder.md', 'The agent git:0000:agents/coder.md cannot be read: there is no revision `0000`'],
  ['git:--all:agents/coder.md', 'The agent git:--all:agents/coder.md cannot be read: there is no revision `--all`'],
  [
    'git:HEAD:agent/coder.md',
    'The agent git:HEAD:agent/coder.md cannot be read: revision `HEAD` has no file `agent/coder.md`; did you mean `agents/coder.md`?',
  ],
  ['git:HEAD:agents', 'The agent git:HEAD:agents cannot be read: revision `HEAD` has no file `agents`; did you mean `agents/coder.md`?'],
  ['git:HEAD', 'The agent git:HEAD cannot be read: expected git:REVISION:PATH, such as git:HEAD~1:agents/backend-coder.md.'],
])('says why %s cannot be read', async (source, message) => {
  expect(await readAgent(source, repository)).toEqual({ kind: 'absent', message })
})

it('says that a folder is no repository', async () => {
  expect(await readAgent('git:HEAD:agents/coder.md', outside)).toMatchObject({
    kind: 'absent',
    message: expect.stringContaining('not a git repository'),
  })
})

it('names the file that was asked for in problems', async () => {
  await writeFile(join(outside, 'bad.md'), 'no front matter')
  expect(await readAgent('bad.md', outside)).toMatchObject({ kind: 'bad', problems: [{ file: 'bad.md', line: 1 }] })
})

it('runs no converter that the repository configures', async () => {
  await writeFile(join(repository, '.git/info/attributes'), '*.md diff=spy\n')
  await git('config', 'diff.spy.textconv', 'false')
  expect(await readAgent('git:v1:agents/coder.md', repository)).toMatchObject({ kind: 'read', agent: { body: 'First.' } })
})
