import { describe, expect, it } from 'vitest'
import { total } from '../src/cart.ts'

describe('total', () => {
  it.each([
    [[1, 2], 3],
    [[5], 5],
  ])('adds %j', (prices, sum) => {
    expect(total(prices)).toBe(sum)
  })

  it('of nothing is nothing', () => {
    expect(total([])).toBe(0)
  })
})
