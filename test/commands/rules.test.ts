import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { listRules } from '../../src/commands/rules.ts'
import { rules } from '../../src/grading/rules.ts'

function printed(options: { readonly json: boolean; readonly markdown: boolean }): string {
  let text = ''
  const out = new Writable({
    write: (chunk, _, done) => {
      text += chunk
      done()
    },
  })
  expect(listRules(options, { out, err: out, env: {}, root: '/', interrupt: new AbortController().signal })).toBe(0)
  return text
}

test('a line a rule, its sentence whole', () => {
  const lines = printed({ json: false, markdown: false }).trimEnd().split('\n')
  expect(lines.slice(1).map((line) => line.split(' ')[0])).toEqual(rules.map(({ id }) => id))
  expect(lines.find((line) => line.startsWith('style/braces'))).toMatch(
    /^style\/braces +warn +Y2 +tree +Never omits the braces of if, else and loops\.$/,
  )
})

test('Markdown and data', () => {
  expect(printed({ json: false, markdown: true })).toContain(
    '| `scope/frontend` | fail | scope | S3 S4 S5 | tree | Backend only: no file of the frontend is added, changed, renamed or deleted. |\n',
  )
  expect(JSON.parse(printed({ json: true, markdown: false })).rules[0]).toMatchObject({
    id: 'tests/fail-to-pass',
    severity: 'fail',
    gate: 'fail-to-pass',
    agentRules: ['R1', 'W1'],
    rests: ['suites'],
    trust: 'observed',
  })
})

test('what rests on the word of a runner is marked', () => {
  const { rules: told } = JSON.parse(printed({ json: true, markdown: false })) as { rules: readonly { id: string; trust: string }[] }
  const claimed = told.filter(({ trust }) => trust === 'claimed').map(({ id }) => id)
  expect(claimed).toEqual(rules.filter(({ rests }) => rests.includes('tools')).map(({ id }) => id))
  expect(claimed).toContain('process/verifies')
  expect(claimed).not.toContain('style/braces')
  expect(printed({ json: false, markdown: true })).toContain('tools*')
})
