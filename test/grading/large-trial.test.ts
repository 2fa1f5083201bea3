import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { grade } from '../../src/grading/grade.ts'
import { rules } from '../../src/grading/rules.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { type ToldChange, view } from './evidence-builder.ts'

const repo = join(import.meta.dirname, '../../fixtures-repos/django-docket/repo')
const sources = readdirSync(join(repo, 'backend'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.py'))
  .map((path) => `backend/${path}`)
  .toSorted()

/** The largest forty sources of a real backend, each with a function added, and all others as their siblings. */
function fortyChanges() {
  const texts = sources.map((path) => [path, readFileSync(join(repo, path), 'utf8')] as const)
  const largest = texts.toSorted(([, one], [, other]) => other.length - one.length).slice(0, 40)
  const addition = '\n\ndef added(rows):\n    # one by one\n    for row in rows:\n        row.save()\n    cursor.execute("SELECT 1")\n'
  return {
    changes: largest.map(([path, text]): ToldChange => [path, text, `${text}${addition}`]),
    base: Object.fromEntries(texts),
    fixture: { layers: [{ name: 'all', globs: ['backend/**'] }] },
  }
}

test('a trial of forty changed files is judged to the same bytes, again from nothing but its evidence', async () => {
  const syntax = await loadSyntax()
  const told = fortyChanges()
  const judge = () => JSON.stringify(grade(view(told), rules, syntax))
  const first = judge()
  expect(told.changes).toHaveLength(40)
  expect(first).toContain('RAW_SQL')
  expect(judge()).toBe(first)
})
