import type { Money } from '../api/types.ts';

export function Amount({ value }: { value: Money }) {
  const digits = new Intl.NumberFormat(undefined, { style: 'currency', currency: value.currency });
  const { maximumFractionDigits = 2 } = digits.resolvedOptions();
  return <span className="tabular-nums">{digits.format(value.amount / 10 ** maximumFractionDigits)}</span>;
}
