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
  ['options behind', 'Which is meant?\n\n- one reviewer\n- several', ['Which is meant? - one reviewer - several (one reviewer several)']],
  ['options before', '1. one\n2. several\n\nWhich is meant?', ['Which is meant? - one - several (one several)']],
  ['a list of questions', 'Open:\n1. One or many?\n2. 404 or 403?', ['One or many? (Open:)', '404 or 403? (Open:)']],
  [
    'a list of questions, each with its options',
    '1. One or many?\n   - one\n   - several\n2. 404 or 403?\n   a) hidden\n   b) told, which is\n      kinder\n3. Go on?',
    [
      'One or many? - one - several (one several hidden told, which is kinder)',
      '404 or 403? - hidden - told, which is kinder (one several hidden told, which is kinder)',
      'Go on?',
    ],
  ],
  [
    'a list of questions and one of answers',
    '1. One or many?\n2. 404 or 403?\n\n   - one and 404',
    ['One or many? (one and 404)', '404 or 403? - one and 404 (one and 404)'],
  ],
  ['the paragraph before', 'It may be one or many.\n\nWhich do you prefer?', ['Which do you prefer? (It may be one or many.)']],
  ['a question mark in code', 'Run `a?` and `b ? c : d`.\n```\nreally?\n```\nDone.', []],
  ['a block of code that is not closed', 'See\n```\nreally?\n', []],
  ['an address', 'See http://example.test/a?b=c for it.', []],
  [
    'one that points, at what the whole message says',
    'Many, or one.\n\nSo much for that.\n\n## Naming\n\nWhat is the field called, given that the front end has no name for such a list yet?\n\nWhich is it?',
    [
      'What is the field called, given that the front end has no name for such a list yet? (Naming)',
      'Which is it? (Many, or one. So much for that. Naming What is the field called, given that the front end has no name for such a list yet?)',
    ],
  ],
  ['one for assent, at what stands beside it', 'Many, or one.\n\nI take many.\n\nIs that right?', ['Is that right? (I take many.)']],
  ['a mark alone', 'What ?\n\n???', ['What ? (???)']],
  ['broken lines', 'Should a document have\none reviewer or many?', ['Should a document have one reviewer or many?']],
])('%s', (_name, message, expected) => {
  expect(spell(message)).toEqual(expected)
})

test.each([
  ['Please confirm that it is one.', true],
  ['Let me know which of the two the action should use, or whether it needs a third', true],
  ['Tell me what your people would do by hand, and I will build that.', true],
  ['I would like to know how you do it today.', true],
  ['I need your decision on the second point.', true],
  ['For the first I need a status and a code from you.', true],
  ['Let me know if you want more.', false],
  ['Let me know what you think.', false],
  ['The service needs to know which office it is for, and the docs say how.', false],
  ['I will tell the front-end team what has changed.', false],
  ['Clients that want to know whether it is done ask again.', false],
])('%s', (message, isQuestion) => {
  expect(questionsIn(message)).toHaveLength(isQuestion ? 1 : 0)
})

test('a flood is read in no time, from its end', () => {
  const began = performance.now()
  expect(questionsIn(`${'?'.repeat(200_000)} ${'(a '.repeat(200_000)}\n\n${'```\n'.repeat(20_000)}`)).toEqual([])
  expect(questionsIn('Or what? '.repeat(20_000))).toHaveLength(50)
  expect(questionsIn(`${'word '.repeat(100_000)}\n\nOne or many?`)).toMatchObject([{ text: 'One or many?' }])
  expect(performance.now() - began).toBeLessThan(2000)
})

test('ask.md is a list of questions, or one', () => {
  expect(questionsOfPage('One reviewer\nor many?\n')).toEqual(['One reviewer\nor many?'])
  expect(questionsOfPage('Before I begin:\n\n- One or many?\n- 403 or 404?\n')).toEqual(['One or many?', '403 or 404?'])
})
