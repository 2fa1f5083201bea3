import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'

const repository = join(import.meta.dirname, '..')

it("README's table of rules is the one that the rulebook prints", async () => {
  const readme = await readFile(join(repository, 'README.md'), 'utf8')
  const { stdout } = await execa(process.execPath, ['src/cli.ts', 'rules', '--markdown'], { cwd: repository, env: {}, extendEnv: false })
  expect(readme).toContain(stdout.trim())
})

it("README's table of tasks is the one that the tasks' own files give", async () => {
  const readme = await readFile(join(repository, 'README.md'), 'utf8')
  const { stdout } = await execa(process.execPath, ['src/cli.ts', 'list', '--markdown'], { cwd: repository, env: {}, extendEnv: false })
  expect(readme).toContain(stdout.trim())
})

it("README's commands are there", async () => {
  const readme = await readFile(join(repository, 'README.md'), 'utf8')
  const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  const named = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name)
  expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([])
})
