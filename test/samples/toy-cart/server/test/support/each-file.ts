import { beforeEach } from 'vitest'

beforeEach(() => {
  delete process.env.CART_DEBUG
})
