import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { newId } from '../../core/ids.ts';
import { Shop } from '../shops/entities.ts';

export const Customer = defineEntity({
  name: 'Customer',
  uniques: [{ properties: ['shop', 'emailKey'] }],
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('customer')),
    shop: () => p.manyToOne(Shop),
    email: p.string().length(254),
    emailKey: p.string().length(254),
    name: p.string().length(120),
    nameKey: p.string().length(120).default(''),
    phone: p.string().length(40).nullable(),
    note: p.text().default(''),
  },
});
export type Customer = InferEntity<typeof Customer>;
