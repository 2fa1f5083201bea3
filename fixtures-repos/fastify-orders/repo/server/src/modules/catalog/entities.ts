import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { User } from '../accounts/entities.ts';
import { Shop } from '../shops/entities.ts';

export type MovementReason = 'received' | 'correction' | 'order' | 'cancelled' | 'returned';

export const Product = defineEntity({
  name: 'Product',
  uniques: [{ properties: ['shop', 'skuKey'] }, { properties: ['shop', 'slug'] }],
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('product')),
    shop: () => p.manyToOne(Shop),
    sku: p.string().length(40),
    skuKey: p.string().length(40),
    name: p.string().length(120),
    slug: p.string().length(60),
    price: p.integer(),
    stock: p.integer().default(0),
    lowStockThreshold: p.integer().default(0),
    archivedAt: p.datetime().nullable(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type Product = InferEntity<typeof Product>;

export const StockMovement = defineEntity({
  name: 'StockMovement',
  indexes: [{ properties: ['product', 'createdAt'] }],
  properties: {
    id: p.integer().primary(),
    product: () => p.manyToOne(Product),
    delta: p.integer(),
    reason: p.string().length(20).$type<MovementReason>(),
    reference: p.string().length(32).nullable(),
    actor: () => p.manyToOne(User).nullable(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type StockMovement = InferEntity<typeof StockMovement>;
