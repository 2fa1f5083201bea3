import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { User } from '../accounts/entities.ts';
import type { Role } from './roles.ts';

export const Shop = defineEntity({
  name: 'Shop',
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('shop')),
    name: p.string().length(80),
    slug: p.string().length(60).unique(),
    currency: p.string().length(3),
    taxBasisPoints: p.integer().default(0),
    alertEmail: p.string().length(254).nullable(),
    lastOrderNumber: p.integer().default(1000),
    createdAt: p.datetime().onCreate(now),
  },
});
export type Shop = InferEntity<typeof Shop>;

export const Membership = defineEntity({
  name: 'Membership',
  uniques: [{ properties: ['shop', 'user'] }],
  properties: {
    id: p.integer().primary(),
    shop: () => p.manyToOne(Shop),
    user: () => p.manyToOne(User),
    role: p.string().length(20).$type<Role>(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type Membership = InferEntity<typeof Membership>;
