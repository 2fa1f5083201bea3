import { beforeEach } from 'vitest'
import { CURRENCY } from '../../src/currency.ts'

beforeEach(() => {
  process.env.CART_CURRENCY = CURRENCY
})
