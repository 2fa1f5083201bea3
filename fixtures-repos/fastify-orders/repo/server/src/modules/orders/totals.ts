import { allocate, taxOf } from '../../core/money.ts';
import type { Order } from './entities.ts';

export function recalculate(order: Order, taxBasisPoints: number): void {
  const lines = order.lines.getItems();
  const amounts = lines.map(({ unitPrice, quantity }) => unitPrice * quantity);
  order.subtotal = amounts.reduce((sum, amount) => sum + amount, 0);
  order.discount = Math.min(order.discount, order.subtotal);
  const discounts = allocate(order.discount, amounts);
  for (const [index, line] of lines.entries()) {
    line.discount = discounts[index] ?? 0;
    line.tax = taxOf((amounts[index] ?? 0) - line.discount, taxBasisPoints);
  }
  order.tax = lines.reduce((sum, line) => sum + line.tax, 0);
  order.total = order.subtotal - order.discount + order.tax;
}

export function lineTotal({
  unitPrice,
  quantity,
  discount,
  tax,
}: {
  unitPrice: number;
  quantity: number;
  discount: number;
  tax: number;
}): number {
  return unitPrice * quantity - discount + tax;
}
