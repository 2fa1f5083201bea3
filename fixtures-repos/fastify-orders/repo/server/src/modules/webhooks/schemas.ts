import { z } from 'zod';
import { pageQuery } from '../../core/pagination.ts';
import { deliveryStatuses } from './entities.ts';
import { webhookTopics } from './topics.ts';

const url = z.url({ protocol: /^https$/u, error: 'An https address is expected.' }).max(400);

const topics = z
  .array(z.enum(webhookTopics))
  .min(1)
  .transform((values) => [...new Set(values)]);

export const NewWebhook = z.strictObject({ url, topics });
export type NewWebhook = z.output<typeof NewWebhook>;

export const WebhookChanges = z.strictObject({
  url: url.optional(),
  topics: topics.optional(),
  active: z.boolean().optional(),
});
export type WebhookChanges = z.output<typeof WebhookChanges>;

export const ListDeliveries = z.strictObject({
  ...pageQuery,
  status: z.enum(deliveryStatuses).optional(),
});
