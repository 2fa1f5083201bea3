import type { EntityManager } from '@mikro-orm/sql';
import { afterCommit } from '../../jobs/after-commit.ts';
import { deliverWebhook } from '../../jobs/definitions.ts';
import type { Shop } from '../shops/entities.ts';
import { WebhookDelivery, WebhookEndpoint } from './entities.ts';
import type { WebhookTopic } from './topics.ts';

export interface PublishedEvent {
  readonly shop: Shop;
  readonly topic: WebhookTopic;
  readonly body: Record<string, unknown>;
}

export async function publishEvent(
  em: EntityManager,
  { shop, topic, body }: PublishedEvent,
): Promise<void> {
  const endpoints = await em.find(WebhookEndpoint, { shop, active: true });
  for (const endpoint of endpoints) {
    if (endpoint.topics.includes(topic)) {
      const delivery = em.create(WebhookDelivery, { endpoint, topic, body });
      await em.flush();
      await scheduleDelivery(em, delivery);
    }
  }
}

export async function scheduleDelivery(
  em: EntityManager,
  delivery: WebhookDelivery,
): Promise<void> {
  const deliveryId = delivery.publicId;
  await afterCommit(em, deliverWebhook, { deliveryId }, { jobId: `delivery.${deliveryId}` });
}
