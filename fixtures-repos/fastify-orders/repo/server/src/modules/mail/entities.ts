import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { Shop } from '../shops/entities.ts';

export const MailRecord = defineEntity({
  name: 'MailRecord',
  properties: {
    id: p.integer().primary(),
    shop: () => p.manyToOne(Shop),
    key: p.string().length(120).unique(),
    recipient: p.string().length(254),
    subject: p.string().length(200),
    sentAt: p.datetime().nullable(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type MailRecord = InferEntity<typeof MailRecord>;
