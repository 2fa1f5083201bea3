import { type Interval, wilsonInterval } from './interval.ts'

/** A share with its count and 95 % Wilson interval; null where there is nothing to take it of. */
type Share = { readonly count: number; readonly of: number; readonly interval: Interval } | null

/** How often each label was taken for which. */
export interface Confusion<Label extends string> {
  readonly labels: readonly Label[]
  /** Rows are what was right, columns what was chosen, both in the order of `labels`. */
  readonly matrix: readonly (readonly number[])[]
  /** Of all, those that were chosen rightly. */
  readonly accuracy: Share
  /** Of those chosen as a label, the rightly chosen; and of those that are of it, the found. */
  readonly byLabel: readonly { readonly label: Label; readonly precision: Share; readonly recall: Share }[]
}

/** Counts pairs of what was right and what was chosen. */
export function confusionOf<Label extends string>(
  labels: readonly Label[],
  pairs: readonly { readonly right: Label; readonly chosen: Label }[],
): Confusion<Label> {
  const count = (isCounted: (pair: { readonly right: Label; readonly chosen: Label }) => boolean) => pairs.filter(isCounted).length
  const hits = (label: Label) => count(({ right, chosen }) => right === label && chosen === label)
  return {
    labels,
    matrix: labels.map((row) => labels.map((column) => count(({ right, chosen }) => right === row && chosen === column))),
    accuracy: shareOf(
      count(({ right, chosen }) => right === chosen),
      pairs.length,
    ),
    byLabel: labels.map((label) => ({
      label,
      precision: shareOf(
        hits(label),
        count(({ chosen }) => chosen === label),
      ),
      recall: shareOf(
        hits(label),
        count(({ right }) => right === label),
      ),
    })),
  }
}

function shareOf(count: number, of: number): Share {
  return of === 0 ? null : { count, of, interval: wilsonInterval(count, of) }
}
