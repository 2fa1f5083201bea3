import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';

export const User = defineEntity({
  name: 'User',
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('user')),
    email: p.string().length(254),
    emailKey: p.string().length(254).unique(),
    name: p.string().length(120),
    passwordHash: p.string().length(200).hidden(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type User = InferEntity<typeof User>;

export const AccessToken = defineEntity({
  name: 'AccessToken',
  properties: {
    id: p.integer().primary(),
    user: () => p.manyToOne(User),
    tokenHash: p.string().length(64).unique(),
    expiresAt: p.datetime(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type AccessToken = InferEntity<typeof AccessToken>;
