import { expect, test } from 'vitest'
import { questionsIn, questionsOfPage } from '../../src/simulated-user/question.ts'

const spell = (message: string) =>
  questionsIn(message).map(({ text, options, context }) =>
    [text, ...options.map((option) => `- ${option}`), ...(context === '' ? [] : [`(${context})`])].join(' '),
  )

test.each([
  ['nothing', '', []],
  ['no question', 'I assumed one reviewer. Let me know if you want more.', []],
  ['one at the end', 'I read it all. One reviewer or many?', ['One reviewer or many? (I read it all.)']],
  [
    'two of one paragraph',
    'One or many? And who may see them?',
    ['One or many? (And who may see them?)', 'And who may see them? (One or many?)'],
  ],
  ['marked up', '**Should it be one?** _Or two?_', ['Should it be one?** (Or two?_)', 'Or two?_ (Should it be one?**)']],
  ['options behind', 'Which is meant?\n\n- one reviewer\n- several', ['Which is meant? - one reviewer - several']],
  ['options before', '1. one\n2. several\n\nWhich is meant?', ['Which is meant? - one - several (several)']],
  ['a list of questions', 'Open:\n1. One or many?\n2. 404 or 403?', ['One or many? (Open:)', '404 or 403? (Open:)']],
  ['the paragraph before', 'It may be one or many.\n\nWhich do you prefer?', ['Which do you prefer? (It may be one or many.)']],
  ['a question mark in code', 'Run `a?` and `b ? c : d`.\n```\nreally?\n```\nDone.', []],
  ['a block of code that is not closed', 'See\n```\nreally?\n', []],
  ['an address', 'See http://example.test/a?b=c for it.', []],
  ['a mark alone', 'What ?\n\n???', ['What ?']],
  ['broken lines', 'Should a document have\none reviewer or many?', ['Should a document have one reviewer or many?']],
])('%s', (_name, message, expected) => {
  expect(spell(message)).toEqual(expected)
})

test('a flood is read in no time, from its end', () => {
  const began = performance.now()
  expect(questionsIn(`${'?'.repeat(200_000)} ${'(a '.repeat(200_000)}\n\n${'```\n'.repeat(20_000)}`)).toEqual([])
  expect(questionsIn(`${'word '.repeat(100_000)}\n\nOne or many?`)).toMatchObject([{ text: 'One or many?' }])
  expect(performance.now() - began).toBeLessThan(2000)
})

test('ask.md is a list of questions, or one', () => {
  expect(questionsOfPage('One reviewer\nor many?\n')).toEqual(['One reviewer\nor many?'])
  expect(questionsOfPage('Before I begin:\n\n- One or many?\n- 403 or 404?\n')).toEqual(['One or many?', '403 or 404?'])
})
