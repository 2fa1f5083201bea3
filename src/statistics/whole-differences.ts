/** The least common multiple of 1 to 22, 25 and 32: a difference of two rates of as many trials is a whole number of its parts. */
export const PARTS = 2_327_925_600

/**
 * Differences as whole numbers of parts of one: sums of them are then exact, and two ways to the same sum cannot be split by rounding (0.1 + 0.2 is not 0.3).
 * `null` where one is no such multiple: a ratio of costs, for instance.
 */
export function wholeDifferences(differences: readonly number[]): readonly number[] | null {
  const whole = differences.map((difference) => Math.round(difference * PARTS))
  // A rate is off by some 1e-16, which is 1e-7 of a part.
  const fits = whole.every((value, index) => Math.abs(value - (differences[index] ?? 0) * PARTS) < 1e-4 && Math.abs(value) < 2 ** 44)
  return fits ? whole : null
}
