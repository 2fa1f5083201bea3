import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { Product } from '../catalog/entities.ts';
import { Customer } from '../customers/entities.ts';
import { Shop } from '../shops/entities.ts';
import type { OrderStatus } from './state.ts';

export const Order = defineEntity({
  name: 'Order',
  tableName: 'orders',
  uniques: [{ properties: ['shop', 'number'] }],
  indexes: [{ properties: ['shop', 'status'] }],
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('order')),
    shop: () => p.manyToOne(Shop),
    customer: () => p.manyToOne(Customer),
    number: p.integer(),
    status: p.string().length(20).$type<OrderStatus>().default('draft'),
    currency: p.string().length(3),
    subtotal: p.integer().default(0),
    discount: p.integer().default(0),
    tax: p.integer().default(0),
    total: p.integer().default(0),
    note: p.text().default(''),
    shippingAddress: p.text().default(''),
    placedAt: p.datetime().nullable(),
    paidAt: p.datetime().nullable(),
    shippedAt: p.datetime().nullable(),
    deliveredAt: p.datetime().nullable(),
    cancelledAt: p.datetime().nullable(),
    createdAt: p.datetime().onCreate(now),
    lines: () => p.oneToMany(OrderLine).mappedBy('order').orderBy({ position: 'asc' }),
  },
});
export type Order = InferEntity<typeof Order>;

export const OrderLine = defineEntity({
  name: 'OrderLine',
  uniques: [{ properties: ['order', 'position'] }],
  properties: {
    id: p.integer().primary(),
    order: () => p.manyToOne(Order),
    product: () => p.manyToOne(Product),
    position: p.integer(),
    sku: p.string().length(40),
    name: p.string().length(120),
    unitPrice: p.integer(),
    quantity: p.integer(),
    discount: p.integer().default(0),
    tax: p.integer().default(0),
  },
});
export type OrderLine = InferEntity<typeof OrderLine>;
