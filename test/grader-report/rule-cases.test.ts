import { describe, expect, it } from 'vitest'
import { allCases } from '../../grader-report/all-cases.ts'
import { answerTo } from '../../grader-report/rule-cases.ts'
import { rules } from '../../src/grading/rules.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'

const syntax = await loadSyntax()
const ruleOf = (id: string) => {
  const rule = rules.find((one) => one.id === id)
  if (rule === undefined) {
    throw new Error(`There is no rule ${id}.`)
  }
  return rule
}

it('has a table for every rule, and for no other', () => {
  expect(allCases.map(({ rule }) => rule).toSorted()).toEqual(rules.map(({ id }) => id).toSorted())
})

describe.each(allCases.map((table) => [table.rule, table] as const))('%s', (id, { flags, leaves }) => {
  it('has at least five cases of each kind', () => {
    expect(Math.min(flags.length, leaves.length)).toBeGreaterThanOrEqual(5)
  })
  it.each(flags.map((one) => [one.name, one] as const))('flags: %s', (_, one) => {
    expect(answerTo(ruleOf(id), one, syntax)).toBe('fail')
  })
  it.each(leaves.map((one) => [one.name, one] as const))('leaves alone: %s', (_, one) => {
    expect(['pass', 'na']).toContain(answerTo(ruleOf(id), one, syntax))
  })
  it('leaves some of them alone because it looked, and not only because there was nothing to judge', () => {
    expect(leaves.map((one) => answerTo(ruleOf(id), one, syntax))).toContain('pass')
  })
})
