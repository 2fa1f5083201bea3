import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openToyProject, type ToyProject } from '../toy-project.ts'

let project: ToyProject
let runs: readonly string[]
beforeAll(async () => {
  project = await openToyProject()
  await project.assay(['run'])
  await project.assay(['run', '--runner', 'nop'])
  await project.assay(['run', '--runner', 'nop'])
  const { out } = await project.assay(['list', '--json'])
  runs = (JSON.parse(out) as { runs: { run: string }[] }).runs.map(({ run }) => run)
})
afterAll(() => project[Symbol.asyncDispose]())

const read = (...path: string[]) => readFile(join(project.root, 'results', ...path), 'utf8')

it('writes every format asked for beside the run, and tells where; standard output stays free', async () => {
  const { code, out, err } = await project.assay(['report', 'last', '--html', '--junit', '--ctrf'])
  const folder = `results/${runs[0]}`
  expect({ code, out, err }).toEqual({
    code: 0,
    out: '',
    err: `Wrote ${folder}/report.html\nWrote ${folder}/junit.xml\nWrote ${folder}/ctrf.json`,
  })
  const html = await read(runs[0] ?? '', 'report.html')
  expect(html).toMatch(/^<!doctype html>/)
  expect(html).toContain("default-src 'none'; script-src 'sha256-")
  expect(await read(runs[0] ?? '', 'junit.xml')).toContain('<failure type="tests" message="0 of 1 trial passed')
  expect(JSON.parse(await read(runs[0] ?? '', 'ctrf.json')).results.summary.failed).toBe(1)
})

it('writes the same bytes twice', async () => {
  await project.assay(['report', runs[1] ?? '', '--html', 'one.html'])
  await project.assay(['report', runs[1] ?? '', '--html', 'two.html'])
  const [one, two] = await Promise.all(['one.html', 'two.html'].map((name) => readFile(join(project.root, name), 'utf8')))
  expect(one).toBe(two)
})

it("adds to GitHub's summary of the step, and prints annotations", async () => {
  const file = join(project.root, 'summary.md')
  await writeFile(file, 'before\n')
  const { code, out } = await project.assay(['report', 'last', '--github'], { GITHUB_STEP_SUMMARY: file })
  expect(code).toBe(0)
  expect(out).toMatch(/^::error file=tasks\/toy-shop\/shipping\/task\.md,title=toy-shop\/shipping::0 of 1 trial passed/)
  expect(await readFile(file, 'utf8')).toMatch(/^before\n## Assay: toy-coder on nop\n/)
})

it('of two runs it writes the page of both, and says how to print them', async () => {
  const [after = '', before = '', other = ''] = runs
  const asked = await project.assay(['report', before, after])
  expect({ code: asked.code, err: asked.err }).toEqual({
    code: 2,
    err: 'Two runs are reported as a page, with --html alone. `npm run assay -- compare` prints them as text, Markdown or JSON; the other formats are of one run.',
  })
  expect((await project.assay(['report', before, after, '--html', '--junit'])).err).toBe(asked.err)
  const unlike = await project.assay(['report', other, after, '--html'])
  expect(unlike.code).toBe(2)
  expect(unlike.err).toContain('runner')
  const same = await project.assay(['report', before, after, '--html', 'both.html'])
  expect({ code: same.code, err: same.err }).toEqual({ code: 0, err: 'Wrote both.html' })
})

it('of a comparison it writes the page of both revisions, beside it', async () => {
  await project.write(
    'agents/other.md',
    '---\nname: toy-coder\ndescription: Builds shops.\nmodel: sonnet\n---\n\nYou build shops with care.\n',
  )
  const compared = await project.assay([
    'compare',
    '--agents',
    'agents/backend-coder.md',
    'agents/other.md',
    '--runner',
    'nop',
    '--trials',
    '1',
  ])
  const { code, err } = await project.assay(['report', 'last', '--html'])
  expect({ code, err }, compared.err).toEqual({ code: 0, err: expect.stringMatching(/^Wrote results\/[0-9A-Z]{26}\/report\.html$/) })
  expect((await project.assay(['report', 'last'])).out).toContain('toy-coder on nop')
  const html = await readFile(join(project.root, err.slice('Wrote '.length)), 'utf8')
  expect(html).toContain('<title>toy-coder: Assay</title>')
})

it('names the nearest run where there is none of a name', async () => {
  const { code, err } = await project.assay(['report', '01ZZZZ', '--html'])
  expect({ code, err: err.slice(0, 36) }).toEqual({ code: 2, err: 'there is no run 01ZZZZ; the nearest ' })
})
