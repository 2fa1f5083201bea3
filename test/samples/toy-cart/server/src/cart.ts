export function total(prices: readonly number[]): number {
  return prices.reduce((sum, price) => sum + price, 0)
}

export function discount(amount: number): number {
  if (amount < 0) {
    throw new RangeError('negative')
  }
  return amount >= 100 ? Math.floor(amount / 10) : 0
}
