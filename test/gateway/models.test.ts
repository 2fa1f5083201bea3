import { expect, it } from 'vitest'
import { resolveModel } from '../../src/gateway/models.ts'

it.each([
  ['sonnet', null, 'claude-sonnet-5-5'],
  ['opus', null, 'claude-opus-5-5'],
  ['haiku', null, 'claude-haiku-5-5'],
  ['inherit', null, 'claude-sonnet-5-5'],
  [null, null, 'claude-sonnet-5-5'],
  ['claude-opus-4-5-20251101', null, 'claude-opus-4-5-20251101'],
  ['sonnet', 'haiku', 'claude-haiku-5-5'],
  ['sonnet', 'my-own-model', 'my-own-model'],
  ['constructor', null, 'constructor'],
])('%s, overridden by %s, is %s', (written, override, id) => {
  expect(resolveModel(written, override)).toBe(id)
})
