import { expect, test } from 'vitest'
import { mapTools, readQuestions, toolDefinitions } from '../../src/runner/agent-tools.ts'

const all = ['read', 'write', 'edit', 'bash', 'glob', 'grep', 'ask_user']

test.each([
  [null, { kind: 'mapped', names: all }],
  [['Read', 'Write', 'Edit', 'MultiEdit', 'Bash', 'Glob', 'Grep'], { kind: 'mapped', names: all }],
  [['Read'], { kind: 'mapped', names: ['read', 'ask_user'] }],
  [['AskUserQuestion'], { kind: 'mapped', names: ['ask_user'] }],
  [[], { kind: 'mapped', names: ['ask_user'] }],
  [['Read', 'WebFetch', 'Task'], { kind: 'unknown', names: ['WebFetch', 'Task'] }],
  [['read'], { kind: 'unknown', names: ['read'] }],
  [['toString'], { kind: 'unknown', names: ['toString'] }],
])('%j', (tools, mapped) => {
  expect(mapTools(tools)).toEqual(mapped)
})

test('the order of the definitions does not follow the order of the names', () => {
  const names = toolDefinitions(['grep', 'ask_user', 'bash'], '/workspace').map(({ name }) => name)
  expect(names).toEqual(['bash', 'grep', 'ask_user'])
})

test('what the model is told of asking', () => {
  expect(toolDefinitions(['ask_user'], '/workspace')).toMatchInlineSnapshot(`
    [
      {
        "description": "Ask the user. Use it for open questions that must be settled before the work can go on.",
        "input_schema": {
          "properties": {
            "questions": {
              "description": "All open questions, each with the possible answers where they can be listed.",
              "items": {
                "properties": {
                  "options": {
                    "default": [],
                    "items": {
                      "type": "string",
                    },
                    "type": "array",
                  },
                  "text": {
                    "minLength": 1,
                    "type": "string",
                  },
                },
                "required": [
                  "text",
                ],
                "type": "object",
              },
              "minItems": 1,
              "type": "array",
            },
          },
          "required": [
            "questions",
          ],
          "type": "object",
        },
        "name": "ask_user",
      },
    ]
  `)
})

test.each([
  [{ questions: [{ text: 'Which?' }] }, { kind: 'asked', questions: [{ text: 'Which?', options: [] }] }],
  [{ questions: [{ text: 'Which?', options: ['a', 'b'] }] }, { kind: 'asked', questions: [{ text: 'Which?', options: ['a', 'b'] }] }],
  [{ questions: [] }, { kind: 'bad' }],
  [{ questions: [{ text: '' }] }, { kind: 'bad' }],
  [{ questions: 'Which?' }, { kind: 'bad' }],
  [null, { kind: 'bad' }],
])('questions of %j', (input, read) => {
  expect(readQuestions(input)).toMatchObject(read)
})
