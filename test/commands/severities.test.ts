import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Run } from '../../src/results/run.ts'
import type { GradedTrial } from '../../src/results/trial.ts'
import { openToyProject, type ToyProject } from '../toy-project.ts'

const COMPANION = 'agents/backend-coder.rules.yaml'
let project: ToyProject
beforeAll(async () => {
  project = await openToyProject()
})
afterAll(() => project[Symbol.asyncDispose]())

const refused = async (args: readonly string[], companion: string | null = null) => {
  if (companion !== null) {
    await project.write(COMPANION, companion)
  }
  const { code, out, err } = await project.assay(['run', '--runner', 'nop', ...args])
  await rm(join(project.root, COMPANION), { force: true })
  expect({ code, out }).toEqual({ code: 2, out: '' })
  return err
}

it('tells what may not be set, on the command line and in the companion, all at once', async () => {
  expect(
    await refused(
      ['--rule', 'style/no-comment=off', '--rule', 'tests/tampering=off'],
      'rules:\n  style/brace: off\n  scope/frontend: warn\n',
    ),
  ).toMatchInlineSnapshot(`
    "agents/backend-coder.rules.yaml:2: there is no rule \`style/brace\`; did you mean \`style/braces\`?
    agents/backend-coder.rules.yaml:3: \`scope/frontend\` decides the gate scope, so its severity is \`fail\` and nothing else
    --rule style/no-comment=off: there is no rule \`style/no-comment\`; did you mean \`style/no-comments\`?
    --rule tests/tampering=off: \`tests/tampering\` decides the gate no-tampering, so its severity is \`fail\` and nothing else"
  `)
  expect(await refused(['--rule', 'style/no-comments=error'])).toContain('Expected RULE=SEVERITY with fail, warn or off')
  expect(await refused([], 'rules: { style/no-comments: error }\n')).toContain(
    `${COMPANION}:1: \`rules.style/no-comments\`: expected one of fail, warn, off, got "error"`,
  )
})

it('asks the companion, then the task, then the command line; and judges again by the same', async () => {
  await project.write(COMPANION, 'rules:\n  style/no-comments: fail\n  style/braces: off\n  scope/ci: off\n  scope/lock-files: off\n')
  const edit = 'printf "# a\\ndef shipping(a):\\n    return 0 if a >= 50 else 5\\n" >> backend/shop.py'
  const args = ['run', '--runner', 'command', '--command', edit, '--rule', 'scope/ci=warn', '--rule', 'process/verifies=off']
  expect((await project.assay(args)).code).toBe(0)
  await rm(join(project.root, COMPANION))
  const { runs } = JSON.parse((await project.assay(['list', '--json'])).out) as { runs: readonly { folder: string }[] }
  const folder = runs[0]?.folder ?? ''
  const read = async <T>(path: string) => JSON.parse(await readFile(join(folder, path), 'utf8')) as T

  const run = await read<Run>('run.json')
  expect(run.severities).toEqual({
    agent: { 'style/no-comments': 'fail', 'style/braces': 'off', 'scope/ci': 'off', 'scope/lock-files': 'off' },
    commandLine: { 'scope/ci': 'warn', 'process/verifies': 'off' },
  })
  const { task } = await read<Evidence>('trials/toy-shop/shipping/1/1/evidence.json')
  expect(task.severities).toEqual({
    'style/no-comments': 'fail',
    'style/braces': 'off',
    'scope/ci': 'warn',
    'scope/lock-files': 'off',
    'process/verifies': 'off',
  })
  const trial = await read<GradedTrial>('trials.jsonl')
  expect(trial.passed).toBe(true)
  expect(trial.findings.map(({ code, severity }) => [code, severity])).toContainEqual(['COMMENT_ADDED', 'fail'])
  expect(Object.keys(trial.checks)).not.toContain('style/braces')
  expect(Object.keys(trial.checks)).not.toContain('process/verifies')
  expect(trial.checks['scope/ci']).toBe('pass')

  expect((await project.assay(['grade', 'last'])).code).toBe(0)
  const again = await read<GradedTrial>('regraded.jsonl')
  expect([again.findings, again.checks]).toEqual([trial.findings, trial.checks])
})
