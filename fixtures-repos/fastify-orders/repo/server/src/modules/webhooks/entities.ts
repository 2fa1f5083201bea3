import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { Shop } from '../shops/entities.ts';
import type { WebhookTopic } from './topics.ts';

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;

export type DeliveryStatus = (typeof deliveryStatuses)[number];

export const WebhookEndpoint = defineEntity({
  name: 'WebhookEndpoint',
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('webhook')),
    shop: () => p.manyToOne(Shop),
    url: p.string().length(400),
    secret: p.string().length(80).hidden(),
    topics: p.json<WebhookTopic[]>(),
    active: p.boolean().default(true),
    createdAt: p.datetime().onCreate(now),
  },
});
export type WebhookEndpoint = InferEntity<typeof WebhookEndpoint>;

export const WebhookDelivery = defineEntity({
  name: 'WebhookDelivery',
  indexes: [{ properties: ['endpoint', 'status'] }],
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('delivery')),
    endpoint: () => p.manyToOne(WebhookEndpoint).deleteRule('cascade'),
    topic: p.string().length(40).$type<WebhookTopic>(),
    body: p.json<Record<string, unknown>>(),
    status: p.string().length(20).$type<DeliveryStatus>().default('pending'),
    attempts: p.integer().default(0),
    lastStatusCode: p.integer().nullable(),
    deliveredAt: p.datetime().nullable(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type WebhookDelivery = InferEntity<typeof WebhookDelivery>;
