import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { schemas as schemasCommand } from '../../src/commands/schemas.ts'
import { checkShape } from '../../src/task/check-shape.ts'
import { readFrontMatter } from '../../src/task/front-matter.ts'
import { readJson } from '../../src/task/json-document.ts'
import { printProblems } from '../../src/task/problem.ts'
import { schemas } from '../../src/task/schemas.ts'
import { readYaml } from '../../src/task/yaml-document.ts'

const samples = join(import.meta.dirname, '../samples')

function problemsOf(schema: z.ZodType, folder: string, file: string): string {
  const text = readFileSync(join(samples, folder, file), 'utf8')
  const document = file.endsWith('.md') ? readFrontMatter(text, file) : file.endsWith('.yaml') ? readYaml(text, file) : readJson(text, file)
  const shape = document.kind === 'bad' ? document : checkShape(schema, document, file)
  return shape.kind === 'bad' ? printProblems(shape.problems) : 'valid\n'
}

function problemsOfSamples(name: (typeof schemas)[number]['name']): string {
  const schema = schemas.find((one) => one.name === name)?.schema
  const files = readdirSync(join(samples, name)).toSorted()
  return schema === undefined ? '' : files.map((file) => problemsOf(schema, name, file)).join('')
}

describe('samples of each format: three invalid ones, then a valid one', () => {
  it('task', () =>
    expect(problemsOfSamples('task')).toMatchInlineSnapshot(`
    "invalid-types.md:2: \`title\`: expected text, got a list
    invalid-types.md:3: \`kind\`: expected one of feature, bugfix, plan, tests, clarify, impossible, got "refactoring"
    invalid-types.md:5: \`limits.turns\`: expected a number, got "many"
    invalid-types.md:6: \`limits.minutes\`: expected more than 0, got -1
    invalid-unknown-key.md:4: unknown key \`may-change\`; did you mean \`may_change\`?
    invalid-wrong.md:1: missing key \`title\`
    invalid-wrong.md:4: \`wrong.no-migration\`: expected a list, got "TEST_NOT_PASSING"
    invalid-wrong.md:6: \`wrong.frontend-too[0]\`: expected a finding (\`CODE\` or \`CODE path\`), got "frontend changed"
    invalid-wrong.md:7: \`wrong.frontend-too[1]\`: expected text, got keys with values
    valid
    "
  `))
  it('expected', () =>
    expect(problemsOfSamples('expected')).toMatchInlineSnapshot(`
    "invalid-digest.json:4: \`fixture\`: expected a sha256 in hex, got "latest"
    invalid-lower.json:13: missing key \`lower[0].rule\`
    invalid-lower.json:16: unknown key \`lower[0].rules\`; did you mean \`rule\`?
    invalid-missing.json:1: missing key \`passToPass\`
    invalid-missing.json:1: missing key \`rules\`
    valid
    "
  `))
  it('fixture', () =>
    expect(problemsOfSamples('fixture')).toMatchInlineSnapshot(`
      "invalid-globs.md:3: \`prepare.lock[0]\`: expected a path relative to the root of the repository, without \`./\`, \`/\` between its parts, got "/etc/passwd"
      invalid-globs.md:6: \`scope.backend\`: expected at least 1 entry, got an empty list
      invalid-globs.md:7: \`scope.frontend[0]\`: expected a glob whose brackets are closed, got "frontend/{a,b"
      invalid-globs.md:8: \`protected[0]\`: expected \`GLOB\` or \`GLOB#KEY\`, got "pyproject.toml#"
      invalid-globs.md:8: \`protected[1]\`: expected \`GLOB\` or \`GLOB#KEY\`, got "a#b#c"
      invalid-globs.md:8: \`protected[2]\`: expected a path without \`..\`, got "../x"
      invalid-layers.md:6: \`layers\`: expected a list, got keys with values
      invalid-layers.md:8: \`helpers[0]\`: expected keys with values, got "backend/core/clock.py"
      invalid-layers.md:9: unknown key \`probes.lnt\`; did you mean \`lint\`?
      invalid-layers.md:9: \`probes.format.reads\`: expected one of gitlab, eslint, paths, text, got "path"; did you mean \`paths\`?
      invalid-layers.md:9: \`probes.format.files\`: expected at least 1 entry, got an empty list
      invalid-layers.md:10: \`tests\`: expected keys with values, got "backend/tests"
      invalid-no-test-command.md:3: \`prepare.toolchains[0]\`: expected one of python, node, go, redis-server, got "pyhton"; did you mean \`python\`?
      invalid-no-test-command.md:4: missing key \`commands.test\`
      valid
      "
    `))
  it('agent-rules', () =>
    expect(problemsOfSamples('agent-rules')).toMatchInlineSnapshot(`
    "invalid-key.yaml:1: missing key \`rules\`
    invalid-key.yaml:1: unknown key \`rule\`; did you mean \`rules\`?
    invalid-severity.yaml:2: \`rules.style/no-comments\`: expected one of fail, warn, off, got "error"
    invalid-severity.yaml:3: \`rules.style/braces\`: expected one of fail, warn, off, got false
    invalid-shape.yaml:1: \`rules\`: expected keys with values, got a list
    valid
    "
  `))
  it('agent', () =>
    expect(problemsOfSamples('agent')).toMatchInlineSnapshot(`
      "invalid-colon.md:3: quote the description: a value without quotes cannot hold a colon followed by a space
      invalid-missing.md:1: missing key \`description\`
      invalid-missing.md:3: unknown key \`descripton\`; did you mean \`description\`?
      invalid-types.md:2: \`name\`: expected text, got 7
      invalid-types.md:4: \`model\`: expected text, got a list
      invalid-types.md:5: \`tools\`: expected text or a list, got keys with values
      valid
      "
    `))
  it('run', () =>
    expect(problemsOfSamples('run')).toMatchInlineSnapshot(`
      "invalid-key.json:3: \`run\`: expected a ULID, got "latest"
      invalid-key.json:58: unknown key \`variants\`; did you mean \`variant\`?
      invalid-plan.json:35: \`plan.trials\`: expected at least 1, got 0
      invalid-plan.json:38: missing key \`plan.shard.n\`
      invalid-rung.json:4: \`createdAt\`: expected a time such as 2026-01-31T12:00:00.000Z, got "yesterday"
      invalid-rung.json:21: \`rung\`: expected one of overlay+bwrap, copy+bwrap, none, got "overlay"; did you mean \`overlay+bwrap\`?
      valid
      "
    `))
  it('trial', () =>
    expect(problemsOfSamples('trial')).toMatchInlineSnapshot(`
    "invalid-finding.json:21: \`usage.usd\`: expected at least 0, got -1
    invalid-finding.json:39: \`findings[0].severity\`: expected one of fail, warn, got "off"
    invalid-finding.json:40: \`findings[0].line\`: expected at least 1, got 0
    invalid-finding.json:42: \`findings[0].args.a\`: expected text or a number, got nothing
    invalid-finding.json:46: missing key \`stop.ms\`
    invalid-outcome.json:26: \`outcome\`: expected one of graded, void, got "passed"
    invalid-void.json:1: missing key \`cause\`
    invalid-void.json:27: \`phase\`: expected one of prepare, workspace, agent, model, suites, grade, got "agents"; did you mean \`agent\`?
    valid
    "
  `))
  it('report', () =>
    expect(problemsOfSamples('report')).toMatchInlineSnapshot(`
      "invalid-key.json:1: missing key \`conformance\`
      invalid-key.json:2: \`schema\`: expected 1, got 2
      invalid-key.json:171: unknown key \`conformace\`; did you mean \`conformance\`?
      invalid-rate.json:133: \`totals.trials.of\`: expected at least 0, got -1
      invalid-rate.json:136: \`totals.trials.interval.high\`: expected at most 1, got 1.2
      invalid-trial.json:72: \`tasks[0].trials[0].outcome\`: expected one of graded, void, got "passed"
      invalid-trial.json:98: \`tasks[0].trials[1].findings[0].severity\`: expected one of fail, warn, got "off"
      valid
      "
    `))
  it('comparison', () =>
    expect(problemsOfSamples('comparison')).toMatchInlineSnapshot(`
      "invalid-key.json:1: missing key \`sequential\`
      invalid-key.json:10: \`budgetUsd\`: expected at least 0, got -5
      invalid-key.json:11: unknown key \`sequental\`; did you mean \`sequential\`?
      invalid-runs.json:3: \`comparison\`: expected a ULID, got "last"
      invalid-runs.json:5: missing key \`runs.b\`
      invalid-verdict.json:66: \`result.verdict\`: expected one of better, worse, cannot tell, invalid, got "beter"; did you mean \`better\`?
      invalid-verdict.json:89: \`result.gate.effect\`: expected at least -1, got -2
      valid
      "
    `))
  it('baseline', () =>
    expect(problemsOfSamples('baseline')).toMatchInlineSnapshot(`
    "invalid-key.json:4: \`rung\`: expected one of overlay+bwrap, copy+bwrap, none, got "overlay"; did you mean \`overlay+bwrap\`?
    invalid-key.json:56: unknown key \`harnes\`; did you mean \`harness\`?
    invalid-missing.json:1: missing key \`agentText\`
    invalid-missing.json:20: missing key \`tasks[0].environmentDigest\`
    invalid-records.json:30: \`tasks[0].records[0].run\`: expected a ULID, got "r"
    invalid-records.json:31: \`tasks[0].records[0].createdAt\`: expected a time such as 2026-01-31T12:00:00.000Z, got "yesterday"
    invalid-records.json:32: \`tasks[0].records[0].promptDigest\`: expected a sha256 in hex, got "x"
    invalid-records.json:33: \`tasks[0].records[0].passed\`: expected at least 0, got -1
    invalid-records.json:34: \`tasks[0].records[0].graded\`: expected a whole number, got 2.5
    valid
    "
  `))
  it('routing', () =>
    expect(problemsOfSamples('routing')).toMatchInlineSnapshot(`
    "invalid-empty.yaml:1: \`architect\`: expected at least 1 character, got ""
    invalid-empty.yaml:2: \`cases\`: expected at least 1 entry, got an empty list
    invalid-label.yaml:4: \`cases[0].label\`: expected one of backend-coder, backend-architect, neither, got "backend-codr"; did you mean \`backend-coder\`?
    invalid-missing.yaml:1: missing key \`architect\`
    invalid-missing.yaml:2: \`cases[0].id\`: expected a word of lower-case letters, digits, \`-\`, \`_\` and \`.\`, got "created at"
    invalid-missing.yaml:2: missing key \`cases[0].request\`
    invalid-missing.yaml:4: unknown key \`cases[0].reqest\`; did you mean \`request\`?
    valid
    "
  `))
  it('evidence', () =>
    expect(problemsOfSamples('evidence')).toMatchInlineSnapshot(`
      "invalid-change.json:79: \`changes[0].kind\`: expected one of added, modified, deleted, got "renamed"
      invalid-change.json:90: missing key \`changes[1].now.executable\`
      invalid-change.json:92: \`changes[1].now.digest\`: expected a sha256 in hex, got "x"
      invalid-change.json:93: \`changes[1].now.size\`: expected at least 0, got -1
      invalid-fixture.json:25: missing key \`fixture.litter\`
      invalid-fixture.json:131: \`base.a\`: expected a sha256 in hex, got "b"
      invalid-suite.json:107: missing key \`suites[0].exit.exitCode\`
      invalid-suite.json:121: missing key \`suites[1].exit.reason\`
      invalid-suite.json:123: unknown key \`suites[1].exit.exitCode\`; known here: ended, reason
      valid
      "
    `))
  it('transcript', () =>
    expect(problemsOfSamples('transcript')).toMatchInlineSnapshot(`
    "invalid-kind.json:6: \`kind\`: expected one of request, response, tool-call, tool-result, snapshot, question, answer, end, got "tool_result"; did you mean \`tool-result\`?
    invalid-missing.json:1: missing key \`seq\`
    invalid-missing.json:1: missing key \`text\`
    invalid-trust.json:5: \`trust\`: expected one of observed, claimed, got "sure"
    invalid-trust.json:11: \`ms\`: expected a number, got "12"
    valid
    "
  `))
})

