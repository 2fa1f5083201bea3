import { expect, test } from 'vitest'
import { ageInDays } from '../services/tickets.js'

test('the age of a ticket counts whole days', () => {
  expect(ageInDays({ createdAt: 0 }, 86_400_000 * 2.5)).toBe(2)
})
