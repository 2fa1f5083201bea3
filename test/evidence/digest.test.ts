import { expect, it } from 'vitest'
import { canonicalJson, digestOfFiles, sha256 } from '../../src/evidence/digest.ts'

it('is sha256 in hex', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

it('writes equal data as equal text', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'é', absent: undefined })).toBe('{"a":"é","b":[{"c":null,"d":1}]}')
  expect(canonicalJson(['b', 'a'])).toBe('["b","a"]')
})

it('tells trees apart whose bytes in a row are equal', () => {
  const one = digestOfFiles([['ab', Buffer.from('c')]])
  expect(digestOfFiles([['a', Buffer.from('bc')]])).not.toBe(one)
  expect(digestOfFiles([['ab', Buffer.from('c'), '100755']])).not.toBe(one)
  const two = digestOfFiles([
    ['a', Buffer.from('x')],
    ['b', Buffer.from('y')],
  ])
  expect(
    digestOfFiles([
      ['b', Buffer.from('y')],
      ['a', Buffer.from('x')],
    ]),
  ).toBe(two)
})