it.each(schemas.map(({ name }) => name))('%s has one valid and at least three invalid samples', async (name) => {
  const files = await readdir(join(samples, name))
  expect(files.filter((file) => file.startsWith('valid.'))).toHaveLength(1)
  expect(files.filter((file) => file.startsWith('invalid-')).length).toBeGreaterThanOrEqual(3)
})

it('schemas/ is up to date', async () => {
  expect(await schemasCommand({ write: false })).toEqual({ exitCode: 0, text: 'The schemas are up to date.\n' })
})

it('the schemas command tells what is out of date, and writes it', async () => {
  const folder = await dir({ unsafeCleanup: true })
  try {
    const target = join(folder.path, 'schemas')
    expect((await schemasCommand({ write: true, folder: target })).text).toMatch(
      /^Wrote agent-rules\.schema\.json, .*trial\.schema\.json\.\n$/,
    )
    await mkdir(target, { recursive: true })
    await writeFile(join(target, 'task.schema.json'), '{}')
    await writeFile(join(target, 'old.schema.json'), '{}')
    expect(await schemasCommand({ write: false, folder: target })).toEqual({
      exitCode: 1,
      text: 'Out of date: old.schema.json, task.schema.json. `npm run schemas` writes them.\n',
    })
    expect((await schemasCommand({ write: true, folder: target })).text).toBe('Wrote old.schema.json, task.schema.json.\n')
    expect(await readdir(target)).toHaveLength(schemas.length)
    expect(JSON.parse(await readFile(join(target, 'task.schema.json'), 'utf8'))).toMatchObject({ additionalProperties: false })
  } finally {
    await folder.cleanup()
  }
})
