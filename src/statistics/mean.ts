/** The arithmetic mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length
}

/** The unbiased sample variance, over n - 1; null of fewer than two. */
export function sampleVariance(values: readonly number[]): number | null {
  if (values.length < 2) {
    return null
  }
  const mean = meanOf(values)
  return sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1)
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
