import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/statistics/random.ts'

describe('a seeded generator', () => {
  test('gives the values that stored reports were made with', () => {
    const random = seededRandom('01JD0000000000000000000000')
    expect([
      random.uniform(),
      random.uniform(),
      random.below(1000),
      random.shuffle(['a', 'b', 'c', 'd', 'e']).join(''),
    ]).toMatchInlineSnapshot(`
      [
        0.7839582039726203,
        0.5596550406668466,
        233,
        "abcde",
      ]
    `)
  })

  test('depends on every letter of its seed, and on nothing else', () => {
    const first = (seed: string) => seededRandom(seed).uniform()
    const seeds = ['', 'a', 'b', 'aa', 'ab', 'ba', 'night 1', 'night 2', 'é', 'e\u0301']
    expect(new Set(seeds.map(first)).size).toBe(seeds.length)
    expect(seeds.map(first)).toEqual(seeds.map(first))
  })

  test('neighbouring seeds are not alike', () => {
    const mean =
      Array.from({ length: 2000 }, (_, night) => seededRandom(`night ${night}`).uniform()).reduce((sum, value) => sum + value, 0) / 2000
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 2000))
  })

  test('whole numbers are even, and stay below their limit', () => {
    const random = seededRandom('below')
    const counts = new Map<number, number>()
    for (let draw = 0; draw < 30_000; draw += 1) {
      const value = random.below(3)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    expect([...counts.keys()].toSorted()).toEqual([0, 1, 2])
    for (const count of counts.values()) {
      expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(30_000 * (1 / 3) * (2 / 3)))
    }
  })

  test('a shuffle leaves its input, loses nothing, and makes each of the 24 orders of four as often', () => {
    const random = seededRandom('shuffle')
    const items = ['a', 'b', 'c', 'd']
    const orders = new Map<string, number>()
    for (let draw = 0; draw < 24_000; draw += 1) {
      const order = random.shuffle(items).join('')
      orders.set(order, (orders.get(order) ?? 0) + 1)
    }
    expect(items.join('')).toBe('abcd')
    expect(orders.size).toBe(24)
    const chiSquare = [...orders.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    // 99.9 % point of 23 degrees of freedom.
    expect(chiSquare).toBeLessThan(49.7)
  })
})
