import { expect, it } from 'vitest'
import { parseAgent } from '../../src/variant/parse-agent.ts'
import type { VariantParts } from '../../src/variant/variant.ts'
import { variantOf } from '../../src/variant/variant.ts'

function parts(description: string): VariantParts {
  const reading = parseAgent(Buffer.from(`---\nname: coder\ndescription: ${description}\n---\nBody\n`), 'agents/coder.md')
  if (reading.kind === 'bad') {
    throw new Error('The agent of this test is not valid.')
  }
  return {
    agent: reading.agent,
    file: 'agents/coder.md',
    runner: { name: 'builtin', identity: '' },
    upstream: 'api',
    model: 'model-1',
    settings: { maxTokens: 32_000, effort: 'high' },
  }
}

const base = parts('Writes code.')

it('says what is measured', () => {
  expect(variantOf(base)).toMatchObject({
    agent: { name: 'coder', file: 'agents/coder.md', promptDigest: base.agent.promptDigest, fileDigest: base.agent.fileDigest },
    runner: 'builtin',
    upstream: 'api',
    model: 'model-1',
    settings: { maxTokens: 32_000, effort: 'high' },
  })
})

it.each<readonly [string, VariantParts]>([
  ['the order of settings', { ...base, settings: { effort: 'high', maxTokens: 32_000 } }],
  ['where the file lies', { ...base, file: 'git:HEAD:agents/coder.md' }],
])('the digest does not depend on %s', (_name, changed) => {
  expect(variantOf(changed).digest).toBe(variantOf(base).digest)
})

it.each<readonly [string, VariantParts]>([
  ['the agent file', parts('Writes more code.')],
  ['the runner', { ...base, runner: { name: 'nop', identity: '' } }],
  ['the set-up of the runner', { ...base, runner: { name: 'builtin', identity: 'x' } }],
  ['the upstream', { ...base, upstream: 'reference' }],
  ['the model', { ...base, model: 'model-2' }],
  ['a setting', { ...base, settings: { maxTokens: 1, effort: 'high' } }],
])('the digest depends on %s', (_name, changed) => {
  expect(variantOf(changed).digest).not.toBe(variantOf(base).digest)
})
