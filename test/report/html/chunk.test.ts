import { expect, it } from 'vitest'
import { packTasks, withStringTable } from '../../../src/report/html/chunk.ts'
import { excerptOf, shorter } from '../../../src/report/html/excerpt.ts'
import { joinModules } from '../../../src/report/html/join-modules.ts'
import { levels, shorten } from '../../../src/report/html/shorten.ts'
import type { TrialDetail } from '../../../src/report/html/trial-detail.ts'

const detail = (said: number, count = 3): TrialDetail => ({
  instruction: null,
  timeline: Array.from({ length: count }, (_, at) => ({ kind: 'said', at, text: excerptOf(`${at} ${'word '.repeat(said)}`, 12_000) })),
  files: [],
  suites: [],
  tests: [],
  places: [],
  shortened: false,
})
const plain = (text: string) => text

it('gives small tasks what they need and the others what is left', () => {
  const tasks = [detail(2000), detail(5), detail(2000)].map((one) => new Map([['a/1', one]]))
  const packed = packTasks(tasks, 30_000, plain)
  expect(packed.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(30_000)
  expect(packed.map((text) => text.includes('"shortened":true'))).toEqual([true, false, true])
  expect(packTasks(tasks, 100, plain)).toEqual(['', '', ''])
})

it('keeps strings once that stand in several trials, and gives them back', () => {
  const long = 'a'.repeat(200)
  const text = withStringTable({ one: long, two: [long, 'short', 'short'] })
  expect(text.split(long)).toHaveLength(2)
  const [table = '[]', value = ''] = text.split('\n')
  const strings: string[] = JSON.parse(table)
  const back = JSON.parse(value, (_key, part) =>
    typeof part === 'string' && part.startsWith('\u0001') ? strings[Number(part.slice(1))] : part,
  )
  expect(back).toEqual({ one: long, two: [long, 'short', 'short'] })
})

it('counts what it cuts, also where it cuts again', () => {
  const text = Array.from({ length: 1000 }, (_, at) => String(at % 10)).join('')
  const once = excerptOf(text, 500)
  const twice = shorter(once, 100)
  for (const { head, left, tail } of [once, twice]) {
    expect(head.length + left + tail.length).toBe(1000)
    expect([text.startsWith(head), text.endsWith(tail)]).toEqual([true, true])
  }
  expect(twice.head.length + twice.tail.length).toBe(100)
  expect(shorter(excerptOf('short', 500), 100)).toEqual({ head: 'short', left: 0, tail: '' })
})

it('every level keeps less than the one before, and the end of a long story', () => {
  const long = detail(900, 1500)
  const sizes = levels.map((level) => JSON.stringify(shorten(long, level)).length)
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  const last = shorten(long, { ...(levels[0] as (typeof levels)[number]), entries: 9 }).timeline
  expect(last.map((entry) => (entry.kind === 'left-out' ? `(${entry.count})` : entry.at))).toEqual([
    0,
    1,
    2,
    '(1491)',
    1494,
    1495,
    1496,
    1497,
    1498,
    1499,
  ])
})

it('joins modules each after what it imports, and refuses two things of one name', () => {
  const main = { name: 'main.js', text: "import {\n  h,\n} from './dom.js'\n\nh()\n" }
  const dom = { name: 'dom.js', text: 'export function h() {}\n' }
  expect(joinModules([main, dom])).toBe("'use strict'\nfunction h() {}\n\nh()\n")
  expect(() => joinModules([main])).toThrow('imports dom.js, which is not there')
  expect(() => joinModules([dom, { name: 'b.js', text: 'const h = 1' }])).toThrow('names two things h')
})
