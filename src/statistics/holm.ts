/**
 * Holm's adjusted p-values, in the order of `pValues`: where one is at most alpha, its claim holds with all such claims together wrong at most alpha of the time.
 * S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65-70.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const adjusted = pValues.map(() => 0)
  let largest = 0
  const smallestFirst = pValues.map((p, index) => ({ p, index })).toSorted((one, other) => one.p - other.p)
  for (const [rank, { p, index }] of smallestFirst.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * p))
    adjusted[index] = largest
  }
  return adjusted
}
