import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { User } from '../accounts/entities.ts';
import { Order, OrderLine } from '../orders/entities.ts';

export type RefundStatus = 'pending' | 'succeeded' | 'failed';

export const Refund = defineEntity({
  name: 'Refund',
  uniques: [{ properties: ['order', 'idempotencyKey'] }],
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('refund')),
    order: () => p.manyToOne(Order),
    amount: p.integer(),
    reason: p.string().length(200),
    status: p.string().length(20).$type<RefundStatus>().default('pending'),
    failure: p.string().length(200).nullable(),
    restocked: p.boolean().default(false),
    idempotencyKey: p.string().length(80).nullable(),
    requestDigest: p.string().length(64).nullable(),
    createdBy: () => p.manyToOne(User),
    settledAt: p.datetime().nullable(),
    createdAt: p.datetime().onCreate(now),
    lines: () => p.oneToMany(RefundLine).mappedBy('refund').orderBy({ id: 'asc' }),
  },
});
export type Refund = InferEntity<typeof Refund>;

export const RefundLine = defineEntity({
  name: 'RefundLine',
  properties: {
    id: p.integer().primary(),
    refund: () => p.manyToOne(Refund),
    line: () => p.manyToOne(OrderLine),
    quantity: p.integer(),
    amount: p.integer(),
  },
});
export type RefundLine = InferEntity<typeof RefundLine>;
