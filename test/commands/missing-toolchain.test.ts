import { chmod, cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Trial } from '../../src/results/trial.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'

let project: ToyProject
let here: Readonly<Record<string, string>>
const pretendRedis = async (script: string) => {
  await project.write('bin/redis-server', `#!/bin/sh\n${script}\n`)
  await chmod(join(project.root, 'bin/redis-server'), 0o755)
}

beforeAll(async () => {
  project = await openToyProject({ proven: false })
  here = { PATH: `${join(project.root, 'bin')}:${project.env.PATH}` }
  const fixture = await readFile(join(project.root, 'fixtures-repos/toy-shop/fixture.md'), 'utf8')
  for (const folder of ['fixtures-repos', 'tasks']) {
    await cp(join(project.root, folder, 'toy-shop'), join(project.root, folder, 'toy-queue'), { recursive: true })
  }
  await project.write('fixtures-repos/toy-queue/fixture.md', fixture.replace('[python]', '[python, redis-server]'))
  await pretendRedis('echo Redis server v=7.4.1 sha=0')
  const checked = await project.assay(['check', '--times', '1'], here)
  expect(checked).toMatchObject({ code: 0 })
  await pretendRedis('exit 127')
})
afterAll(() => project[Symbol.asyncDispose]())

it('a fixture whose toolchain is missing makes its trials void, with the way to get it; the others run', async () => {
  const { code, out, err } = await project.assay(['run'], here)
  const [run = ''] = await readdir(join(project.root, 'results'))
  const lines = (await readFile(join(project.root, 'results', run, 'trials.jsonl'), 'utf8')).trim().split('\n')
  const trials = lines.map((line) => JSON.parse(line) as Trial)
  expect(trials.filter(({ outcome }) => outcome === 'graded')).toMatchObject([{ task: 'toy-shop/shipping', passed: true }])
  expect(trials.filter(({ outcome }) => outcome === 'void')[0]).toMatchObject({
    task: 'toy-queue/shipping',
    phase: 'prepare',
    cause: 'toolchain-missing',
    message: expect.stringContaining('There is no working redis-server on the PATH. Install it: apt-get install redis-server'),
  })
  expect(out).toContain('apt-get install redis-server')
  expect(code).toBe(0)
  expect(err).toContain(
    '1 of 2 trials are void: this machine has not what their fixture needs. npm run assay -- doctor says how to get it.',
  )
})

it('where nothing else is left to run, nothing is proven', async () => {
  const { code, err } = await project.assay(['run', 'toy-queue'], here)
  expect(code).toBe(1)
  expect(err).toContain('A reference trial did not pass')
})

it('doctor tells what each fixture needs and what is missing', async () => {
  const { code, out } = await project.assay(['doctor'], here)
  expect(code).toBe(1)
  expect(out).toMatch(/✓ toy-shop: python 3\.\d/)
  expect(out).toContain('✗ toy-queue: There is no working redis-server on the PATH. Install it: apt-get install redis-server')
})
