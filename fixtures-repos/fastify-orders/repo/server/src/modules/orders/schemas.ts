import { z } from 'zod';
import { cents, day, quantity } from '../../core/input.ts';
import { pageQuery } from '../../core/pagination.ts';
import { orderStatuses } from './state.ts';

const note = z.string().max(2000);
const address = z.string().max(500);

export const ListOrders = z.strictObject({
  ...pageQuery,
  status: z.enum(orderStatuses).optional(),
  customer_id: z.string().max(32).optional(),
  from: day.optional(),
  to: day.optional(),
});

export const NewOrder = z.strictObject({
  customer_id: z.string().max(32),
  lines: z
    .array(z.strictObject({ product_id: z.string().max(32), quantity }))
    .min(1)
    .max(100),
  discount: cents.default(0),
  note: note.default(''),
  shipping_address: address.default(''),
});
export type NewOrder = z.output<typeof NewOrder>;

export const OrderChanges = z.looseObject({
  note: note.optional(),
  shipping_address: address.optional(),
});
export type OrderChanges = z.output<typeof OrderChanges>;

export const LineChange = z.strictObject({ quantity });
