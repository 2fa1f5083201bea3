import { expect, test } from 'vitest'
import { factsOfFixture } from '../../src/evidence/assemble.ts'
import { vitest } from '../../src/stack/vitest.ts'
import { fixtureOf } from '../workspace/small-fixture.ts'

test.each([
  ['./dev test', ['dev']],
  ['./tools/orders test --run', ['tools/orders']],
  ['npm run check', ['package.json#scripts.check', 'package.json#scripts.precheck', 'package.json#scripts.postcheck']],
  ['npm test', ['package.json#scripts.test', 'package.json#scripts.pretest', 'package.json#scripts.posttest']],
  [
    'npm run test:unit -- --silent',
    ['package.json#scripts.test:unit', 'package.json#scripts.pretest:unit', 'package.json#scripts.posttest:unit'],
  ],
  ['python -m pytest', []],
])('what runs the tests by `%s` is protected', (command, own) => {
  const { protected: entries } = factsOfFixture({ ...fixtureOf('/nowhere'), protected: ['a.ts'], commands: { test: command } }, vitest)
  expect(entries).toEqual(['a.ts', ...vitest.protected, ...own])
})
