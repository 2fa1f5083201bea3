import { CURRENCY } from '../../src/currency.ts'

export function setup(): void {
  process.env.CART_CURRENCY = CURRENCY
}
