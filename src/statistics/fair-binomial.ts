/**
 * The probability of `heads` in `tosses` of a fair coin: C(n, k) / 2^n.
 * Halved as it grows: the binomial coefficient overflows, and 2^-n underflows, at a thousand tosses.
 */
export function fairBinomial(tosses: number, heads: number): number {
  if (!Number.isInteger(tosses) || !Number.isInteger(heads) || heads < 0 || heads > tosses) {
    throw new RangeError(`${heads} of ${tosses} is not a count of heads`)
  }
  let probability = 1
  let halvings = tosses
  for (let index = 1; index <= heads; index += 1) {
    probability *= (tosses - heads + index) / index
    while (probability > 1 && halvings > 0) {
      probability /= 2
      halvings -= 1
    }
  }
  return probability * 2 ** -halvings
}
