import { z } from 'zod';
import { cents, text } from '../../core/input.ts';
import { pageQuery } from '../../core/pagination.ts';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const threshold = z.int().min(0).max(10_000);

export const ListProducts = z.strictObject({
  ...pageQuery,
  q: z.string().max(80).optional(),
  archived: flag.default(false),
  low_stock: flag.default(false),
});

export const NewProduct = z.strictObject({
  sku: text(40),
  name: text(120),
  price: cents,
  stock: z.int().min(0).max(100_000).default(0),
  low_stock_threshold: threshold.default(0),
});
export type NewProduct = z.output<typeof NewProduct>;

export const ProductChanges = z.strictObject({
  sku: text(40).optional(),
  name: text(120).optional(),
  price: cents.optional(),
  low_stock_threshold: threshold.optional(),
});
export type ProductChanges = z.output<typeof ProductChanges>;

export const StockAdjustment = z.strictObject({
  delta: z
    .int()
    .min(-100_000)
    .max(100_000)
    .refine((value) => value !== 0, 'A change of zero changes nothing.'),
  reason: z.enum(['received', 'correction']),
});
export type StockAdjustment = z.output<typeof StockAdjustment>;

export const ListMovements = z.strictObject({
  limit: pageQuery.limit,
  cursor: z.iso.datetime().optional(),
});
