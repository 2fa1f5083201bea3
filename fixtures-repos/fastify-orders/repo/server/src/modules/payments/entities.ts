import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { Order } from '../orders/entities.ts';

export const paymentMethods = ['card', 'transfer', 'cash'] as const;

export type PaymentMethod = (typeof paymentMethods)[number];

export const Payment = defineEntity({
  name: 'Payment',
  uniques: [{ properties: ['order', 'reference'] }],
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('payment')),
    order: () => p.manyToOne(Order),
    amount: p.integer(),
    method: p.string().length(20).$type<PaymentMethod>(),
    reference: p.string().length(80),
    receivedAt: p.datetime().onCreate(now),
  },
});
export type Payment = InferEntity<typeof Payment>;
