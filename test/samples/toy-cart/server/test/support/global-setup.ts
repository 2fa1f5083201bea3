import { LOCALE } from '../../src/locale.ts'

export function setup(): void {
  process.env.CART_LOCALE = LOCALE
}
