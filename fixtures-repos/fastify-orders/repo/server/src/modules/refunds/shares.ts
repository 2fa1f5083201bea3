import { allocate } from '../../core/money.ts';
import type { OrderLine } from '../orders/entities.ts';
import { lineTotal } from '../orders/totals.ts';

export function shareOfUnits(line: OrderLine, already: number, quantity: number): number {
  const units = allocate(lineTotal(line), new Array<number>(line.quantity).fill(1));
  return units.slice(already, already + quantity).reduce((sum, unit) => sum + unit, 0);
}
