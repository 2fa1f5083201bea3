import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { User } from '../accounts/entities.ts';
import { Shop } from '../shops/entities.ts';
import type { Action } from './actions.ts';

export const AuditEvent = defineEntity({
  name: 'AuditEvent',
  indexes: [{ properties: ['shop', 'subject'] }],
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('event')),
    shop: () => p.manyToOne(Shop),
    actor: () => p.manyToOne(User).nullable(),
    action: p.string().length(40).$type<Action>(),
    subject: p.string().length(32),
    data: p.json<Record<string, unknown>>(),
    requestId: p.string().length(64).nullable(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type AuditEvent = InferEntity<typeof AuditEvent>;
