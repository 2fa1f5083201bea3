import { describe, expect, it } from 'vitest'
import { pathBytes, pathText } from '../../src/workspace/path-text.ts'

const cases = [
  { name: 'plain', bytes: Buffer.from('src/app.py'), text: 'src/app.py' },
  { name: 'not ASCII', bytes: Buffer.from('Größe/日本/😀.txt'), text: 'Größe/日本/😀.txt' },
  { name: 'a newline', bytes: Buffer.from('a\nb'), text: 'a\\x0ab' },
  { name: 'an escape sequence of a terminal', bytes: Buffer.from('\x1b[2J'), text: '\\x1b[2J' },
  { name: 'no UTF-8', bytes: Buffer.from([0x61, 0xff, 0x62]), text: 'a\\xffb' },
  { name: 'half a character at the end', bytes: Buffer.from([0x61, 0xe6, 0x97]), text: 'a\\xe6\\x97' },
  { name: 'UTF-8 beside bytes that are none', bytes: Buffer.concat([Buffer.from('é'), Buffer.from([0xff])]), text: 'é\\xff' },
  { name: 'a backslash', bytes: Buffer.from('a\\b'), text: 'a\\b' },
  { name: 'text that looks like an escape', bytes: Buffer.from('a\\xffb'), text: 'a\\x5cxffb' },
  { name: 'a byte order mark', bytes: Buffer.from('\ufeffa'), text: '\ufeffa' },
]

describe('pathText', () => {
  it.each(cases)('$name', ({ bytes, text }) => {
    expect(pathText(bytes)).toBe(text)
    expect(pathBytes(text)).toEqual(bytes)
  })

  it('gives no two paths the same text', () => {
    expect(new Set(cases.map(({ bytes }) => pathText(bytes))).size).toBe(cases.length)
  })
})
