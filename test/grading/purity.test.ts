import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import type { GradedTrial } from '../../src/results/trial.ts'
import { openToyProject } from '../toy-project.ts'

const repository = join(import.meta.dirname, '..', '..')

it('judges stored evidence to the same bytes with no file system, no children, no clock and no chance', async () => {
  await using project = await openToyProject()
  const edit = 'echo "# shop" >> frontend/page.js; printf "def shipping(a):\\n    return 0 if a > 50 else 5\\n" >> backend/shop.py'
  expect((await project.assay(['run', '--runner', 'command', '--command', edit])).code).toBe(0)
  const { out } = await project.assay(['list', '--json'])
  const { runs } = JSON.parse(out) as { runs: readonly { folder: string }[] }
  const run = runs[0]?.folder ?? ''
  const trial = JSON.parse(await readFile(join(run, 'trials.jsonl'), 'utf8')) as GradedTrial
  const folder = join(run, 'trials/toy-shop/shipping/1/1')
  const [json, pack] = await Promise.all([readFile(join(folder, 'evidence.json')), readFile(join(folder, 'objects.pack'))])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)

  // Only its own code may be read: no evidence, task or fixture, nothing written, nothing started.
  const code = [`--allow-fs-read=${join(repository, 'src')}`, `--allow-fs-read=${join(repository, 'node_modules')}`]
  const script = join(import.meta.dirname, 'judge-alone.ts')
  const judged = async () => {
    const { stdout, stderr, exitCode } = await execa(
      process.execPath,
      ['--permission', ...code, `--allow-fs-read=${script}`, `--allow-fs-read=${join(repository, 'package.json')}`, script],
      { input: Buffer.concat([length, json, pack]), env: {}, extendEnv: false, reject: false },
    )
    expect(exitCode, stderr).toBe(0)
    return stdout
  }
  const first = await judged()
  const { passed, gates, checks, findings } = trial
  expect(first).toBe(JSON.stringify({ passed, gates, checks, findings }))
  expect(findings.map((finding) => finding.code).toSorted()).toEqual(['FRONTEND_CHANGED', 'TEST_NOT_PASSING'])
  expect(await judged()).toBe(first)
})
