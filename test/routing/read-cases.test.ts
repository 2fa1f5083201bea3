import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cannotDelegate, delegationRequest, routeOf } from '../../src/routing/delegation.ts'
import { type RoutingCases, readCases } from '../../src/routing/read-cases.ts'
import { printProblems } from '../../src/task/problem.ts'

const read = (text: string): RoutingCases => {
  const reading = readCases(text, 'cases.yaml')
  if (reading.kind === 'bad') {
    throw new Error(printProblems(reading.problems))
  }
  return reading.cases
}

test('the cases that Assay ships are at least forty, each label among them often enough to tell', () => {
  const { cases } = read(readFileSync(join(import.meta.dirname, '../../tasks/routing/cases.yaml'), 'utf8'))
  const counts = Object.fromEntries([...Map.groupBy(cases, ({ label }) => label)].map(([label, some]) => [label, some.length >= 10]))
  expect(cases.length).toBeGreaterThanOrEqual(40)
  expect(counts).toEqual({ 'backend-coder': true, 'backend-architect': true, neither: true })
})

test('a case that stands there twice is told', () => {
  const one = '  - {id: a, label: neither, request: b, why: c}\n'
  expect(() => read(`architect: a\ncases:\n${one}${one}`)).toThrow('cases.yaml:4: `a` stands there twice')
})

const agents = { coder: { name: 'toy-coder', description: 'Builds.' }, architect: 'Designs.' }
const some = { id: 'a', label: 'neither', context: 'Before.', request: 'Do it.', why: '' } as const

test('a request offers both agents, and which comes first does not depend on the label', () => {
  const { body } = delegationRequest(some, agents, 'm')
  expect(body.messages).toEqual([{ role: 'user', content: '<context>\nBefore.\n</context>\n\nDo it.' }])
  const first = Array.from({ length: 40 }, (_, at) => delegationRequest({ ...some, id: `case-${at}` }, agents, 'm').body.tools?.[0])
  expect(new Set(first.map((tool) => (tool as { name: string }).name))).toEqual(new Set(['toy-coder', 'backend-architect']))
  expect(JSON.stringify(body)).not.toContain('neither')
})

test.each([
  ['the agent', [{ type: 'text' }, { type: 'tool_use', name: 'toy-coder' }], 'tool_use', 'backend-coder'],
  ['the architect', [{ type: 'tool_use', name: 'backend-architect' }], 'tool_use', 'backend-architect'],
  [
    'the first of two',
    [
      { type: 'tool_use', name: 'backend-architect' },
      { type: 'tool_use', name: 'toy-coder' },
    ],
    'tool_use',
    'backend-architect',
  ],
  ['nobody', [{ type: 'text', text: 'It is 3.' }], 'end_turn', 'neither'],
  ['a refusal', [], 'refusal', null],
])('an answer goes to %s', (_name, content, stop_reason, route) => {
  expect(routeOf({ content, stop_reason })).toBe(route)
})

test('an agent whose name cannot stand beside the architect is told', () => {
  expect(cannotDelegate('backend-coder')).toBeNull()
  expect(cannotDelegate('backend-architect')).toContain('backend-architect itself')
  expect(cannotDelegate('my coder')).toContain('cannot be that of a tool')
})
