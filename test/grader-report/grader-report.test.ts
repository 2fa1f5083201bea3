import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readCorpus } from '../../grader-report/corpus.ts'
import { largeTrial } from '../../grader-report/grading-speed.ts'
import { measure } from '../../grader-report/measure.ts'
import { inReadme } from '../../grader-report/readme-block.ts'
import { accuracyTable } from '../../grader-report/table.ts'
import { grade } from '../../src/grading/grade.ts'
import { rules } from '../../src/grading/rules.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'

const assay = join(import.meta.dirname, '..', '..')
const syntax = await loadSyntax()

it("README's table of accuracy is what the cases and the corpus give", async () => {
  const readme = await readFile(join(assay, 'README.md'), 'utf8')
  const accuracy = measure(await readCorpus(assay), syntax)
  expect(inReadme(readme, accuracyTable(accuracy)), 'npm run grader-report -- --write puts it right').toBe(readme)
}, 180_000)

it('a clean change that breaks a rule would be counted', async () => {
  const [first] = (await readCorpus(assay)).filter(({ name }) => name.endsWith('go-shelf/001-overdue.patch'))
  expect(first).toBeDefined()
  const change = first?.view.evidence.changes[0]
  const digest = change?.kind === 'modified' && change.now.type === 'file' ? change.now.digest : ''
  const spoiled = first && {
    ...first,
    view: { ...first.view, text: (one: string) => `${first.view.text(one)}${one === digest ? '\nfunc f() {\n\t// why\n}\n' : ''}` },
  }
  const { alarms } = measure(spoiled === undefined ? [] : [spoiled], syntax)
  expect(alarms.map(({ rule, change: name }) => [rule, name])).toEqual([['style/no-comments', first?.name]])
}, 180_000)

it('a trial of forty files is judged by every rule, to the same bytes each time', () => {
  const verdicts = [1, 2].map(() => grade(largeTrial(), rules, syntax))
  expect(largeTrial().evidence.changes).toHaveLength(40)
  expect(Object.values(verdicts[0]?.checks ?? {}).filter((check) => check === 'pass').length).toBeGreaterThan(10)
  expect(JSON.stringify(verdicts[0])).toBe(JSON.stringify(verdicts[1]))
})

/** The promises of `agents/backend-coder.md`, by the ids that the rulebook and the tasks use. */
const PROMISES = 'D1 D2 D3 R1 R2 F1 F2 F3 S1 S2 S3 S4 S5 Y1 Y2 Y3 Y4 Y5 C1 W1 W2 W3 W4 A1 A2 A3 A4 A5 Q1 Q2 Q3 Q4 Q5 Q6'.split(' ')

it('every promise of the agent is measured by a rule, or README says what measures it or why nothing can', async () => {
  const readme = await readFile(join(assay, 'README.md'), 'utf8')
  const [, told = ''] = /^Promises that no rule names: (.*)$/m.exec(readme) ?? []
  const named = new Set(rules.flatMap(({ agentRules }) => agentRules))
  const unnamed = PROMISES.filter((id) => !named.has(id))
  expect([...named].filter((id) => !PROMISES.includes(id))).toEqual([])
  expect([...told.matchAll(/`([A-Z]\d)`/g)].map(([, id]) => id).toSorted()).toEqual(unnamed)
})
