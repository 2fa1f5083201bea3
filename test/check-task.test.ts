import { expect, it } from 'vitest'
import { openToyProject, SOLUTION } from './toy-project.ts'

it('proves a fair task, and the proof holds', async () => {
  await using project = await openToyProject({ proven: false })
  expect(await project.assay(['check', '--times', '2'])).toMatchObject({
    code: 0,
    out: 'toy-shop/shipping: fair (2 fail-to-pass, 2 pass-to-pass)',
  })
  expect(await project.assay(['check', '--verify'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 receipts looked at, 0 stale'),
  })
})

it.each([
  [
    'a solution that fails',
    'solution.patch',
    SOLUTION.replace('return 0 if', 'return 1 if'),
    'solution: does not pass backend.tests.test_shipping::test_shipping_is_free_from_fifty',
  ],
  ['another right solution that fails', 'right/subtracted.patch', SOLUTION.replace('>= 50', '> 50'), 'right/subtracted: must pass, but'],
  ['a wrong solution that passes', 'wrong/never-free.patch', SOLUTION, 'wrong/never-free: must not pass, but does'],
  [
    'a wrong solution that draws something else',
    'wrong/frontend-too.patch',
    SOLUTION.replace('return 0 if', 'return 1 if'),
    'must draw FRONTEND_CHANGED frontend/cart.js, but draws TEST_NOT_PASSING',
  ],
  [
    'a patch that does not apply',
    'solution.patch',
    SOLUTION.replace('raise ValueError', 'raise TypeError'),
    'solution: the patch does not apply',
  ],
  [
    'hidden tests that the base passes',
    'tests/backend/tests/test_shipping.py',
    'def test_nothing():\n    assert True\n',
    'no test fails on the untouched repository',
  ],
  [
    'a test that changes its mind',
    'tests/backend/tests/test_shipping.py',
    'import time\nfrom shop import shipping\n\n\ndef test_coin():\n    assert shipping(50) == 0 and time.time_ns() // 1000 % 2\n',
    'its result changes between repeats',
  ],
])('tells %s', async (_name, file, content, message) => {
  await using project = await openToyProject({ proven: false })
  await project.write(`tasks/toy-shop/shipping/${file}`, content)
  const { code, out, err } = await project.assay(['check', '--times', message.includes('repeats') ? '6' : '1'])
  expect(code, err).toBe(1)
  expect(out).toContain(message)
})
