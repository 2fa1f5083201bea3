import { expect, test } from 'vitest'
import { matchQuestions } from '../../src/simulated-user/match-questions.ts'
import { questionsIn } from '../../src/simulated-user/question.ts'
import { NEUTRAL, simulatedUser, UNCLEAR } from '../../src/simulated-user/simulated-user.ts'

const questions = [
  {
    id: 'how-many',
    terms: [['one', 'single'], ['many', 'several'], ['reviewer']],
    unless: ['office'],
    mustAsk: true,
    answer: 'Any number of reviewers.',
  },
  { id: 'status', terms: [['403', '404', 'status']], mustAsk: true, answer: 'A 404.' },
  { id: 'naming', terms: [['name', 'call']], mustAsk: false, answer: null },
]
const table = { reading: 'many', questions }

const matched = (message: string) => matchQuestions(questionsIn(message), questions).map((match) => Object.values(match).join(' '))

test.each([
  ['the question', 'One reviewer or several?', ['matched how-many']],
  ['its options name the readings', 'How are reviewers related?\n- a single one\n- many', ['matched how-many']],
  ['the same again', 'One reviewer or several? A single reviewer, or many?', ['matched how-many', 'unmatched ']],
  ['two in one', 'One reviewer or several, and which status?', ['matched how-many']],
  ['both, one after the other', 'One reviewer or several? And which status?', ['matched how-many', 'matched status']],
  ['one that points', 'A document may have one reviewer or several. What do you prefer?', ['matched how-many']],
  [
    'what stands beside it',
    'A document may have one reviewer or several. I have not found the place in the guide that says it: is there a page that I have missed?',
    ['unsure how-many'],
  ],
  ['assent to what stands beside it', 'A document may have one reviewer or several. Shall I go on?', ['unsure how-many']],
  ['what has the same words and is another', 'One reviewer or several for each office?', ['unmatched ']],
  ['a question about naming beside it', 'I take one reviewer, not several. What should I call it?', ['unmatched naming']],
  ['what the repository answers', 'What is the name of the field?', ['unmatched naming']],
  ['something else', 'Shall I write tests?', ['unmatched ']],
  ['no question', 'One reviewer or several, I took one.', []],
])('%s', (_name, message, expected) => {
  expect(matched(message)).toEqual(expected)
})

test('gives one fact a question, never twice, and no more than three rounds', () => {
  const user = simulatedUser(table)
  const said = (message: string) => user.reply(questionsIn(message))?.map(({ text }) => text) ?? null
  expect(said('One reviewer or several, and which status? What should I call it?')).toEqual(['Any number of reviewers.', NEUTRAL])
  expect(said('There is a 403 and a 404. Is that right?')).toEqual([UNCLEAR])
  expect(said('One reviewer or several? A 403 or a 404?')).toEqual([NEUTRAL, 'A 404.'])
  expect(said('Which status?')).toBeNull()
})

test('has no preference where nothing is open', () => {
  expect(simulatedUser(null).reply(questionsIn('One or many?'))).toEqual([{ text: NEUTRAL, settles: null }])
})

test('tells which fact of which reading it gave', () => {
  expect(simulatedUser(table).reply(questionsIn('Which status?'))).toEqual([
    { text: 'A 404.', settles: { ambiguity: 'status', reading: 'many' } },
  ])
})
