import type { Money } from '../../../contracts/money.ts';

const withoutMinorUnit = new Set(['CLP', 'ISK', 'JPY', 'KRW', 'VND']);

export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (Math.abs(rest - 0.5) < 1e-9) {
    return floor % 2 === 0 ? floor : floor + 1;
  }
  return Math.round(value);
}

export function taxOf(amount: number, basisPoints: number): number {
  return roundHalfEven((amount * basisPoints) / 10_000);
}

export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  if (sum === 0) {
    return weights.map(() => 0);
  }
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((one, other) => one + other, 0);
  const byRest = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .toSorted((one, other) => other.rest - one.rest || one.index - other.index);
  for (const { index } of byRest.slice(0, left)) {
    shares[index] = (shares[index] ?? 0) + 1;
  }
  return shares;
}

export function money(amount: number, currency: string): Money {
  return { amount, currency };
}

export function formatMoney({ amount, currency }: Money): string {
  if (withoutMinorUnit.has(currency)) {
    return `${amount} ${currency}`;
  }
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}
